import type { Message, WidgetEvent } from "@chatika/client";
import { describe, expect, it } from "vitest";
import {
  kMaxOutbox, kMaxResyncs, newSession, plainMessage, retryDelayMs, step, unreadCount,
  type Effect, type Input, type Session, type Unsent,
} from "./session";

const kKey = { key: "pk", conversation: "c1", token: "secret" };

/** The shell of the tests: the session, the time, and what was asked of the outside. */
class Bench {
  session: Session;
  nowMs = 1_000_000;
  done: Effect[] = [];

  constructor(unsent: readonly Unsent[] = []) {
    this.session = newSession(kKey, "ru", unsent);
  }

  do(...inputs: Input[]): Effect[] {
    this.done = inputs.flatMap((input) => {
      const [next, effects] = step(this.session, input, { nowMs: this.nowMs, chance: 0.5 });
      this.session = next;
      return effects;
    });
    return this.done;
  }

  hear(...events: WidgetEvent[]): Effect[] {
    return this.do(...events.map((event): Input => ({ type: "frame", event })));
  }

  /** Connected and greeted. */
  live(last = 0): this {
    this.do({ type: "connect" }, { type: "opened" });
    this.hear(welcome(last));
    return this;
  }

  get said() {
    return this.done.flatMap((effect) => (effect.type === "transmit" ? [effect.command] : []));
  }
}

const welcome = (last: number): WidgetEvent => ({ type: "welcome", conversation: "c1", last, status: "assistant", operator: null });
const message = (seq: number, from: Message["from"] = "assistant", id: string | null = null): WidgetEvent =>
  ({ type: "message", message: plainMessage(from, `m${seq}`, "2026-11-23T09:00:00Z", seq, id) });
const unsent = (id: string, choice: string | null = null): Unsent => ({ id, text: `text ${id}`, choice, at: "2026-11-23T09:00:00Z" });
const send = (id: string): Input => ({ type: "send", unsent: unsent(id) });
const received = (id: string, seq: number): WidgetEvent => ({ type: "received", id, seq, at: "2026-11-23T09:00:01Z" });
const seqs = (session: Session): number[] => session.messages.map((one) => one.seq);

describe("resume", () => {
  it("says hello with the highest number held without a gap", () => {
    const bench = new Bench().live(2);
    bench.hear(message(1), message(2));
    bench.do({ type: "closed", code: 1006 }, { type: "connect" }, { type: "opened" });
    expect(bench.said).toEqual([{ type: "hello", ...kKey, after: 2, language: "ru" }]);
  });

  it("drops what it has", () => {
    const bench = new Bench().live(2);
    bench.hear(message(1), message(2), message(1), message(2));
    expect(seqs(bench.session)).toEqual([1, 2]);
  });

  it("asks again once when it sees a gap, and takes nothing out of order", () => {
    const bench = new Bench().live();
    bench.hear(message(1), message(3), message(4));
    expect(seqs(bench.session)).toEqual([1]);
    expect(bench.said).toEqual([{ type: "hello", ...kKey, after: 1, language: "ru" }]);
    bench.hear(welcome(4), message(2), message(3), message(4));
    expect(seqs(bench.session)).toEqual([1, 2, 3, 4]);
  });

  it("asks for the rest of a long history once a part has ended", () => {
    const bench = new Bench().live(3);
    bench.hear(message(1));
    const tick = (): unknown[] => {
      bench.nowMs += 2_000;
      bench.do({ type: "tick" });
      return bench.said;
    };
    expect(tick()).toEqual([]);
    expect(tick()).toEqual([{ type: "hello", ...kKey, after: 1, language: "ru" }]);
    expect(tick()).toEqual([]);
    bench.hear(welcome(3), message(2), message(3));
    expect([tick(), tick(), tick()]).toEqual([[], [], []]);
    expect(seqs(bench.session)).toEqual([1, 2, 3]);
  });

  it("does not ask for ever for a message that the server does not have", () => {
    const bench = new Bench().live();
    let hellos = 0;
    for (let i = 0; i < kMaxResyncs + 3; ++i) {
      bench.hear(message(5), welcome(5));
      hellos += bench.said.filter((one) => one.type === "hello").length;
    }
    expect(hellos).toBe(kMaxResyncs);
    expect(seqs(bench.session)).toEqual([5]);
  });

  it("begins anew with a server that knows less than the visitor", () => {
    const bench = new Bench().live(3);
    bench.hear(message(1), message(2), message(3));
    bench.hear(welcome(1));
    expect(bench.said).toEqual([{ type: "hello", ...kKey, after: 0, language: "ru" }]);
    bench.hear(welcome(1), message(1));
    expect(seqs(bench.session)).toEqual([1]);
  });

  it("forgets the conversation when the token is refused, and does not connect again", () => {
    expect(new Bench().live().do({ type: "closed", code: 4401 })).toEqual([{ type: "forget" }]);
  });

  it("waits longer each time, with jitter, and from the start again after a welcome", () => {
    expect([0, 1, 2, 6, 50].map((attempt) => retryDelayMs(attempt, 0.5))).toEqual([500, 1000, 2000, 30_000, 30_000]);
    expect([retryDelayMs(0, 0), retryDelayMs(0, 0.999)]).toEqual([375, 625]);
    const bench = new Bench();
    const fall = (): Effect[] => bench.do({ type: "connect" }, { type: "closed", code: 1006 });
    fall();
    expect(fall()).toContainEqual({ type: "connect_in", ms: 1000 });
    bench.live();
    expect(bench.do({ type: "closed", code: 1001 })).toContainEqual({ type: "connect_in", ms: 500 });
  });
});

describe("exactly once", () => {
  it("stores a message before it sends it, and sends at once when live", () => {
    const bench = new Bench().live();
    expect(bench.do(send("a"))).toEqual([
      { type: "store", id: "a", unsent: unsent("a") },
      { type: "transmit", command: { type: "send", id: "a", text: "text a" } },
    ]);
  });

  it("keeps what is written while offline and sends it in order after the welcome", () => {
    const bench = new Bench([unsent("a", "book")]);
    bench.do(send("b"));
    expect(bench.said).toEqual([]);
    bench.live();
    expect(bench.said).toEqual([
      { type: "send", id: "a", text: "text a", choice: "book" },
      { type: "send", id: "b", text: "text b" },
    ]);
  });

  it("repeats with the same id what was not acknowledged when the line broke", () => {
    const bench = new Bench().live();
    bench.do(send("a"), { type: "closed", code: 1006 });
    bench.live();
    expect(bench.said).toEqual([{ type: "send", id: "a", text: "text a" }]);
  });

  it("does not repeat on a second hello of a living connection", () => {
    const bench = new Bench().live();
    bench.do(send("a"));
    bench.hear(welcome(0));
    expect(bench.said).toEqual([]);
  });

  it("repeats what a living connection leaves unanswered", () => {
    const bench = new Bench().live();
    bench.do(send("a"));
    bench.nowMs += 14_000;
    bench.do({ type: "tick" });
    expect(bench.said).toEqual([]);
    bench.nowMs += 1_000;
    bench.do({ type: "tick" });
    expect(bench.said).toEqual([{ type: "send", id: "a", text: "text a" }]);
  });

  it("shows a message once, whichever of `received` and `message` comes first", () => {
    for (const frames of [
      [received("a", 1), message(1, "visitor", "a")],
      [message(1, "visitor", "a"), received("a", 1)],
    ]) {
      const bench = new Bench().live();
      bench.do(send("a"));
      expect(bench.hear(...frames)).toEqual([{ type: "store", id: "a" }]);
      expect(seqs(bench.session)).toEqual([1]);
      expect(bench.session.outbox).toEqual([]);
    }
  });

  it("asks for what came before its own message", () => {
    const bench = new Bench().live();
    bench.do(send("a"));
    bench.hear(received("a", 2));
    expect(bench.said).toEqual([{ type: "hello", ...kKey, after: 0, language: "ru" }]);
    expect(bench.session.outbox).toHaveLength(1);
    bench.hear(welcome(2), message(1), message(2, "visitor", "a"));
    expect(seqs(bench.session)).toEqual([1, 2]);
    expect(bench.session.outbox).toEqual([]);
  });

  it("takes over the messages of another tab", () => {
    const bench = new Bench([unsent("a")]);
    bench.do({ type: "connect" }, { type: "opened" });
    bench.hear(welcome(1), message(1, "visitor", "a"));
    expect(bench.session.outbox).toEqual([]);
    expect(seqs(bench.session)).toEqual([1]);
  });

  it("has a bound on what waits", () => {
    const bench = new Bench();
    for (let i = 0; i < kMaxOutbox + 5; ++i) bench.do(send(`id${i}`));
    expect(bench.session.outbox).toHaveLength(kMaxOutbox);
    expect(bench.done).toEqual([]);
  });

  it("holds a refused message back until the visitor tries again", () => {
    const bench = new Bench().live();
    bench.do(send("a"));
    const refusal: WidgetEvent = { type: "error", code: "too_many", text: "Подождите", id: "a", pointer: null };
    expect(bench.hear(refusal)).toEqual([{ type: "store", id: "a" }]);
    bench.do({ type: "closed", code: 1006 });
    bench.live();
    expect(bench.said).toEqual([]);
    expect(bench.session.outbox[0]?.refused).toEqual({ code: "too_many", text: "Подождите" });
    bench.do({ type: "retry", id: "a" });
    expect(bench.said).toEqual([{ type: "send", id: "a", text: "text a" }]);
    expect(bench.session.outbox[0]?.refused).toBeNull();
  });
});

describe("heartbeat", () => {
  it("pings after silence and gives up ten seconds later", () => {
    const bench = new Bench().live();
    bench.nowMs += 25_000;
    bench.do({ type: "tick" });
    expect(bench.said).toEqual([{ type: "ping" }]);
    bench.nowMs += 9_000;
    expect(bench.do({ type: "tick" })).toEqual([]);
    bench.nowMs += 1_000;
    expect(bench.do({ type: "tick" })).toEqual([{ type: "hang_up" }, { type: "connect_in", ms: 500 }]);
    expect(bench.session.link).toBe("down");
  });

  it("is content with any frame", () => {
    const bench = new Bench().live();
    bench.nowMs += 25_000;
    bench.do({ type: "tick" });
    bench.hear(message(1));
    bench.nowMs += 10_000;
    expect(bench.do({ type: "tick" })).toEqual([]);
  });

  it("gives up a connection that is never greeted", () => {
    const bench = new Bench();
    bench.do({ type: "connect" });
    bench.nowMs += 10_000;
    expect(bench.do({ type: "tick" })).toContainEqual({ type: "hang_up" });
  });
});

describe("reading", () => {
  it("tells once what was seen, and only when the history is complete", () => {
    const bench = new Bench();
    bench.do({ type: "looking", on: true });
    bench.live(3);
    bench.hear(message(1), message(2));
    expect(bench.said).toEqual([]);
    bench.hear(message(3));
    expect(bench.said).toEqual([{ type: "read", seq: 3 }]);
  });

  it("counts what came while the panel was closed, own messages apart", () => {
    const bench = new Bench().live();
    bench.do({ type: "looking", on: true });
    bench.hear(message(1));
    bench.do({ type: "looking", on: false });
    bench.hear(message(2), message(3, "visitor", "other tab"), message(4, "employee"));
    expect(unreadCount(bench.session)).toBe(2);
    bench.do({ type: "looking", on: true });
    expect(unreadCount(bench.session)).toBe(0);
    expect(bench.said).toEqual([{ type: "read", seq: 4 }]);
  });

  it("stops the dots with the answer, and when nothing comes of them", () => {
    const bench = new Bench().live();
    const typing: WidgetEvent = { type: "typing", from: "assistant", on: true };
    bench.hear(typing, message(1));
    expect(bench.session.typing).toBeNull();
    bench.hear(typing);
    bench.nowMs += 15_000;
    bench.do({ type: "tick" });
    expect(bench.session.typing).toBeNull();
  });
});
