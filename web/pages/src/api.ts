// What the pages ask. Secrets travel in bodies; an address names the business only.
import type { components } from "@chatika/client";
import type { Language } from "@chatika/client";

type Schemas = components["schemas"];
export type Filed = Schemas["RequestFiled"];
export type Progress = Schemas["RequestProgress"];
export type Filing = Schemas["FileRequest"];
export type Business = Schemas["PublicBusiness"];
export type Acknowledged = Schemas["Acknowledged"];
export type Withdrawn = Schemas["Withdrawal"];
type Problem = Schemas["Problem"];

const kPatienceMs = 20_000;

export class Refusal extends Error {
  constructor(readonly status: number, readonly title: string, readonly fields: ReadonlyMap<string, string>) {
    super();
  }
}

async function ask(language: Language, path: string, body?: object): Promise<Response> {
  const response = await fetch(path, {
    credentials: "omit",
    headers: { "Accept-Language": language, ...(body && { "Content-Type": "application/json" }) },
    signal: AbortSignal.timeout(kPatienceMs),
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  }).catch(() => null);
  if (response?.ok) return response;
  const problem = (await response?.json().catch(() => null)) as Partial<Problem> | null;
  const fields = new Map(problem?.errors?.map(({ pointer, message }) => [pointer, message]));
  throw new Refusal(response?.status ?? 0, problem?.title ?? "", fields);
}

export class Api {
  readonly #at: string;

  constructor(key: string, readonly language: Language) {
    this.#at = `/privacy/v1/${encodeURIComponent(key)}/`;
  }

  async #json<T>(path: string, body?: object): Promise<T> {
    return (await (await ask(this.language, this.#at + path, body)).json()) as T;
  }

  business(): Promise<Business> {
    return this.#json(`business?language=${this.language}`);
  }
  file(filing: Filing): Promise<Filed> {
    return this.#json("requests", filing);
  }
  progress(token: string): Promise<Progress> {
    return this.#json("requests/status", { token });
  }
  verify(token: string, code: string): Promise<Progress> {
    return this.#json("requests/verify", { token, code });
  }
  async anotherCode(token: string): Promise<void> {
    await ask(this.language, `${this.#at}requests/code`, { token });
  }
  async withdrawalLink(email: string): Promise<void> {
    await ask(this.language, `${this.#at}withdrawal-link`, { email, language: this.language });
  }
  acknowledge(token: string): Promise<Acknowledged> {
    return this.#json("acknowledge", { token });
  }
  withdraw(token: string): Promise<Withdrawn> {
    return this.#json("withdraw", { token });
  }
  async document(token: string, kind: "pdf" | "json"): Promise<Blob> {
    return (await ask(this.language, `${this.#at}requests/answer-${kind}`, { token })).blob();
  }
}
