// The conversation on the screen: keeps one bubble per message and changes only what has changed.
import type { Message, WidgetConfig } from "@chatika/client";
import { bubble, type Bubble, type BubbleActions, type Looks, type Shown, type Words } from "./bubble";
import { composer } from "./composer";
import { button, div, fill, h, say, unseen } from "./dom";
import { dayTitle } from "./format";
import { plainMessage, type Pending, type Session } from "./session";

const kGroupMs = 5 * 60_000;
const kNearBottomPx = 90;
const kGreeting = "greeting";
const kRetryable = /too_many|unavailable|internal/;

export interface ChatActions extends Pick<BubbleActions, "retry" | "discard" | "openSource"> {
  send(text: string, choice: string | null): boolean;
  typing(on: boolean): void;
}

export interface ChatView {
  readonly node: HTMLElement;
  readonly field: HTMLTextAreaElement;
  update(session: Session): void;
  write(draft: string): void;
  /** To be called when the view becomes visible: what is not shown cannot be scrolled. */
  toBottom(): void;
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
  const dots = h("div", { class: "typing", role: "status" });
  const log = h("div", { role: "log" });
  const scroll = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": texts.log, scroll: () => {
    if (nearBottom()) jump.hidden = true;
  } }, log, dots);
  const jump = button("chip jump", { hidden: true, click: () => toBottom() }, texts.newMessages);
  const banner = h("p", { class: "banner", role: "status" });
  const complaint = h("p", { class: "banner trouble", role: "alert" });
  const { node: form, field, ask, write } = composer(texts, { send: (text) => actions.send(text, null), typing: actions.typing });
  const node = div("step", banner, div("stage", scroll, jump), complaint, form);
  let session: Session | null = null;

  const bubbleActions: BubbleActions = {
    ...actions,
    choose(text, choice) {
      // The pressed button is about to vanish: keep the keyboard's place without raising a phone's keyboard.
      if (actions.send(text, choice)) (matchMedia("(pointer: fine)").matches ? field : scroll).focus({ preventScroll: true });
    },
    edit(id) {
      const text = session?.outbox.find((one) => one.id === id)?.text;
      actions.discard(id);
      write(text ?? "");
      field.focus();
    },
  };

  function nearBottom(): boolean {
    return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < kNearBottomPx;
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
      ({ key: pending.id, shown: plainMessage("visitor", pending.text, pending.at, 0, pending.id), message: null, pending }));
    const all = [...stored, ...waiting];
    const first = messages[0];
    // A server that greets by itself says it as its first message.
    if (first && (first.seq > 1 || first.from === "assistant")) return all;
    const shown = plainMessage("assistant", config.greeting, all[0]?.shown.at ?? opened, 0, null);
    return [{ key: kGreeting, shown: { ...shown, choices: config.quick_replies }, message: null, pending: null }, ...all];
  }

  function draw(now: Session): void {
    const all = items(now);
    const offering = all.findLastIndex((item) => item.shown.from !== "system" && !item.pending?.refused);
    const order: HTMLElement[] = [];
    const keys = new Set<string>();
    let today = "";
    all.forEach((item, index) => {
      const at = new Date(item.shown.at);
      const day = at.toDateString();
      if (day !== today) order.push(separator(today = day, at));
      const one = bubbles.get(item.key) ?? bubble(item.shown, words, bubbleActions);
      bubbles.set(item.key, one);
      keys.add(item.key);
      one.update(looks(now, item, all[index - 1], all[index + 1], index === offering));
      order.push(one.node);
    });
    for (const key of bubbles.keys()) if (!keys.has(key)) bubbles.delete(key);
    place(log, order);
  }

  function separator(day: string, at: Date): HTMLElement {
    const made = separators.get(day) ?? div("separator");
    separators.set(day, made);
    say(made, dayTitle(language, texts, at, new Date()));
    return made;
  }

  function showTyping({ typing, operator }: Session): void {
    const name = typing && (typing.from === "employee" && operator || texts.from[typing.from]);
    if (dots.hidden === !name) return;
    dots.hidden = !name;
    fill(dots, ...(name ? [unseen(texts.typing(name)), h("i"), h("i"), h("i")] : []));
  }

  function update(now: Session): void {
    const before = session;
    session = now;
    const stick = !before || nearBottom() || now.outbox.length > before.outbox.length;
    const height = scroll.scrollHeight;
    draw(now);
    showTyping(now);
    say(banner, now.link === "live" || now.attempt === 0 ? "" : navigator.onLine ? texts.connecting : texts.offline);
    if (now.complaint !== before?.complaint) say(complaint, now.complaint ?? "");
    ask(now.outbox.length ? null : now.messages.at(-1)?.ask ?? null);
    if (stick) toBottom();
    else if (scroll.scrollHeight > height) jump.hidden = false;
  }

  return { node, field, update, write, toBottom };
}

function together(one: Item | undefined, other: Item): boolean {
  if (!one || one.shown.from !== other.shown.from || one.shown.author !== other.shown.author) return false;
  return Math.abs(Date.parse(one.shown.at) - Date.parse(other.shown.at)) < kGroupMs;
}

function looks(now: Session, item: Item, before: Item | undefined, after: Item | undefined, active: boolean): Looks {
  const { message, pending, shown } = item;
  const refused = pending?.refused;
  const seq = message?.seq ?? null;
  const stored = seq ?? pending?.seq ?? null;
  return {
    seq, active,
    first: !together(before, item),
    final: item.key !== kGreeting && !together(after, item),
    mark: shown.from !== "visitor" || refused ? null : stored === null ? "sending" : stored > now.seenByBusiness ? "received" : "seen",
    refusal: refused?.text ?? null,
    remedy: !refused ? null : kRetryable.test(refused.code) ? "retry" : pending.choice === null ? "edit" : null,
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
