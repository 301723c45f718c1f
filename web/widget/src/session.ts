// The conversation as the visitor's side knows it: resume, exactly-once sending, heartbeats, read marks.
// A pure state machine: no DOM, socket, clock or chance in here; the shell carries out the effects.
// docs/protocol.md says what both sides promise.
import type { Frame, Language, Message, Status, WidgetCommand, WidgetEvent } from "@chatika/client";

export const kMaxTextLength = 4000;
export const kMaxOutbox = 20;
export const kMaxKeptMessages = 1000;
/** After so many fruitless requests for a missing message the hole is taken as the server's own. */
export const kMaxResyncs = 3;
export const kTickMs = 2_000;
const kPingAfterMs = 25_000;
const kSilenceMs = 10_000;
const kRepeatAfterMs = 15_000;
const kTypingLastsMs = 15_000;
/** So long nothing comes after the last message of a part. */
const kPartEndsMs = 4_000;
const kFirstRetryMs = 500;
const kLastRetryMs = 30_000;

const kTokenRefused = 4401;

export interface Key {
  readonly key: string;
  readonly conversation: string;
  readonly token: string;
}

/** What is kept over a reload until the server has it. */
export interface Unsent {
  readonly id: string;
  readonly text: string;
  readonly choice: string | null;
  readonly at: string;
}

export interface Pending extends Unsent {
  readonly sentMs: number | null;
  /** Its place, once the server has told; it stays here until the message itself is in `messages`. */
  readonly seq: number | null;
  readonly refused: { readonly code: WidgetErrorCode; readonly text: string } | null;
}

export type WidgetErrorCode = Frame<WidgetEvent, "error">["code"];
export type Speaker = Frame<WidgetEvent, "typing">["from"];

export interface Session {
  readonly key: Key;
  readonly language: Language;
  /** Live once the server has said welcome. */
  readonly link: "down" | "opening" | "live";
  readonly linkSinceMs: number;
  readonly attempt: number;
  readonly heardMs: number;
  readonly pingedMs: number | null;
  readonly messages: readonly Message[];
  /** Highest seq held without a gap. */
  readonly have: number;
  readonly last: number;
  readonly resyncs: number;
  readonly resyncing: boolean;
  readonly outbox: readonly Pending[];
  readonly status: Status;
  readonly operator: string | null;
  readonly typing: { readonly from: Speaker; readonly sinceMs: number } | null;
  readonly seenByBusiness: number;
  readonly seenByVisitor: number;
  readonly looking: boolean;
  readonly complaint: string | null;
}

export type Input =
  | { type: "connect" }
  | { type: "opened" }
  | { type: "closed"; code: number }
  | { type: "frame"; event: WidgetEvent }
  | { type: "tick" }
  | { type: "send"; unsent: Unsent }
  | { type: "retry"; id: string }
  | { type: "discard"; id: string }
  | { type: "typing"; on: boolean }
  | { type: "looking"; on: boolean }
  | { type: "language"; language: Language };

export type Effect =
  | { type: "connect" }
  | { type: "hang_up" }
  | { type: "connect_in"; ms: number }
  | { type: "transmit"; command: WidgetCommand }
  | { type: "store"; id: string; unsent?: Unsent }
  | { type: "forget" };

export interface Env {
  readonly nowMs: number;
  /** 0 ≤ chance < 1. */
  readonly chance: number;
}

export type Step = readonly [Session, readonly Effect[]];

export function newSession(key: Key, language: Language, unsent: readonly Unsent[]): Session {
  return {
    key, language,
    link: "down", linkSinceMs: 0, attempt: 0, heardMs: 0, pingedMs: null,
    messages: [], have: 0, last: 0, resyncs: 0, resyncing: false,
    outbox: unsent.slice(-kMaxOutbox).map((one) => ({ ...one, sentMs: null, seq: null, refused: null })),
    status: "assistant", operator: null, typing: null,
    seenByBusiness: 0, seenByVisitor: 0, looking: false, complaint: null,
  };
}

/** A message of words alone. */
export function plainMessage(from: Message["from"], text: string, at: string, seq: number, id: string | null): Message {
  return { seq, from, at, text, author: null, client_id: id, sources: [], choices: [], days: [], ask: null, booking: null };
}

/** 0.5, 1, 2 … 30 s, each between three quarters and five quarters of that. */
export function retryDelayMs(attempt: number, chance: number): number {
  const plain = Math.min(kLastRetryMs, kFirstRetryMs * 2 ** Math.min(attempt, 10));
  return Math.round(plain * (0.75 + chance / 2));
}

export function unreadCount(session: Session): number {
  return session.messages.filter((one) => one.from !== "visitor" && one.seq > session.seenByVisitor).length;
}

export function step(session: Session, input: Input, env: Env): Step {
  switch (input.type) {
    case "connect":
      if (session.link !== "down") return [session, []];
      return [{ ...session, link: "opening", linkSinceMs: env.nowMs }, [{ type: "connect" }]];
    case "opened":
      return [{ ...session, linkSinceMs: env.nowMs, heardMs: env.nowMs, pingedMs: null }, [hello(session)]];
    case "closed":
      return closed(session, input.code, env);
    case "frame":
      return onFrame({ ...session, heardMs: env.nowMs, pingedMs: null }, input.event, env);
    case "tick":
      return onTick(session, env);
    case "send":
      return onSend(session, input.unsent, env);
    case "retry":
      return onRetry(session, input.id, env);
    case "discard":
      return [{ ...session, outbox: session.outbox.filter((one) => one.id !== input.id) }, [{ type: "store", id: input.id }]];
    case "typing":
      return [session, session.link === "live" ? [transmit({ type: "typing", on: input.on })] : []];
    case "looking":
      return markRead([{ ...session, looking: input.on }, []]);
    case "language": {
      const next = { ...session, language: input.language };
      return [next, session.link === "live" ? [hello(next)] : []];
    }
  }
}

const transmit = (command: WidgetCommand): Effect => ({ type: "transmit", command });

function hello(session: Session): Effect {
  return transmit({ type: "hello", ...session.key, after: session.have, language: session.language });
}

function edit(outbox: readonly Pending[], id: string, change: Partial<Pending>): readonly Pending[] {
  return outbox.map((one) => (one.id === id ? { ...one, ...change } : one));
}

function closed(session: Session, code: number, env: Env): Step {
  if (code === kTokenRefused) return [{ ...session, link: "down" }, [{ type: "forget" }]];
  return [
    { ...session, link: "down", linkSinceMs: env.nowMs, attempt: session.attempt + 1, typing: null, resyncing: false },
    [{ type: "connect_in", ms: retryDelayMs(session.attempt, env.chance) }],
  ];
}

function onFrame(session: Session, event: WidgetEvent, env: Env): Step {
  switch (event.type) {
    case "welcome":
      return onWelcome(session, event, env);
    case "message":
      return onMessage(session, event.message);
    case "received":
      return onReceived(session, event);
    case "status":
      return [{ ...session, status: event.status, operator: event.operator }, []];
    case "typing":
      return [{ ...session, typing: event.on ? { from: event.from, sinceMs: env.nowMs } : null }, []];
    case "read":
      return [{ ...session, seenByBusiness: Math.max(session.seenByBusiness, event.seq) }, []];
    case "error":
      return onError(session, event);
    case "pong":
      return [session, []];
    default: {
      // A newer server may say more than this widget knows.
      const unknown: never = event;
      void unknown;
      return [session, []];
    }
  }
}

function onWelcome(session: Session, event: Frame<WidgetEvent, "welcome">, env: Env): Step {
  const greeted: Session = {
    ...session, link: "live", attempt: 0, resyncing: false,
    status: event.status, operator: event.operator, last: event.last,
  };
  if (event.last < session.have) {
    // The server lives on an older state (a restored backup): what it has is what there is.
    const anew = { ...greeted, messages: [], have: 0, resyncs: 0, seenByBusiness: 0, seenByVisitor: 0 };
    return [anew, [hello(anew)]];
  }
  return markRead(transmitWhere(greeted, env, () => session.link !== "live"));
}

function onMessage(session: Session, message: Message): Step {
  if (message.seq <= session.have) return settle(session);
  if (message.seq > session.have + 1 && session.resyncs < kMaxResyncs) return askAgain(session);
  const next: Session = {
    ...session,
    messages: [...session.messages, message].slice(-kMaxKeptMessages),
    have: message.seq,
    last: Math.max(session.last, message.seq),
    resyncs: 0,
    typing: message.from === "visitor" ? session.typing : null,
  };
  return markRead(settle(next));
}

function askAgain(session: Session): Step {
  if (session.resyncing) return [session, []];
  return [{ ...session, resyncing: true, resyncs: session.resyncs + 1 }, [hello(session)]];
}

function onReceived(session: Session, event: Frame<WidgetEvent, "received">): Step {
  const pending = session.outbox.find((one) => one.id === event.id);
  if (pending && event.seq === session.have + 1) {
    return onMessage(session, plainMessage("visitor", pending.text, event.at, event.seq, pending.id));
  }
  const noted = { ...session, outbox: edit(session.outbox, event.id, { seq: event.seq, refused: null }) };
  if (event.seq <= session.have) return settle(noted);
  const [asking, effects] = askAgain(noted);
  return [asking, [{ type: "store", id: event.id }, ...effects]];
}

/** Takes out of the outbox what is among the messages now, whoever told first. */
function settle(session: Session): Step {
  const stored = new Set(session.messages.map((one) => one.client_id));
  const done = session.outbox.filter((one) => stored.has(one.id) || (one.seq !== null && one.seq <= session.have));
  if (done.length === 0) return [session, []];
  return [
    { ...session, outbox: session.outbox.filter((one) => !done.includes(one)) },
    done.map((one): Effect => ({ type: "store", id: one.id })),
  ];
}

function onError(session: Session, event: Frame<WidgetEvent, "error">): Step {
  const { id, code, text } = event;
  if (id === null || !session.outbox.some((one) => one.id === id)) return [{ ...session, complaint: text }, []];
  // Not kept over a reload: the visitor decides here and now whether to say it again.
  return [{ ...session, outbox: edit(session.outbox, id, { refused: { code, text } }) }, [{ type: "store", id }]];
}

function onSend(session: Session, unsent: Unsent, env: Env): Step {
  if (session.outbox.length >= kMaxOutbox) return [session, []];
  const pending: Pending = { ...unsent, sentMs: null, seq: null, refused: null };
  const [next, effects] = transmitWhere(
    { ...session, complaint: null, outbox: [...session.outbox, pending] }, env, (one) => one.id === unsent.id);
  return [next, [{ type: "store", id: unsent.id, unsent }, ...effects]];
}

function onRetry(session: Session, id: string, env: Env): Step {
  const pending = session.outbox.find((one) => one.id === id);
  if (!pending) return [session, []];
  const { text, choice, at } = pending;
  return onSend({ ...session, outbox: session.outbox.filter((one) => one !== pending) }, { id, text, choice, at }, env);
}

/** Sends what is still to be stored and meets the condition, in the order it was written. */
function transmitWhere(session: Session, env: Env, wanted: (one: Pending) => boolean): Step {
  if (session.link !== "live") return [session, []];
  const due = session.outbox.filter((one) => one.seq === null && one.refused === null && wanted(one));
  const effects = due.map(({ id, text, choice }) => transmit({ type: "send", id, text, ...(choice !== null && { choice }) }));
  const outbox = session.outbox.map((one) => (due.includes(one) ? { ...one, sentMs: env.nowMs } : one));
  return [{ ...session, outbox }, effects];
}

/** Tells the business what the visitor has seen; only when caught up, so that history is one frame and not a hundred. */
function markRead([session, effects]: Step): Step {
  const { looking, link, have, last, seenByVisitor } = session;
  if (!looking || link !== "live" || have <= seenByVisitor || have < last) return [session, effects];
  return [{ ...session, seenByVisitor: have }, [...effects, transmit({ type: "read", seq: have })]];
}

function onTick(session: Session, env: Env): Step {
  const { nowMs } = env;
  if (session.link === "down") return [session, []];
  if (session.link !== "live") {
    return nowMs - session.linkSinceMs < kSilenceMs ? [session, []] : dead(session, env);
  }
  if (session.pingedMs !== null && nowMs - session.pingedMs >= kSilenceMs) return dead(session, env);
  const typing = session.typing && nowMs - session.typing.sinceMs < kTypingLastsMs ? session.typing : null;
  const [repeated, repeats] = transmitWhere({ ...session, typing }, env,
    (one) => one.sentMs !== null && nowMs - one.sentMs >= kRepeatAfterMs);
  const [next, effects] = behind(repeated, repeats, env);
  if (session.pingedMs !== null || nowMs - session.heardMs < kPingAfterMs) return [next, effects];
  return [{ ...next, pingedMs: nowMs }, [...effects, transmit({ type: "ping" })]];
}

/** A long history comes in parts: when one has ended, the next is asked for. */
function behind(session: Session, effects: readonly Effect[], env: Env): Step {
  const coming = env.nowMs - session.heardMs < kPartEndsMs;
  if (coming || session.have >= session.last || session.resyncs >= kMaxResyncs) return [session, effects];
  const [next, asking] = askAgain(session);
  return [next, [...effects, ...asking]];
}

function dead(session: Session, env: Env): Step {
  const [next, effects] = closed(session, 1006, env);
  return [next, [{ type: "hang_up" }, ...effects]];
}
