// Consent is a step of its own: the exact text, an unticked box, and at clinics a separate one for health.
import type { WidgetConfig } from "@chatika/client";
import { button, h, say, set } from "./dom";
import type { Texts } from "./texts";

export interface ConsentActions {
  /** Resolves to words for the visitor when it did not work. */
  agree(health: boolean): Promise<string | null>;
  refuse(): void;
}

export function consentView(config: WidgetConfig, texts: Texts, notice: string | null, actions: ConsentActions): HTMLElement {
  const { consent } = config;
  const tick = (testid: string): HTMLInputElement => h("input", { type: "checkbox", "data-testid": testid });
  const agreed = tick("consent-agree");
  const health = tick("consent-health");
  const trouble = h("p", { class: "trouble", role: "alert", id: "consent-trouble" });
  const start = button("primary", { "data-testid": "consent-start" }, texts.start);
  const problem = (words: string): void => {
    say(trouble, words);
    set(agreed, "aria-invalid", words !== "" && !agreed.checked ? "true" : null);
  };

  agreed.setAttribute("aria-describedby", "consent-trouble");
  agreed.addEventListener("change", () => problem(""));
  let busy = false;
  start.addEventListener("click", () => {
    if (busy) return;
    if (!agreed.checked) {
      problem(texts.agreeFirst);
      return agreed.focus();
    }
    busy = true;
    problem("");
    set(start, "aria-disabled", "true");
    say(start, texts.starting);
    void actions.agree(health.checked).then((words) => {
      busy = false;
      set(start, "aria-disabled", null);
      say(start, texts.start);
      problem(words ?? "");
    });
  });

  return h("div", { class: "step" },
    h("div", { class: "read", tabindex: "0", role: "region", "aria-label": consent.title },
      notice === null ? null : h("p", { class: "notice", role: "status" }, notice),
      h("h3", {}, consent.title),
      ...consent.paragraphs.map((words) => h("p", {}, words))),
    h("div", { class: "decide" },
      h("label", { class: "tick" }, agreed, h("span", {}, consent.agree)),
      consent.health === null ? null
        : h("label", { class: "tick" }, health, h("span", {}, consent.health, h("small", {}, texts.healthHint))),
      trouble,
      start,
      button("quiet", { "data-testid": "consent-refuse", click: () => actions.refuse() }, texts.refuse)));
}

/** Where a visitor who does not want to chat goes on: the phone of the business. */
export function contactsView(config: WidgetConfig, texts: Texts, back: () => void): HTMLElement {
  const { phone, hours } = config;
  return h("div", { class: "step" },
    h("div", { class: "read" },
      h("h3", { tabindex: "-1" }, texts.refusedTitle),
      h("p", {}, texts.refusedText),
      h("p", {}, phone ? texts.refusedCall : texts.refusedVisit),
      phone ? h("a", { class: "phone", href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone) : null,
      hours ? h("p", { class: "soft" }, hours) : null),
    h("div", { class: "decide" },
      button("primary", { click: back }, texts.backToConsent)));
}
