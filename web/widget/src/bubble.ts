// One message: words, sources, quick replies, free times, the booking. What is offered lives only in the last message.
import type { BookingCard, Choice, Language, Message, Source } from "@chatika/client";
import { button, h, icon, say, set, type Child } from "./dom";
import { clock, visitTime } from "./format";
import type { Texts } from "./texts";
import { dayPicker } from "./days";

export interface Words {
  readonly language: Language;
  readonly texts: Texts;
}

export interface BubbleActions {
  choose(text: string, choice: string): void;
  openSource(source: Source, from: HTMLElement): void;
  retry(id: string): void;
  edit(id: string): void;
  discard(id: string): void;
}

export type Mark = "sending" | "received" | "seen";

/** What may change on a message that is already shown. */
export interface Looks {
  /** First of its speaker in a row: shows the name. */
  readonly first: boolean;
  /** Last of its speaker in a row: shows the time. */
  readonly final: boolean;
  /** Its quick replies and times can still be used. */
  readonly active: boolean;
  readonly mark: Mark | null;
  readonly refusal: { readonly text: string; readonly remedy: "retry" | "edit" | null } | null;
  readonly seq: number | null;
}

export interface Bubble {
  readonly node: HTMLElement;
  update(looks: Looks): void;
}

export type Shown = Pick<Message, "from" | "at" | "text" | "author" | "sources" | "choices" | "days" | "booking"> & {
  readonly client_id: string | null;
};

export function speakerName(message: Pick<Shown, "from" | "author">, texts: Texts): string {
  switch (message.from) {
    case "visitor": return texts.you;
    case "assistant": return texts.assistant;
    case "employee": return message.author ?? texts.employee;
    case "system": return texts.notice;
  }
}

export function bubble(message: Shown, { language, texts }: Words, actions: BubbleActions): Bubble {
  const author = h("div", { class: "author" }, speakerName(message, texts));
  const ticks = h("span", { class: "ticks" });
  const time = new Date(message.at);
  const meta = h("div", { class: "meta" }, h("time", { datetime: message.at }, clock(language, time)), ticks);
  const offers = h("div", { class: "offers" });
  const trouble = h("div", { class: "trouble", role: "alert" });
  const node = h("div", { class: `message ${message.from}`, "data-testid": "message", "data-from": message.from },
    author,
    h("div", { class: "body" }, message.text,
      message.sources.length ? sourceList(message.sources, texts, actions) : null),
    message.booking ? bookingCard(message.booking, { language, texts }) : null,
    offers, meta, trouble);
  let offered = false;
  let troubled: string | null = null;

  return {
    node,
    update(looks) {
      set(node, "data-seq", looks.seq === null ? null : String(looks.seq));
      author.classList.toggle("unseen", !looks.first);
      meta.classList.toggle("unseen", !looks.final && !looks.refusal);
      showMark(ticks, looks.mark, texts);
      if (looks.active !== offered) {
        offered = looks.active;
        offers.replaceChildren(...(offered ? offersOf(message, { language, texts }, actions) : []));
      }
      const id = message.client_id;
      const words = looks.refusal ? looks.refusal.text || texts.notSent : null;
      if (words === troubled || id === null) return;
      troubled = words;
      trouble.replaceChildren();
      if (words === null) return;
      const parts = [
        h("p", {}, words),
        looks.refusal?.remedy === "retry" ? button("text", { click: () => actions.retry(id) }, texts.retry) : null,
        looks.refusal?.remedy === "edit" ? button("text", { click: () => actions.edit(id) }, texts.editText) : null,
        button("text", { click: () => actions.discard(id) }, texts.discard),
      ];
      trouble.append(...parts.filter((part) => part !== null));
    },
  };
}

function showMark(ticks: HTMLElement, mark: Mark | null, texts: Texts): void {
  const label = mark ? texts[mark] : "";
  if (ticks.dataset["mark"] === mark) return;
  if (mark) ticks.dataset["mark"] = mark;
  const drawn = mark === "sending" ? [h("span", { class: "clock" })]
    : mark === "received" ? [icon("check")]
    : mark === "seen" ? [icon("check"), icon("check")] : [];
  ticks.replaceChildren(...drawn, h("span", { class: "unseen" }, label));
}

function offersOf(message: Shown, words: Words, actions: BubbleActions): Node[] {
  return [
    ...(message.days.length ? [dayPicker(message.days, words.texts, actions)] : []),
    ...(message.choices.length ? [quickReplies(message.choices, words.texts, actions)] : []),
  ];
}

export function quickReplies(choices: readonly Choice[], texts: Texts, actions: Pick<BubbleActions, "choose">): HTMLElement {
  return h("div", { class: "choices", role: "group", "aria-label": texts.choices },
    ...choices.map(({ id, label }) => button("chip", {
      "data-testid": "choice", "data-choice": id, click: () => actions.choose(label, id),
    }, label)));
}

function sourceList(sources: readonly Source[], texts: Texts, actions: BubbleActions): HTMLElement {
  return h("div", { class: "sources" },
    h("span", { class: "label" }, texts.sources(sources.length)),
    ...sources.map((source) => {
      const open = button("source", {
        "data-testid": "source", "aria-label": texts.openSource(source.title), click: () => actions.openSource(source, open),
      }, icon("page"), h("span", {}, source.title));
      return open;
    }));
}

function bookingCard(card: BookingCard, { language, texts }: Words): HTMLElement {
  const { day, time, zone } = visitTime(language, card);
  const row = (name: string, ...value: readonly Child[]): HTMLElement | null =>
    value.some((part) => part !== "") ? h("div", {}, h("dt", {}, name), h("dd", {}, ...value)) : null;
  const title = h("p", { class: "card-title" });
  if (card.status === "confirmed") title.append(icon("check"));
  title.append(h("span", {}, texts.booking[card.status]));
  return h("section", { class: `card ${card.status}`, "data-testid": "booking-card", "aria-label": texts.booking[card.status] },
    title,
    h("p", { class: "card-when" }, h("span", {}, day), h("strong", {}, time),
      zone && h("small", {}, `${texts.zone}, ${zone}`)),
    h("dl", {},
      row(texts.service, card.service),
      row(texts.specialist, card.specialist),
      row(texts.place, card.place),
      row(texts.reference, h("span", { class: "reference" }, card.reference))));
}

/** Three dots while somebody writes. */
export function typingDots(): { node: HTMLElement; show(words: string | null): void } {
  const words = h("span", { class: "unseen" });
  const node = h("div", { class: "typing", role: "status" }, words);
  return {
    node,
    show(text) {
      say(words, text ?? "");
      node.classList.toggle("on", text !== null);
      if (node.childElementCount === 1) node.append(h("i"), h("i"), h("i"));
    },
  };
}
