// The three requests of the widget. No cookies, no key to the conversation in an address.
import type { ConversationStarted, Language, Problem, StartConversation, WidgetArticle, WidgetConfig } from "@chatika/client";

const kPatienceMs = 15_000;

/** What the server said when it refused; `null` when nobody answered. */
export class Refusal extends Error {
  constructor(readonly problem: Partial<Problem> | null) {
    super("refused");
  }
}

async function ask<Answer>(url: string, language: Language, body?: StartConversation): Promise<Answer> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: body ? "POST" : "GET",
      credentials: "omit",
      headers: { "Accept-Language": language, ...(body ? { "Content-Type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(kPatienceMs),
    });
    text = await response.text();
  } catch {
    throw new Refusal(null);
  }
  let answer: unknown = null;
  try {
    answer = JSON.parse(text);
  } catch {
    throw new Refusal(response.ok ? null : { status: response.status });
  }
  if (!response.ok) throw new Refusal({ status: response.status, ...(answer as Partial<Problem>) });
  return answer as Answer;
}

export class Api {
  constructor(readonly base: string, readonly key: string) {}

  config(language: Language): Promise<WidgetConfig> {
    return ask(`${this.base}widget/v1/config?${new URLSearchParams({ key: this.key, language }).toString()}`, language);
  }

  start(body: StartConversation): Promise<ConversationStarted> {
    return ask(`${this.base}widget/v1/conversations`, body.language, body);
  }

  article(id: string, language: Language): Promise<WidgetArticle> {
    const query = new URLSearchParams({ key: this.key }).toString();
    return ask(`${this.base}widget/v1/articles/${encodeURIComponent(id)}?${query}`, language);
  }

  get socketUrl(): string {
    return `${this.base.replace(/^http/, "ws")}widget/v1/socket`;
  }
}

/** A random UUID; `crypto.randomUUID` is missing on pages served over plain HTTP. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Array.from(bytes, (byte, i) => ([4, 6, 8, 10].includes(i) ? "-" : "") + byte.toString(16).padStart(2, "0")).join("");
}
