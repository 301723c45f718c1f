// "My data": what is held, withdrawal by one click, an objection, a request. Its words about the data come from the server.
import type { components, Language } from "@chatika/client";
import type { Key } from "./session";
import { button, div, fill, h, icon } from "./dom";

type Schemas = components["schemas"];
type MyData = Schemas["MyData"];
type Filed = Schemas["MyRequestFiled"];
type Looks = Schemas["MyLooks"];
type Type = Schemas["NewMyRequest"]["type"];

export interface DataAsk {
  readonly base: string;
  readonly key: Key;
  readonly language: Language;
  close(): void;
  /** The words that stand above the next consent once this one is withdrawn; none when it came to nothing. */
  withdrawing(words: string): void;
}

const ru = {
  title: "Мои данные", back: "Назад", failed: "Не получилось. Проверьте связь и попробуйте ещё раз.", retry: "Повторить",
  held: "Что у нас есть", consent: "Согласие", withdraw: "Отозвать согласие", sure: "Да, отозвать", no: "Не отзывать",
  withdrawn: "Согласие отозвано. Ваши данные мы больше не используем и уничтожим в течение 30 дней, кроме тех, что обязаны хранить по закону. Новый разговор — только с новым согласием.",
  objectOn: "Не учитывать меня в статистике", objectOff: "Снова учитывать в статистике", objected: "Вас нет в статистике",
  ask: "Попросить", information: "Копию моих данных", correction: "Исправить данные", deletion: "Удалить данные",
  essence: "Что именно (можно не заполнять)", email: "Почта для ответа (можно не заполнять)", send: "Отправить",
  filed: (reference: string) => `Обращение ${reference} принято.`, page: "Страница обращения", requests: "Мои обращения", looked: "Кто смотрел мои данные", nobody: "Пока никто, кроме вас.", policy: "Политика обработки данных",
};
const en: typeof ru = {
  title: "My data", back: "Back", failed: "That didn’t work. Check your connection and try again.", retry: "Try again",
  held: "What we hold", consent: "Consent", withdraw: "Withdraw consent", sure: "Yes, withdraw", no: "Keep it",
  withdrawn: "Your consent is withdrawn. We no longer use your data and will destroy it within 30 days, except what the law obliges us to keep. A new conversation needs a new consent.",
  objectOn: "Leave me out of analytics", objectOff: "Count me in analytics again", objected: "You are left out of analytics",
  ask: "Ask for", information: "A copy of my data", correction: "A correction", deletion: "Deletion",
  essence: "What exactly (optional)", email: "E-mail for the answer (optional)", send: "Send",
  filed: (reference) => `Request ${reference} was received.`, page: "Page of the request", requests: "My requests", looked: "Who looked at my data", nobody: "Nobody but you so far.", policy: "Privacy policy",
};

/** Its own look, loaded with it: most visitors never open this. */
const kLook = `
.mine .read > :first-child { margin-top: 0 }
.mine .read h3 { margin-top: 22px; font-size: 15px }
.mine .read p { margin-top: 6px }
.mine ul { margin: 6px 0 0; padding-left: 20px }
.mine li + li { margin-top: 6px }
.mine .decide { align-items: flex-start; gap: 8px; max-height: none; padding: 6px 0 0; border: 0 }
.mine .decide label { align-self: stretch; padding: 0 }
.mine .decide span { display: grid; flex: 1; gap: 4px }
.mine .decide .primary { flex: none }
.mine .buttons { gap: 20px }
.mine .text { padding: 0; text-align: start }
.mine input { width: 100%; height: 44px; padding: 0 12px; border: 1px solid var(--edge, currentColor); border-radius: 12px; background: var(--bg); color: inherit; font: inherit; font-size: 16px }
.mine .read > p:last-child { margin-top: 22px }
.mine .read a { display: inline-block; min-height: 24px; font-size: 14px; line-height: 24px }
`;
let sheet: CSSStyleSheet | undefined;

/** Into the shadow root the element stands in; once. */
function dress(element: Element): void {
  const root = element.getRootNode();
  if (!(root instanceof ShadowRoot)) return;
  if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(kLook);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

export function myDataView({ base, key, language, close, withdrawing }: DataAsk): HTMLElement {
  const t = language === "en" ? en : ru;
  const content = h("div", { class: "read", tabindex: "0", role: "region", "aria-label": t.title });
  const trouble = h("p", { class: "trouble", role: "alert" });

  async function ask<Answer>(path: string, more: object = {}): Promise<Answer> {
    const response = await fetch(`${base}widget/v1/my-data${path}`, {
      method: "POST", credentials: "omit", headers: { "Content-Type": "application/json", "Accept-Language": language },
      body: JSON.stringify({ key: key.key, conversation: key.conversation, token: key.token, language, ...more }),
    });
    if (!response.ok) {
      const problem = (await response.json().catch(() => null)) as Partial<Schemas["Problem"]> | null;
      throw new Error(problem?.errors?.[0]?.message ?? problem?.title ?? "");
    }
    return (await response.json()) as Answer;
  }
  async function attempt(act: () => Promise<void>): Promise<void> {
    trouble.textContent = "";
    try {
      await act();
    } catch (why) {
      // A browser's own words for a broken line are no words for a visitor.
      trouble.textContent = (why instanceof TypeError ? "" : why instanceof Error && why.message) || t.failed;
      content.append(trouble);
    }
  }
  const load = (): Promise<void> => attempt(async () => draw(await ask<MyData>("")));

  function withdrawal(data: MyData): HTMLElement {
    const place = div("decide");
    const offer = (): void => fill(place, button("text", { "data-testid": "withdraw", click: confirm }, t.withdraw));
    const sure = button("primary", { "data-testid": "withdraw-sure", click: () => void attempt(async () => {
      // The server closes the conversation, maybe before it answers; the widget returns to the consent by itself.
      withdrawing(t.withdrawn);
      await ask("/withdraw").catch((why: unknown) => {
        withdrawing("");
        throw why;
      });
    }) }, t.sure);
    const confirm = (): void => {
      fill(place, h("p", { role: "alert" }, data.withdrawal), div("buttons", sure, button("text", { click: offer }, t.no)));
      sure.focus();
    };
    offer();
    return place;
  }

  function request(): HTMLElement {
    const place = div("decide");
    const field = (label: string, attributes: Record<string, string>): [HTMLElement, HTMLInputElement] => {
      const input = h("input", attributes);
      return [h("label", {}, h("span", {}, label, input)), input];
    };
    const form = (type: Type): void => {
      const [what, essence] = field(t.essence, { maxlength: "2000" });
      const [where, email] = field(t.email, { type: "email", maxlength: "254" });
      fill(place, h("b", {}, t[type]), what, where, button("primary", { "data-testid": "my-send", click: () => void attempt(async () => {
        const filed = await ask<Filed>("/requests", { type, essence: essence.value.trim() || null, email: email.value.trim() || null });
        fill(place, h("p", { role: "status" }, t.filed(filed.reference), " ", h("a", { href: filed.page, target: "_blank", rel: "noreferrer" }, t.page)));
      }) }, t.send));
      essence.focus();
    };
    fill(place, ...(["information", "correction", "deletion"] as const).map((type) =>
      button("chip", { "data-testid": `my-${type}`, click: () => form(type) }, t[type])));
    return place;
  }

  /** Asked for only on demand: each look at the list is itself written down. */
  function looked(): HTMLElement {
    const place = div("decide");
    const when = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "ru-RU", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
    const show = button("text", { "data-testid": "looked", click: () => void attempt(async () => {
      const { items } = await ask<Looks>("/looked");
      const list = h("div", { "data-testid": "looks", tabindex: "-1" }, h("h3", {}, t.looked), items.length === 0 ? h("p", {}, t.nobody)
        : h("ul", {}, ...items.map(({ at, who, what, why, times }) => h("li", {},
          h("b", {}, who), `, ${when.format(new Date(at))}${times > 1 ? ` (×${times})` : ""}: ${what}${why && ` — ${why}`}`))));
      fill(place, list);
      list.focus();
    }) }, t.looked);
    fill(place, show);
    return place;
  }

  function draw(data: MyData): void {
    dress(content);
    const object = button("text", { "data-testid": "object", click: () => void attempt(async () => draw(await ask<MyData>("/object", { on: !data.objected }))) },
      data.objected ? t.objectOff : t.objectOn);
    fill(content,
      h("h3", {}, t.held), h("ul", {}, ...data.held.map(({ what, value }) => h("li", {}, h("b", {}, what), `: ${value}`))),
      h("h3", {}, t.consent), h("p", {}, data.consent), withdrawal(data),
      data.objected && h("p", { role: "status" }, t.objected), object,
      looked(),
      h("h3", {}, t.ask), request(),
      data.requests.length > 0 && h("h3", {}, t.requests),
      ...data.requests.map(({ reference, what, state }) => h("p", {}, `${reference}. ${what}: ${state}`)),
      h("p", {}, h("a", { href: base.replace(/\/$/, "") + data.policy, target: "_blank", rel: "noreferrer" }, t.policy)));
  }

  fill(content, div("spinner"));
  void load();
  return div("step overlay mine",
    div("bar", button("icon", { "aria-label": t.back, click: close }, icon("back")), h("h3", {}, t.title)), content);
}
