// One message: words, sources, quick replies, free times, the booking. What is offered lives only in the last message.
import type { BookingCard, Language, Message, Source } from "@chatika/client";
import { dayPicker } from "./days";
import { button, div, fill, h, icon, set, unseen } from "./dom";
import { clock, visitTime } from "./format";
import type { Texts } from "./texts";

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
  readonly seq: number | null;
  /** First of its speaker in a row: shows the name. */
  readonly first: boolean;
  /** Last of its speaker in a row: shows the time. */
  readonly final: boolean;
  /** Its quick replies and times can still be used. */
  readonly active: boolean;
  readonly mark: Mark | null;
  /** Why it was not taken. */
  readonly refusal: string | null;
  readonly remedy: "retry" | "edit" | null;
}

export interface Bubble {
  readonly node: HTMLElement;
  update(looks: Looks): void;
}

export type Shown = Omit<Message, "seq" | "ask">;

const kMarks: Record<Mark, string> = { sending: "…", received: "✓", seen: "✓✓" };

export function bubble(message: Shown, words: Words, actions: BubbleActions): Bubble {
  const { texts, language } = words;
  const { from, at, client_id: id, sources, booking, days, choices } = message;
  const author = div("author", message.author ?? texts.from[from]);
  const ticks = h("span");
  const meta = div("meta", h("time", { datetime: at }, clock(language, new Date(at))), " ", ticks);
  const offers = div("offers");
  const trouble = h("div", { class: "trouble", role: "alert" });
  const node = h("div", { class: `message ${from}`, "data-testid": "message", "data-from": from },
    author,
    div("body", message.text, sources.length > 0 && sourceList(sources, texts, actions)),
    booking && bookingCard(booking, words),
    meta, offers, trouble);
  let was: Partial<Looks> = { active: false, mark: null, refusal: null };

  return {
    node,
    update(looks) {
      const { seq, active, mark, refusal, remedy } = looks;
      set(node, "data-seq", seq === null ? null : String(seq));
      author.classList.toggle("unseen", !looks.first);
      meta.classList.toggle("unseen", !looks.final);
      if (mark !== was.mark) {
        fill(ticks, mark && h("span", { "aria-hidden": "true", class: mark }, kMarks[mark]), mark && unseen(texts.marks[mark]));
      }
      if (active !== was.active) {
        fill(offers,
          active && days.length > 0 && dayPicker(days, texts, actions.choose),
          active && choices.length > 0 && div("choices",
            ...choices.map((choice) => button("chip", {
              "data-testid": "choice", click: () => actions.choose(choice.label, choice.id),
            }, choice.label))));
      }
      if (id && refusal !== was.refusal) {
        fill(trouble, ...(refusal === null ? [] : [
          h("p", {}, refusal || texts.notSent),
          remedy && button("text", { click: () => actions[remedy](id) }, texts[remedy]),
          button("text", { click: () => actions.discard(id) }, texts.discard),
        ]));
      }
      was = looks;
    },
  };
}

function sourceList(sources: readonly Source[], texts: Texts, actions: BubbleActions): HTMLElement {
  return div("sources", h("small", {}, texts.sources(sources.length)), ...sources.map((source) => {
    const open = button("source", {
      "data-testid": "source", click: () => actions.openSource(source, open),
    }, icon("page"), h("span", {}, source.title));
    return open;
  }));
}

function bookingCard(card: BookingCard, { language, texts }: Words): HTMLElement {
  const { day, time, zone } = visitTime(language, card);
  const title = texts.booking[card.status];
  const rows = [
    [texts.service, card.service],
    [texts.specialist, card.specialist],
    [texts.place, card.place],
    [texts.reference, card.reference],
  ] as const;
  return h("section", { class: `card ${card.status}`, "data-testid": "booking-card", "aria-label": title },
    h("b", {}, title),
    h("p", {}, `${day}, `, h("span", {}, time)),
    zone && h("small", {}, `${texts.zone}, ${zone}`),
    h("dl", {}, ...rows.map(([name, value]) => value !== "" && div("", h("dt", {}, name), h("dd", {}, value)))));
}
