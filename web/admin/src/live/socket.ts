// The panel's socket: keeps one connection, says where to resume, never gives up. No React here,
// and the outside (sockets, clock, chance) comes in through `Outside`, so tests need none of it.

import type { PanelCommand, PanelEvent } from '@chatika/client';
import { FeedCursor, type Change } from './feed';

export type ConnectionState = 'connecting' | 'online' | 'offline';

export interface Outside {
  open(): WebSocket;
  after(ms: number, run: () => void): () => void;
  random(): number;
}

export interface Listener {
  state(state: ConnectionState): void;
  change(event: Change): void;
  /** Everything held is stale. */
  reload(): void;
  typing(event: Extract<PanelEvent, { type: 'typing' }>): void;
  signedOut(): void;
  /** A connection failed before it was welcomed: the cookie may be the reason. */
  refused(): void;
}

export const firstWaitMs = 500;
export const longestWaitMs = 30_000;
const pingEveryMs = 25_000;
/** No welcome or no answer to a ping for this long means that the line is dead. */
const answerWithinMs = 10_000;
const signedOutCode = 4401;

/** 0.5, 1, 2 … 30 s, a quarter of it by chance so that a restart does not bring all at once. */
export function waitBefore(attempt: number, random: number): number {
  const wait = Math.min(firstWaitMs * 2 ** Math.min(attempt, 16), longestWaitMs);
  return Math.round(wait * (0.75 + random / 4));
}

export class LiveSocket {
  private readonly cursor_ = new FeedCursor();
  private socket_: WebSocket | null = null;
  private stopTimer_: () => void = () => {};
  private attempt_ = 0;
  private welcomed_ = false;
  private stopped_ = false;

  constructor(
    private readonly outside_: Outside,
    private readonly listener_: Listener,
  ) {}

  start(): void {
    this.stopped_ = false;
    this.connect();
  }

  stop(): void {
    this.stopped_ = true;
    this.drop();
  }

  /** Called when the browser says that the network is back or the tab is looked at again. */
  retryNow(): void {
    if (this.stopped_ || this.socket_) return;
    this.stopTimer_();
    this.connect();
  }

  typing(conversation: string, on: boolean): void {
    if (this.welcomed_) this.send({ type: 'typing', conversation, on });
  }

  private send(command: PanelCommand): void {
    this.socket_?.send(JSON.stringify(command));
  }

  private drop(): void {
    this.stopTimer_();
    const socket = this.socket_;
    this.socket_ = null;
    this.welcomed_ = false;
    socket?.close();
  }

  private connect(): void {
    this.listener_.state(this.attempt_ === 0 ? 'connecting' : 'offline');
    const socket = this.outside_.open();
    this.socket_ = socket;
    const isCurrent = () => this.socket_ === socket;
    this.stopTimer_ = this.outside_.after(answerWithinMs, () => this.reconnect());
    socket.onopen = () => {
      if (isCurrent()) this.send({ type: 'hello', after: this.cursor_.after });
    };
    socket.onmessage = (frame: MessageEvent<unknown>) => {
      if (!isCurrent() || typeof frame.data !== 'string') return;
      this.watchSilence();
      this.receive(JSON.parse(frame.data) as PanelEvent);
    };
    socket.onclose = (closed) => {
      if (!isCurrent()) return;
      if (closed.code === signedOutCode) this.signedOut();
      else this.reconnect();
    };
  }

  private signedOut(): void {
    this.stop();
    this.listener_.signedOut();
  }

  private reconnect(): void {
    const wasWelcomed = this.welcomed_;
    this.drop();
    if (this.stopped_) return;
    if (!wasWelcomed) this.listener_.refused();
    this.listener_.state(wasWelcomed ? 'connecting' : 'offline');
    const wait = waitBefore(this.attempt_, this.outside_.random());
    this.attempt_ += 1;
    this.stopTimer_ = this.outside_.after(wait, () => this.connect());
  }

  /** Every frame proves the line; after a while without any, we ask, and then do not wait long. */
  private watchSilence(): void {
    this.stopTimer_();
    this.stopTimer_ = this.outside_.after(pingEveryMs, () => {
      this.send({ type: 'ping' });
      this.stopTimer_ = this.outside_.after(answerWithinMs, () => this.reconnect());
    });
  }

  private receive(event: PanelEvent): void {
    switch (event.type) {
      case 'welcome':
        this.welcomed_ = true;
        this.attempt_ = 0;
        // "From now on": what was loaded before this moment may already be old.
        if (this.cursor_.after === null) {
          this.cursor_.moveTo(event.feed);
          this.listener_.reload();
        }
        this.listener_.state('online');
        return;
      case 'resync':
        this.cursor_.moveTo(event.feed);
        this.listener_.reload();
        return;
      case 'messages':
      case 'conversation':
      case 'lead':
      case 'booking':
      case 'article':
      case 'gone':
      case 'request':
        if (this.cursor_.accept(event.feed)) this.listener_.change(event);
        return;
      case 'typing':
        this.listener_.typing(event);
        return;
      case 'signed_out':
        this.signedOut();
        return;
      case 'error':
      case 'pong':
        return;
      default:
        event satisfies never;
    }
  }
}
