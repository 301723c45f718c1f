// Consent is a step of its own: the exact text, an unticked box, and at clinics a separate one for health.
import type { WidgetConfig } from "@chatika/client";
import { button, div, h, say, set } from "./dom";
import type { Texts } from "./texts";

export interface ConsentActions {
  /** Resolves to words for the visitor when it did not work. */
  agree(health: boolean): Promise<string>;
  refuse(): void;
}

export function consentView({ consent }: WidgetConfig, texts: Texts, notice: string, actions: ConsentActions): HTMLElement {
  const trouble = h("p", { class: "trouble", role: "alert", id: "trouble" });
  const agreed = h("input", { type: "checkbox", "data-testid": "consent-agree", "aria-describedby": "trouble", change: () => complain("") });
  const health = h("input", { type: "checkbox", "data-testid": "consent-health" });
  const start = button("primary", { "data-testid": "consent-start", click: () => void begin() }, texts.start);
  let busy = false;

  function complain(words: string): void {
    say(trouble, words);
    set(agreed, "aria-invalid", words && !agreed.checked ? "true" : null);
  }

  async function begin(): Promise<void> {
    if (busy) return;
    if (!agreed.checked) {
      complain(texts.agreeFirst);
      return agreed.focus();
    }
    busy = true;
    set(start, "aria-disabled", "true");
    complain(await actions.agree(health.checked));
    busy = false;
    set(start, "aria-disabled", null);
  }

  return div("step",
    h("div", { class: "read", tabindex: "0", role: "region", "aria-label": consent.title },
      notice !== "" && h("p", { class: "banner" }, notice),
      h("h3", {}, consent.title),
      ...consent.paragraphs.map((words) => h("p", {}, words))),
    div("decide",
      h("label", {}, agreed, h("span", {}, consent.agree)),
      consent.health !== null && h("label", {}, health, h("span", {}, consent.health, h("small", {}, texts.healthHint))),
      trouble,
      div("buttons", start, button("text", { click: () => actions.refuse() }, texts.refuse))));
}

/** Where a visitor who does not want to chat goes on: the phone of the business. */
export function contactsView({ phone, hours }: WidgetConfig, texts: Texts, back: () => void): HTMLElement {
  return div("step",
    div("read",
      h("h3", { tabindex: "-1" }, texts.refusedTitle),
      h("p", {}, texts.refusedText),
      phone && h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone),
      h("small", {}, hours)),
    div("decide", button("primary", { click: back }, texts.back)));
}
