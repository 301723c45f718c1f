// The private page of a request: how far it is, the code, the answer.
import { Api, Refusal, type Progress } from "./api";
import { fill, h, paragraphs, type Child } from "./dom";
import type { Texts } from "./texts";

export function dayOf(text: string, language: string): string {
  const day = new Date(text.length === 10 ? `${text}T12:00:00Z` : text);
  return day.toLocaleDateString(language === "en" ? "en-GB" : "ru-RU", { day: "numeric", month: "long", year: "numeric" });
}

const failure = (why: unknown, t: Texts): string => (why instanceof Refusal && ([...why.fields.values()][0] ?? why.title)) || t.failed;

function facts(rows: readonly (readonly [string, string])[]): HTMLElement {
  return h("dl", {}, ...rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));
}

export function statusPage(api: Api, t: Texts, token: string, fresh: boolean, first: Progress): HTMLElement {
  const node = h("div");
  let codeSaid = "";

  function code(): Child {
    const input = h("input", { id: "code", inputmode: "numeric", autocomplete: "one-time-code", maxlength: "12", "aria-describedby": "code-trouble" });
    const trouble = h("p", { class: "trouble", id: "code-trouble", role: "alert" });
    const said = h("p", { role: "status" }, codeSaid);
    const enter = async (event: Event): Promise<void> => {
      event.preventDefault();
      trouble.textContent = input.value.trim() ? "" : t.needed;
      if (!input.value.trim()) return input.focus();
      try {
        draw(await api.verify(token, input.value.trim()));
        node.querySelector<HTMLElement>(".good")?.focus();
      } catch (why) {
        trouble.textContent = failure(why, t);
        input.select();
        input.focus();
      }
    };
    const again = async (): Promise<void> => {
      try {
        await api.anotherCode(token);
        said.textContent = t.anotherSent;
      } catch (why) {
        trouble.textContent = failure(why, t);
      }
    };
    return h("section", {}, h("h2", {}, t.codeTitle), h("p", {}, t.codeText),
      h("form", { novalidate: true, submit: (event) => void enter(event) },
        h("div", { class: "field" }, h("label", { for: "code" }, t.code), input, trouble),
        h("div", { class: "buttons" },
          h("button", { type: "submit", class: "primary", "data-testid": "confirm" }, t.confirm),
          h("button", { type: "button", click: () => void again() }, t.another)), said));
  }

  function download(kind: "pdf" | "json", label: string, name: string): HTMLElement {
    const trouble = h("span", { class: "trouble", role: "alert" });
    const get = async (): Promise<void> => {
      try {
        const link = h("a", { href: URL.createObjectURL(await api.document(token, kind)), download: `${name}.${kind}` });
        link.click();
        URL.revokeObjectURL(link.href);
      } catch (why) {
        trouble.textContent = failure(why, t);
      }
    };
    return h("span", {}, h("button", { type: "button", click: () => void get() }, label), trouble);
  }

  function answer({ answer: given, reference }: Progress): Child {
    if (!given) return null;
    const refusal = given.refusal;
    return h("section", { "data-testid": "answer" }, h("h2", {}, t.answer),
      ...(refusal ? [facts([[t.reason, refusal.reason], [t.article, refusal.article], [t.appeal, refusal.appeal]])] : paragraphs(given.text)),
      given.document && h("div", { class: "buttons" }, download("pdf", t.pdf, reference), download("json", t.json, reference)));
  }

  function draw(now: Progress): void {
    const copied = h("span", { role: "status" });
    fill(node,
      h("h1", {}, t.page(now.reference)), h("p", { class: "to" }, t.to(now.business)),
      fresh && !now.answer && h("div", { class: "notice", role: "status" }, h("strong", {}, t.accepted), h("p", {}, t.keepLink),
        h("button", { type: "button", click: () => void navigator.clipboard.writeText(location.href).then(() => { copied.textContent = t.copied; }) }, t.copy), copied),
      facts([
        [t.what, t.types[now.type]], [t.state, t.states[now.status]], [t.received, dayOf(now.received_at, api.language)],
        [t.due, dayOf(now.due, api.language) + (now.extended ? `, ${t.extended}` : "")],
      ]),
      now.verified && !now.answer && h("p", { class: "good", tabindex: "-1" }, t.verified),
      answer(now),
      !now.verified && !now.answer && code());
  }
  draw(first);
  return node;
}

export function withdrawPage(api: Api, t: Texts, token: string, business: string): HTMLElement {
  const trouble = h("p", { class: "trouble", role: "alert" });
  const node = h("div");
  const done = async (): Promise<void> => {
    trouble.textContent = "";
    try {
      const { reference, due } = await api.withdraw(token);
      fill(node, h("h1", { tabindex: "-1" }, t.withdrawn), h("p", { class: "good" }, t.withdrawnText(reference, dayOf(due, api.language))));
      node.querySelector("h1")?.focus();
    } catch (why) {
      trouble.textContent = why instanceof Refusal && why.status === 401 ? t.noLink : failure(why, t);
    }
  };
  fill(node, h("h1", {}, t.withdrawTitle), h("p", { class: "lead" }, t.withdrawText(business)), h("p", {}, t.withdrawWhat), trouble,
    h("button", { type: "button", class: "primary", "data-testid": "withdraw", click: () => void done() }, t.withdraw));
  return node;
}
