// Where the visitor writes. What is asked for picks the phone's keyboard and what the browser fills in.
import type { Message } from "@chatika/client";
import { button, h, icon, set } from "./dom";
import { kMaxTextLength } from "./session";
import type { Texts } from "./texts";

const kTypingPauseMs = 3_000;
const kMaxHeightPx = 132;

export interface Composer {
  readonly node: HTMLElement;
  readonly field: HTMLTextAreaElement;
  ask(what: Message["ask"]): void;
  write(text: string): void;
}

export interface ComposerActions {
  /** False when it was not taken: then the words stay. */
  send(text: string): boolean;
  typing(on: boolean): void;
}

export function composer(texts: Texts, actions: ComposerActions): Composer {
  const field = h("textarea", {
    rows: "1", maxlength: String(kMaxTextLength), enterkeyhint: "send", "data-testid": "composer", input: () => written(),
    keydown: (event) => {
      if (!(event instanceof KeyboardEvent) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      submit(event);
    },
  });
  const send = button("send", { type: "submit", "aria-label": texts.send, "data-testid": "send" }, icon("send"));
  const node = h("form", { class: "composer", submit: (event) => submit(event) }, field, send);
  let pause: ReturnType<typeof setTimeout> | undefined;

  function fit(): void {
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, kMaxHeightPx)}px`;
    send.classList.toggle("ready", field.value.trim() !== "");
  }

  function rest(): void {
    if (pause) actions.typing(false);
    clearTimeout(pause);
    pause = undefined;
  }

  function written(): void {
    fit();
    if (!field.value.trim()) return rest();
    if (!pause) actions.typing(true);
    clearTimeout(pause);
    pause = setTimeout(rest, kTypingPauseMs);
  }

  function submit(event: Event): void {
    event.preventDefault();
    rest();
    if (field.value.trim() && actions.send(field.value)) write("");
  }

  function write(text: string): void {
    field.value = text;
    fit();
  }

  function ask(what: Message["ask"]): void {
    const standard = what === "phone" ? "tel" : what;
    const label = texts.ask[what ?? "anything"];
    set(field, "inputmode", standard === "name" ? null : standard);
    set(field, "autocomplete", standard ?? "off");
    set(field, "autocapitalize", what === "name" ? "words" : what ? "off" : null);
    set(field, "placeholder", label);
    set(field, "aria-label", label);
  }

  return { node, field, ask, write };
}
