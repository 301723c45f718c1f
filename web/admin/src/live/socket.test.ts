import type { PanelEvent } from '@chatika/client';
import { beforeEach, describe, expect, it } from 'vitest';
import { firstWaitMs, LiveSocket, longestWaitMs, waitBefore, type Listener, type Outside } from './socket';

/** The part of a WebSocket the panel uses, driven by hand. */
class FakeSocket {
  onopen: (() => void) | null = null;
  onmessage: ((frame: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  sent: string[] = [];
  closed = false;
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.closed = true;
  }
  tell(event: PanelEvent) {
    this.onmessage?.({ data: JSON.stringify(event) });
  }
  last(): unknown {
    return JSON.parse(this.sent[this.sent.length - 1] ?? 'null');
  }
}

let sockets: FakeSocket[];
let timers: { ms: number; run: () => void }[];
let log: string[];
let live: LiveSocket;

const socket = () => {
  const last = sockets[sockets.length - 1];
  if (!last) throw new Error('no socket was opened');
  return last;
};
/** Runs the one timer that is set. */
const runTimer = () => {
  const timer = timers.pop();
  if (!timer) throw new Error('no timer is set');
  timer.run();
  return timer.ms;
};

const outside: Outside = {
  open: () => {
    const made = new FakeSocket();
    sockets.push(made);
    return made as unknown as WebSocket;
  },
  after: (ms, run) => {
    const timer = { ms, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((held) => held !== timer);
    };
  },
  random: () => 1,
};
const listener: Listener = {
  state: (state) => log.push(state),
  change: (event) => log.push(`${event.type} ${event.feed}`),
  reload: () => log.push('reload'),
  typing: (event) => log.push(`typing ${event.from}`),
  signedOut: () => log.push('signed out'),
  refused: () => log.push('refused'),
};
const article = (feed: number): PanelEvent => ({ type: 'article', feed, article: 'a' });

beforeEach(() => {
  sockets = [];
  timers = [];
  log = [];
  live = new LiveSocket(outside, listener);
  live.start();
  socket().onopen?.();
});

describe('LiveSocket', () => {
  it('begins from now and loads what it may have missed before', () => {
    expect(socket().last()).toEqual({ type: 'hello', after: null });
    socket().tell({ type: 'welcome', feed: 10 });
    expect(log).toEqual(['connecting', 'reload', 'online']);
  });

  it('resumes after the highest number it applied, and does not reload', () => {
    socket().tell({ type: 'welcome', feed: 10 });
    socket().tell(article(11));
    log = [];
    socket().onclose?.({ code: 1001 });
    expect(runTimer()).toBe(firstWaitMs);
    socket().onopen?.();
    expect(socket().last()).toEqual({ type: 'hello', after: 11 });
    socket().tell({ type: 'welcome', feed: 13 });
    // The welcome's number is where the feed stands, not what we have: 12 must still come through.
    socket().tell(article(12));
    socket().tell(article(13));
    expect(log).toEqual(['connecting', 'offline', 'online', 'article 12', 'article 13']);
  });

  it('drops what is older than applied', () => {
    socket().tell({ type: 'welcome', feed: 10 });
    socket().tell(article(12));
    socket().tell(article(11));
    expect(log).not.toContain('article 11');
  });

  it('reloads and goes on from the number of a resync', () => {
    socket().tell({ type: 'welcome', feed: 10 });
    log = [];
    socket().tell({ type: 'resync', feed: 900 });
    socket().tell(article(899));
    expect(log).toEqual(['reload']);
  });

  it('asks who we are when the server does not let us in, and waits longer each time', () => {
    socket().onclose?.({ code: 1006 });
    expect(log).toEqual(['connecting', 'refused', 'offline']);
    expect(runTimer()).toBe(500);
    socket().onclose?.({ code: 1006 });
    expect(runTimer()).toBe(1000);
    socket().onclose?.({ code: 1006 });
    expect(runTimer()).toBe(2000);
  });

  it('does not come back after the session ended', () => {
    socket().tell({ type: 'welcome', feed: 10 });
    socket().tell({ type: 'signed_out' });
    expect(log).toContain('signed out');
    expect(timers).toHaveLength(0);
    live.retryNow();
    expect(sockets).toHaveLength(1);
  });

  it('takes 4401 for the end of the session', () => {
    socket().onclose?.({ code: 4401 });
    expect(log).toContain('signed out');
    expect(timers).toHaveLength(0);
  });

  it('pings a silent line and gives it up when nothing comes', () => {
    socket().tell({ type: 'welcome', feed: 10 });
    runTimer();
    expect(socket().last()).toEqual({ type: 'ping' });
    runTimer();
    expect(sockets[0]?.closed).toBe(true);
    runTimer();
    expect(sockets).toHaveLength(2);
  });

  it('gives up a connection that never opens', () => {
    runTimer();
    expect(sockets[0]?.closed).toBe(true);
  });

  it('connects at once when the network is back', () => {
    socket().onclose?.({ code: 1006 });
    live.retryNow();
    expect(sockets).toHaveLength(2);
    live.retryNow();
    expect(sockets).toHaveLength(2);
  });
});

describe('waitBefore', () => {
  it('doubles up to the longest, with a quarter left to chance', () => {
    expect([0, 1, 2, 3].map((attempt) => waitBefore(attempt, 1))).toEqual([500, 1000, 2000, 4000]);
    expect(waitBefore(50, 1)).toBe(longestWaitMs);
    expect(waitBefore(0, 0)).toBe(375);
  });
});
