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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isUnsent(value: unknown): value is Unsent {
  return isRecord(value) && typeof value["id"] === "string" && typeof value["text"] === "string" &&
    typeof value["at"] === "string" && (value["choice"] === null || typeof value["choice"] === "string");
}

/** `null` for anything that this version did not write. */
export function parseKept(text: string | null): Kept | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    if (!isRecord(value) || !Array.isArray(value["pending"])) return null;
    const { conversation, token, language } = value;
    if (typeof conversation !== "string" || typeof token !== "string") return null;
    return {
      conversation, token,
      language: language === "en" ? "en" : "ru",
      pending: value["pending"].filter(isUnsent).slice(-kMaxOutbox),
    };
  } catch {
    return null;
  }
}

export class Store {
  readonly name: string;
  #shelf: Shelf | null;
  /** Where the browser keeps nothing for us, the conversation lives as long as the page. */
  #memory: string | null = null;

  constructor(tenantKey: string, shelf: Shelf | null) {
    this.name = `chatika:${tenantKey}`;
    this.#shelf = shelf;
  }

  load(): Kept | null {
    try {
      return parseKept(this.#shelf ? this.#shelf.getItem(this.name) : this.#memory);
    } catch {
      return parseKept(this.#memory);
    }
  }

  save(kept: Kept): void {
    this.#memory = JSON.stringify(kept);
    try {
      this.#shelf?.setItem(this.name, this.#memory);
    } catch {
      this.#shelf = null;
    }
  }

  /** Does nothing once another tab has begun a different conversation. */
  change(conversation: string, how: (kept: Kept) => Partial<Kept>): void {
    const kept = this.load();
    if (kept?.conversation === conversation) this.save({ ...kept, ...how(kept) });
  }

  keep(conversation: string, unsent: Unsent): void {
    this.change(conversation, ({ pending }) => ({
      pending: [...pending.filter((one) => one.id !== unsent.id), unsent].slice(-kMaxOutbox),
    }));
  }

  drop(conversation: string, id: string): void {
    this.change(conversation, ({ pending }) => ({ pending: pending.filter((one) => one.id !== id) }));
  }

  forget(conversation: string): void {
    if (this.load()?.conversation !== conversation) return;
    this.#memory = null;
    try {
      this.#shelf?.removeItem(this.name);
    } catch {
      this.#shelf = null;
    }
  }
}

/** A page may forbid storage; reading the property throws then. */
export function browserShelf(): Shelf | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
