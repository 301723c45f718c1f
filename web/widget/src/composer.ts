// Where the visitor writes. What is asked for picks the phone's keyboard and what the browser fills in.
import type { Message } from "@chatika/client";
import { button, h, icon, set } from "./dom";
import { kMaxTextLength } from "./session";
import type { Texts } from "./texts";

const kTypingPauseMs = 3_000;
const kMaxHeightPx = 132;

type Ask = Message["ask"];

export interface Composer {
  readonly node: HTMLElement;
  ask(what: Ask): void;
  focus(): void;
  draft: string;
}

export interface ComposerActions {
  /** False when it was not taken: then the words stay. */
  send(text: string): boolean;
  typing(on: boolean): void;
}

const kKeyboard: Record<NonNullable<Ask>, { inputmode: string; autocomplete: string; autocapitalize: string }> = {
  name: { inputmode: "text", autocomplete: "name", autocapitalize: "words" },
  phone: { inputmode: "tel", autocomplete: "tel", autocapitalize: "off" },
  email: { inputmode: "email", autocomplete: "email", autocapitalize: "off" },
};

export function composer(texts: Texts, actions: ComposerActions): Composer {
  const field = h("textarea", {
    rows: "1", maxlength: String(kMaxTextLength), enterkeyhint: "send", "data-testid": "composer", input: () => written(),
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      submit();
    },
  });
  const send = button("send", { type: "submit", "aria-label": texts.send, "data-testid": "send" }, icon("send"));
  const node = h("form", { class: "composer", submit: (event) => {
    event.preventDefault();
    submit();
  } }, field, send);
  let pause: ReturnType<typeof setTimeout> | undefined;

  function fit(): void {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, kMaxHeightPx)}px`;
    send.classList.toggle("ready", field.value.trim() !== "");
  }

  function rest(): void {
    if (pause === undefined) return;
    clearTimeout(pause);
    pause = undefined;
    actions.typing(false);
  }

  function written(): void {
    fit();
    if (field.value.trim() === "") return rest();
    if (pause === undefined) actions.typing(true);
    clearTimeout(pause);
    pause = setTimeout(rest, kTypingPauseMs);
  }

  function submit(): void {
    rest();
    if (field.value.trim() === "" || !actions.send(field.value)) return;
    field.value = "";
    fit();
  }

  const ask = (what: Ask): void => {
    const keyboard = what === null ? null : kKeyboard[what];
    const label = { name: texts.askName, phone: texts.askPhone, email: texts.askEmail, none: texts.placeholder }[what ?? "none"];
    set(field, "inputmode", keyboard?.inputmode ?? null);
    set(field, "autocomplete", keyboard?.autocomplete ?? "off");
    set(field, "autocapitalize", keyboard?.autocapitalize ?? "sentences");
    set(field, "placeholder", label);
    set(field, "aria-label", label);
  };
  ask(null);

  return {
    node, ask,
    focus: () => field.focus({ preventScroll: true }),
    get draft() {
      return field.value;
    },
    set draft(text: string) {
      field.value = text;
      fit();
    },
  };
}
