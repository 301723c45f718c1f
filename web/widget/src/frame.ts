// What stands around every step: the launcher's badge, the dialog, its head, the line that says who answers.
import type { Language, WidgetConfig } from "@chatika/client";
import css from "./app.css?inline";
import { button, h, icon, say, set } from "./dom";
import type { Mount } from "./mount";
import type { Session } from "./session";
import type { Texts } from "./texts";

const kPhone = "(max-width: 480px)";
const kMostShown = 99;

export interface FrameActions {
  close(): void;
  escape(): void;
  callHuman(): void;
  speak(language: Language): void;
}

export interface Frame {
  readonly isOpen: boolean;
  show(open: boolean): void;
  words(texts: Texts, config: WidgetConfig): void;
  status(texts: Texts, session: Session | null): void;
  badge(texts: Texts, unread: number): void;
  body(view: HTMLElement): void;
  cover(view: HTMLElement): void;
  uncover(view: HTMLElement): void;
  focusPanel(): void;
  focusFirst(selector: string): void;
}

export function frame(mount: Mount, actions: FrameActions, stop: AbortSignal): Frame {
  const { root, launcher } = mount;
  const phone = matchMedia(kPhone);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  const title = h("h2", { id: "title" });
  const hours = h("p", { class: "hours" });
  const languages = h("div", { class: "languages", role: "group" });
  const close = button("icon", { click: () => actions.close() }, icon("close"));
  const who = h("span");
  const status = h("p", { class: "status", role: "status", "data-testid": "status" }, h("i"), who);
  const callWords = h("span");
  const call = button("call", { "data-testid": "call-human", click: () => {
    if (call.getAttribute("aria-disabled") !== "true") actions.callHuman();
  } }, icon("person"), callWords);
  const bar = h("div", { class: "bar", hidden: true }, status, call);
  const body = h("div", { class: "body-of-panel" });
  const content = h("div", { class: "content" }, body);
  const panel = h("dialog", {
    class: "panel", tabindex: "-1", dir: "ltr", "aria-label": launcher.ariaLabel,
    keydown: (event) => onKey(event),
    // A phone's "back".
    cancel: (event) => {
      event.preventDefault();
      actions.escape();
    },
  },
    h("header", {}, h("div", { class: "avatar" }, icon("bubble")), h("div", { class: "names" }, title, hours), languages, close),
    bar,
    content);
  const badge = h("span", { class: "badge", hidden: true, "aria-hidden": "true" });
  launcher.append(badge);
  root.append(panel);

  function onKey(event: Event): void {
    if (!(event instanceof KeyboardEvent)) return;
    // The site's own shortcuts have nothing to do with what is typed here.
    event.stopPropagation();
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    actions.escape();
  }

  /** Full screen there is nothing else to reach, so the page behind is out of reach. */
  function openPanel(): void {
    panel.close();
    if (phone.matches) panel.showModal();
    else panel.show();
  }
  phone.addEventListener("change", () => {
    if (panel.open) openPanel();
  }, { signal: stop });

  return {
    get isOpen() {
      return panel.open;
    },
    show(open) {
      launcher.hidden = open;
      if (open) return openPanel();
      panel.close();
      launcher.focus();
    },
    words(texts, { language, languages: offered, tenant, hours: openHours }) {
      set(panel, "lang", language);
      set(panel, "aria-label", texts.dialog(tenant));
      set(languages, "aria-label", texts.languages);
      set(close, "aria-label", texts.close);
      say(title, tenant);
      say(hours, openHours);
      languages.hidden = offered.length < 2;
      languages.replaceChildren(...offered.map((one) => button("language", {
        lang: one, "aria-pressed": String(one === language), "data-testid": `language-${one}`,
        "aria-label": one === "ru" ? "RU, русский" : "EN, English",
        click: () => actions.speak(one),
      }, one.toUpperCase())));
      bar.hidden = false;
      this.status(texts, null);
      this.badge(texts, 0);
    },
    status(texts, session) {
      const now = session?.status ?? "assistant";
      status.dataset["status"] = now;
      say(who, now === "assistant" ? texts.robot : now === "human" ? texts.human(session?.operator ?? null) : texts[now]);
      call.hidden = now === "human" || now === "closed";
      const called = now === "waiting" || (session?.outbox.some((one) => one.choice === "human" && !one.refused) ?? false);
      set(call, "aria-disabled", called ? "true" : null);
      say(callWords, called ? texts.calling : texts.callHuman);
    },
    badge(texts, unread) {
      badge.hidden = unread === 0;
      say(badge, unread > kMostShown ? `${kMostShown}+` : String(unread));
      launcher.ariaLabel = unread ? `${texts.open}: ${texts.unread(unread)}` : texts.open;
    },
    body(view) {
      body.replaceChildren(view);
    },
    cover(view) {
      body.inert = true;
      content.append(view);
      view.querySelector("button")?.focus();
    },
    uncover(view) {
      body.inert = false;
      view.remove();
    },
    focusPanel: () => panel.focus({ preventScroll: true }),
    focusFirst: (selector) => body.querySelector<HTMLElement>(selector)?.focus(),
  };
}

/**
 * iOS lays its keyboard over the page without making it smaller: full screen, the panel follows what is really visible.
 * Not while the visitor has zoomed in, which moves the same viewport.
 */
export function followKeyboard(host: HTMLElement, signal: AbortSignal): void {
  const viewport = window.visualViewport;
  if (!viewport) return;
  const follow = (): void => {
    if (viewport.scale > 1.01) return;
    host.style.setProperty("--chatika-top", `${viewport.offsetTop}px`);
    host.style.setProperty("--chatika-height", `${viewport.height}px`);
  };
  viewport.addEventListener("resize", follow, { signal });
  viewport.addEventListener("scroll", follow, { signal });
}
