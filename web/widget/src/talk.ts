// The shell around session.ts: owns the socket, the timers and the place in storage.
import type { Language, WidgetEvent } from "@chatika/client";
import { uuid } from "./api";
import {
  kMaxOutbox, kMaxTextLength, kTickMs, newSession, step,
  type Effect, type Input, type Key, type Session, type Unsent,
} from "./session";
import type { Store } from "./store";

export interface TalkEvents {
  changed(): void;
  /** The server no longer knows the conversation. */
  forgotten(): void;
}

export class Talk {
  session: Session;
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #stop = new AbortController();
  readonly #url: string;
  readonly #store: Store;
  readonly #events: TalkEvents;

  constructor(url: string, key: Key, language: Language, unsent: readonly Unsent[], store: Store, events: TalkEvents) {
    this.#url = url;
    this.#store = store;
    this.#events = events;
    this.session = newSession(key, language, unsent);
    const { signal } = this.#stop;
    const ticker = setInterval(() => this.do({ type: "tick" }), kTickMs);
    signal.addEventListener("abort", () => clearInterval(ticker));
    addEventListener("online", () => this.connect(), { signal });
    this.connect();
  }

  do(input: Input): void {
    const before = this.session;
    const [next, effects] = step(before, input, { nowMs: Date.now(), chance: Math.random() });
    this.session = next;
    for (const effect of effects) this.#carryOut(effect);
    if (next !== before) this.#events.changed();
  }

  /** False when nothing was taken: empty, too long, or too much is waiting. */
  send(words: string, choice: string | null): boolean {
    const text = words.trim();
    if (!text || text.length > kMaxTextLength || this.session.outbox.length >= kMaxOutbox) return false;
    this.do({ type: "send", unsent: { id: uuid(), text, choice, at: new Date().toISOString() } });
    return true;
  }

  /** Without waiting any longer. */
  connect(): void {
    clearTimeout(this.#retry);
    this.do({ type: "connect" });
  }

  end(): void {
    this.#stop.abort();
    clearTimeout(this.#retry);
    this.#hangUp();
  }

  #carryOut(effect: Effect): void {
    const { conversation } = this.session.key;
    switch (effect.type) {
      case "connect":
        return this.#open();
      case "hang_up":
        return this.#hangUp();
      case "connect_in":
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.connect(), effect.ms);
        return;
      case "transmit":
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(effect.command));
        return;
      case "store":
        return this.#store.mark(conversation, effect.id, effect.unsent);
      case "forget":
        this.end();
        this.#store.forget(conversation);
        return this.#events.forgotten();
    }
  }

  #open(): void {
    this.#hangUp();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    // A socket that was given up may still speak; it is not listened to.
    const hear = (input: Input): void => {
      if (this.#socket === socket) this.do(input);
    };
    socket.onopen = () => hear({ type: "opened" });
    socket.onclose = ({ code }) => hear({ type: "closed", code });
    socket.onmessage = ({ data }: MessageEvent<string>) => hear({ type: "frame", event: JSON.parse(data) as WidgetEvent });
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}
