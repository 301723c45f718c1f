// The one thing kept in the visitor's browser, and only after consent: how to find the conversation again and what
// has not reached the server yet. Several tabs share it, so every change is read, merged, written.
import type { Language } from "@chatika/client";
import { kMaxOutbox, type Unsent } from "./session";

export interface Kept {
  readonly conversation: string;
  readonly token: string;
  readonly language: Language;
  readonly pending: readonly Unsent[];
}

type Shelf = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** `null` for what this version could not go on with. */
export function parseKept(text: string | null): Kept | null {
  try {
    const { conversation, token, language, pending } = JSON.parse(text ?? "{}") as Partial<Kept>;
    if (!conversation || !token || !Array.isArray(pending)) return null;
    return { conversation, token, language: language === "en" ? language : "ru", pending: pending.slice(-kMaxOutbox) };
  } catch {
    return null;
  }
}

export class Store {
  readonly name: string;
  readonly #shelf: () => Shelf;
  /** Where the browser keeps nothing for us, the conversation lives as long as the page. */
  #held: string | null = null;

  /** `shelf` may throw: reading the property does where the page forbids storage. */
  constructor(tenantKey: string, shelf: () => Shelf) {
    this.name = `chatika:${tenantKey}`;
    this.#shelf = shelf;
  }

  load(): Kept | null {
    try {
      return parseKept(this.#shelf().getItem(this.name));
    } catch {
      return parseKept(this.#held);
    }
  }

  save(kept: Kept | null): void {
    this.#held = JSON.stringify(kept);
    try {
      if (kept) this.#shelf().setItem(this.name, this.#held);
      else this.#shelf().removeItem(this.name);
    } catch {
      // Forbidden or full: a reload begins a new conversation.
    }
  }

  /** Does nothing once another tab has begun a different conversation. */
  change(conversation: string, how: (kept: Kept) => Partial<Kept>): void {
    const kept = this.load();
    if (kept?.conversation === conversation) this.save({ ...kept, ...how(kept) });
  }

  /** Takes a message out of what is unsent, or puts it at the end. */
  mark(conversation: string, id: string, unsent?: Unsent): void {
    this.change(conversation, ({ pending }) => {
      const others = pending.filter((one) => one.id !== id);
      return { pending: unsent ? [...others, unsent].slice(-kMaxOutbox) : others };
    });
  }

  forget(conversation: string): void {
    if (this.load()?.conversation === conversation) this.save(null);
  }
}
