// The conversation on the screen: keeps one bubble per message and changes only what has changed.
import type { Choice, Message, Source, WidgetConfig } from "@chatika/client";
import { bubble, typingDots, type Bubble, type Looks, type Shown, type Words } from "./bubble";
import { composer } from "./composer";
import { button, h, say } from "./dom";
import { dayTitle } from "./format";
import type { Pending, Session } from "./session";

const kGroupMs = 5 * 60_000;
const kNearBottomPx = 90;
const kRetryable = new Set(["too_many", "unavailable", "internal"]);

export interface ChatActions {
  send(text: string, choice: string | null): boolean;
  retry(id: string): void;
  discard(id: string): void;
  typing(on: boolean): void;
  openSource(source: Source, from: HTMLElement): void;
  startAnew(): void;
}

export interface ChatView {
  readonly node: HTMLElement;
  update(session: Session): void;
  focus(): void;
  draft: string;
}

interface Item {
  readonly key: string;
  readonly shown: Shown;
  readonly message: Message | null;
  readonly pending: Pending | null;
}

export function chatView(config: WidgetConfig, words: Words, actions: ChatActions): ChatView {
  const { texts, language } = words;
  const opened = new Date().toISOString();
  const bubbles = new Map<string, Bubble>();
  const separators = new Map<string, HTMLElement>();
  const dots = typingDots();
  const log = h("div", { class: "log", role: "log", "aria-label": texts.log });
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": texts.log, scroll: () => atBottom() }, log, dots.node);
  const jump = button("jump", { hidden: true, click: () => toBottom() }, texts.newMessages);
  const banner = h("p", { class: "banner", role: "status", "data-testid": "banner" });
  const complaint = h("p", { class: "complaint", role: "alert", "data-testid": "complaint" });
  const over = h("div", { class: "over", hidden: true },
    button("primary", { "data-testid": "start-anew", click: () => actions.startAnew() }, texts.newTalk));
  const field = composer(texts, {
    send: (text) => {
      const taken = actions.send(text, null);
      say(complaint, taken ? "" : texts.outboxFull);
      return taken;
    },
    typing: actions.typing,
  });
  const node = h("div", { class: "chat" }, banner, h("div", { class: "stage" }, scroll, jump), complaint, field.node, over);
  let session: Session | null = null;

  const bubbleActions = {
    choose(text: string, choice: string): void {
      if (!actions.send(text, choice)) return say(complaint, texts.outboxFull);
      // The pressed button is about to vanish: keep the keyboard's place without raising a phone's keyboard.
      if (matchMedia("(pointer: fine)").matches) field.focus();
      else scroll.focus({ preventScroll: true });
    },
    openSource: actions.openSource,
    retry: actions.retry,
    discard: actions.discard,
    edit(id: string): void {
      const pending = session?.outbox.find((one) => one.id === id);
      if (!pending) return;
      actions.discard(id);
      field.draft = pending.text;
      field.focus();
    },
  };

  function nearBottom(): boolean {
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < kNearBottomPx;
  }
  function atBottom(): void {
    if (nearBottom()) jump.hidden = true;
  }
  /** The newest message in view; one taller than the window from its beginning. */
  function toBottom(): void {
    const last = log.lastElementChild;
    const tall = last instanceof HTMLElement && last.offsetHeight > scroll.clientHeight;
    scroll.scrollTop = tall ? last.offsetTop - 12 : scroll.scrollHeight;
    jump.hidden = true;
  }

  function items(now: Session): Item[] {
    const { messages, outbox } = now;
    const stored = messages.map((message): Item =>
      ({ key: message.client_id ?? `seq:${message.seq}`, shown: message, message, pending: null }));
    const known = new Set(stored.map((item) => item.key));
    const waiting = outbox.filter((pending) => !known.has(pending.id)).map((pending): Item =>
      ({ key: pending.id, shown: plain("visitor", pending.text, pending.at, pending.id), message: null, pending }));
    const all = [...stored, ...waiting];
    const first = messages[0];
    const greets = config.greeting !== "" && (!first || (first.seq === 1 && first.text !== config.greeting));
    if (!greets) return all;
    const shown = plain("assistant", config.greeting, all[0]?.shown.at ?? opened, null, config.quick_replies);
    return [{ key: "greeting", shown, message: null, pending: null }, ...all];
  }

  function draw(now: Session): void {
    const all = items(now);
    const offering = now.status === "closed" ? -1 : all.findLastIndex((item) => item.shown.from !== "system" && !item.pending?.refused);
    const order: HTMLElement[] = [];
    const keys = new Set<string>();
    let day = "";
    all.forEach((item, index) => {
      const at = new Date(item.shown.at);
      const itsDay = at.toDateString();
      if (itsDay !== day) order.push(separator(itsDay, at));
      day = itsDay;
      const shownBubble = bubbles.get(item.key) ?? bubble(item.shown, words, bubbleActions);
      bubbles.set(item.key, shownBubble);
      keys.add(item.key);
      shownBubble.update(looks(now, item, all[index - 1], all[index + 1], index === offering));
      order.push(shownBubble.node);
    });
    for (const key of bubbles.keys()) if (!keys.has(key)) bubbles.delete(key);
    place(log, order);
  }

  function separator(day: string, at: Date): HTMLElement {
    const made = separators.get(day) ?? h("div", { class: "separator" });
    separators.set(day, made);
    say(made, dayTitle(language, texts, at, new Date()));
    return made;
  }

  function update(now: Session): void {
    const before = session;
    session = now;
    const stick = before === null || nearBottom() || now.outbox.length > before.outbox.length;
    const height = scroll.scrollHeight;
    if (before?.messages !== now.messages || before.outbox !== now.outbox || before.status !== now.status ||
        before.seenByBusiness !== now.seenByBusiness) draw(now);
    const { typing } = now;
    dots.show(typing && texts.typing(typing.from === "assistant" ? texts.assistant : now.operator ?? texts.employee));
    say(banner, now.link === "live" || now.attempt === 0 ? "" : navigator.onLine ? texts.connecting : texts.offline);
    if (now.complaint !== before?.complaint) say(complaint, now.complaint ?? "");
    const closed = now.status === "closed";
    field.node.hidden = closed;
    over.hidden = !closed;
    const newest = now.messages.at(-1);
    field.ask(newest && now.outbox.length === 0 ? newest.ask : null);
    if (stick) toBottom();
    else if (scroll.scrollHeight > height) jump.hidden = false;
  }

  return {
    node, update,
    focus: () => (field.node.hidden ? scroll : field).focus(),
    get draft() {
      return field.draft;
    },
    set draft(text: string) {
      field.draft = text;
    },
  };
}

function plain(from: Shown["from"], text: string, at: string, clientId: string | null, choices: Choice[] = []): Shown {
  return { from, text, at, author: null, client_id: clientId, sources: [], choices, days: [], booking: null };
}

function together(one: Item | undefined, other: Item): boolean {
  if (!one || one.shown.from !== other.shown.from || one.shown.author !== other.shown.author) return false;
  return Math.abs(Date.parse(one.shown.at) - Date.parse(other.shown.at)) < kGroupMs;
}

function looks(now: Session, item: Item, before: Item | undefined, after: Item | undefined, active: boolean): Looks {
  const { message, pending, shown } = item;
  const refused = pending?.refused ?? null;
  const own = shown.from === "visitor";
  return {
    first: !together(before, item),
    final: item.key !== "greeting" && !together(after, item),
    active,
    mark: !own || refused ? null : !message ? (pending?.seq === null ? "sending" : "received")
      : message.seq <= now.seenByBusiness ? "seen" : "received",
    refusal: refused && {
      text: refused.text,
      remedy: kRetryable.has(refused.code) ? "retry" : pending?.choice === null ? "edit" : null,
    },
    seq: message?.seq ?? null,
  };
}

/** Puts the children in order and leaves alone those in place, so that focus and live regions are not disturbed. */
function place(parent: HTMLElement, order: readonly HTMLElement[]): void {
  const wanted = new Set<Element>(order);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  order.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
