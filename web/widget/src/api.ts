// The three requests of the widget. No cookies, no key to the conversation in an address.
import type { ConversationStarted, Language, Problem, StartConversation, WidgetArticle, WidgetConfig } from "@chatika/client";

const kPatienceMs = 15_000;

/** What the server said when it refused; empty when nobody answered. */
export class Refusal extends Error {
  constructor(readonly problem: Partial<Problem>) {
    super();
  }
}

async function ask<Answer>(url: string, language: Language, body?: StartConversation): Promise<Answer> {
  const response = await fetch(url, {
    credentials: "omit",
    // Without a body nothing that a browser would ask the server's leave for first.
    headers: { "Accept-Language": language, ...(body && { "Content-Type": "application/json" }) },
    signal: AbortSignal.timeout(kPatienceMs),
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  }).catch(() => null);
  const answer: unknown = await response?.json().catch(() => null);
  if (!response?.ok || !answer) throw new Refusal({ ...(answer as Partial<Problem> | null), status: response?.status ?? 0 });
  return answer as Answer;
}

export class Api {
  readonly #at: string;
  readonly #key: string;

  constructor(base: string, key: string) {
    this.#at = `${base}widget/v1/`;
    this.#key = `?key=${encodeURIComponent(key)}`;
  }

  config(language: Language): Promise<WidgetConfig> {
    return ask(`${this.#at}config${this.#key}&language=${language}`, language);
  }

  start(body: StartConversation): Promise<ConversationStarted> {
    return ask(`${this.#at}conversations`, body.language, body);
  }

  article(id: string, language: Language): Promise<WidgetArticle> {
    return ask(`${this.#at}articles/${encodeURIComponent(id)}${this.#key}`, language);
  }

  /** Names the business, so that the server can check the site before the upgrade; never the conversation. */
  get socketUrl(): string {
    return `${this.#at.replace(/^http/, "ws")}socket${this.#key}`;
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages served over plain HTTP. */
export function uuid(): string {
  const form = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
  const chance = crypto.getRandomValues(new Uint8Array(form.length));
  return form.replace(/[xy]/g, (letter, at: number) => {
    const four = (chance[at] ?? 0) & 15;
    return (letter === "x" ? four : (four & 3) | 8).toString(16);
  });
}
