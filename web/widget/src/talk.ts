// The shell around session.ts: owns the socket, the timers and the place in storage.
import type { Language, WidgetCommand, WidgetEvent } from "@chatika/client";
import {
  kMaxOutbox, kMaxTextLength, kTickMs, newSession, step,
  type Effect, type Input, type Key, type Session, type Unsent,
} from "./session";
import type { Store } from "./store";
import { uuid } from "./api";

export interface TalkEvents {
  changed(session: Session): void;
  /** The server no longer knows the conversation. */
  forgotten(): void;
}

export class Talk {
  session: Session;
  #socket: WebSocket | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #ticker: ReturnType<typeof setInterval>;
  readonly #onOnline = (): void => this.reconnectNow();

  constructor(
    readonly url: string, key: Key, language: Language, unsent: readonly Unsent[],
    readonly store: Store, readonly events: TalkEvents,
  ) {
    this.session = newSession(key, language, unsent);
    this.#ticker = setInterval(() => this.do({ type: "tick" }), kTickMs);
    addEventListener("online", this.#onOnline);
    this.do({ type: "connect" });
  }

  do(input: Input): void {
    const [next, effects] = step(this.session, input, { nowMs: Date.now(), chance: Math.random() });
    const changed = next !== this.session;
    this.session = next;
    for (const effect of effects) this.#carryOut(effect);
    if (changed) this.events.changed(this.session);
  }

  /** False when nothing was taken: empty, too long, or too much is waiting. */
  send(text: string, choice: string | null): boolean {
    const trimmed = text.trim();
    if (!trimmed || trimmed.length > kMaxTextLength || this.session.outbox.length >= kMaxOutbox) return false;
    this.do({ type: "send", unsent: { id: uuid(), text: trimmed, choice, at: new Date().toISOString() } });
    return true;
  }

  reconnectNow(): void {
    clearTimeout(this.#retry);
    this.do({ type: "connect" });
  }

  end(): void {
    clearInterval(this.#ticker);
    clearTimeout(this.#retry);
    removeEventListener("online", this.#onOnline);
    this.#hangUp();
  }

  #carryOut(effect: Effect): void {
    const { conversation } = this.session.key;
    switch (effect.type) {
      case "connect": return this.#connect();
      case "hang_up": return this.#hangUp();
      case "connect_in":
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => this.do({ type: "connect" }), effect.ms);
        return;
      case "transmit": return this.#transmit(effect.command);
      case "keep": return this.store.keep(conversation, effect.unsent);
      case "drop": return this.store.drop(conversation, effect.id);
      case "forget":
        this.end();
        this.store.forget(conversation);
        return this.events.forgotten();
    }
  }

  #connect(): void {
    this.#hangUp();
    const socket = new WebSocket(this.url);
    this.#socket = socket;
    const current = (then: () => void): void => {
      if (this.#socket === socket) then();
    };
    socket.onopen = () => current(() => this.do({ type: "opened" }));
    socket.onmessage = ({ data }: MessageEvent<unknown>) => current(() => {
      const event = typeof data === "string" ? readEvent(data) : null;
      if (event) this.do({ type: "frame", event });
    });
    socket.onclose = ({ code }) => current(() => {
      this.#socket = null;
      this.do({ type: "closed", code });
    });
  }

  #transmit(command: WidgetCommand): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(command));
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }
}

/** The server is ours and speaks by the schema; only what is no frame at all is dropped. */
function readEvent(text: string): WidgetEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "type" in value ? (value as WidgetEvent) : null;
  } catch {
    return null;
  }
}
