// What stands around every step: the launcher's badge, the dialog, its head, the line that says who answers.
import type { Language, WidgetConfig } from "@chatika/client";
import css from "./app.css?inline";
import chat from "./chat.css?inline";
import { button, div, fill, h, icon, say, set } from "./dom";
import type { Mount } from "./mount";
import type { Session } from "./session";
import type { Texts } from "./texts";

export interface FrameActions {
  close(): void;
  escape(): void;
  callHuman(): void;
  data(from: HTMLElement): void;
  speak(language: Language): void;
}

export interface Frame {
  readonly panel: HTMLDialogElement;
  readonly body: HTMLElement;
  show(open: boolean): void;
  words(texts: Texts, config: WidgetConfig): void;
  status(texts: Texts, session: Session | null): void;
  badge(texts: Texts, unread: number): void;
  /** Lays a view over the body; the function that comes back takes it away. */
  cover(view: HTMLElement): () => void;
}

export function frame({ root, launcher, host }: Mount, actions: FrameActions, signal: AbortSignal): Frame {
  const phone = matchMedia("(max-width: 480px)");
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css + chat);
  root.adoptedStyleSheets.push(sheet);

  const avatar = h("div", { class: "avatar", "aria-hidden": "true" });
  const title = h("h2");
  const hours = h("small");
  const languages = h("span");
  const close = button("icon", { click: actions.close }, icon("close"));
  const data = button("icon", { "data-testid": "my-data", click: () => actions.data(data) }, icon("person"));
  const status = h("p", { role: "status", "data-testid": "status" });
  const call = button("text", { "data-testid": "call-human", click: () => {
    if (!call.ariaDisabled) actions.callHuman();
  } });
  const bar = h("div", { class: "bar", hidden: true }, status, call);
  const body = h("div");
  const content = div("content", body);
  const panel = h("dialog", {
    class: "panel", tabindex: "-1", dir: "ltr", "aria-label": launcher.ariaLabel, keydown: (event) => {
      // The site's own shortcuts have nothing to do with what is typed here.
      event.stopPropagation();
      if (event instanceof KeyboardEvent && event.key === "Escape" && !event.isComposing) leave(event);
    },
    // A phone's "back".
    cancel: leave,
  }, h("header", {}, avatar, div("names", title, hours), data, languages, close), bar, content);
  const badge = h("span", { class: "badge", hidden: true });
  launcher.append(badge);
  root.append(panel);

  function leave(event: Event): void {
    event.preventDefault();
    actions.escape();
  }

  /** Full screen there is nothing else to see, so nothing else can be reached. */
  function openPanel(): void {
    panel.close();
    if (phone.matches) panel.showModal();
    else panel.show();
  }
  phone.addEventListener("change", () => panel.open && openPanel(), { signal });

  // iOS lays its keyboard over the page without making it smaller: full screen, the panel follows what is really
  // visible. Not while the visitor has zoomed in, which moves the same viewport.
  const viewport = window.visualViewport;
  for (const name of ["resize", "scroll"]) {
    viewport?.addEventListener(name, () => {
      if (viewport.scale > 1.01) return;
      host.style.setProperty("--chatika-top", `${viewport.offsetTop}px`);
      host.style.setProperty("--chatika-height", `${viewport.height}px`);
    }, { signal });
  }

  return {
    panel, body,
    show(open) {
      launcher.hidden = open;
      if (open) return openPanel();
      panel.close();
      launcher.focus();
    },
    words(texts, config) {
      const { language, tenant } = config;
      set(panel, "lang", language);
      set(panel, "aria-label", texts.dialog(tenant));
      set(close, "aria-label", texts.close);
      set(data, "aria-label", texts.myData);
      say(avatar, [...tenant][0] ?? "");
      say(title, tenant);
      say(hours, config.hours);
      fill(languages, ...config.languages.map((one) => one !== language && button("icon", {
        lang: one, "aria-label": one === "ru" ? "RU: по-русски" : "EN: in English", "data-testid": `language-${one}`,
        click: () => actions.speak(one),
      }, one.toUpperCase())));
      bar.hidden = false;
      this.status(texts, null);
    },
    status(texts, session) {
      const now = session?.status ?? "assistant";
      data.hidden = !session;
      set(status, "class", now);
      say(status, now === "human" ? texts.human(session?.operator ?? null) : texts.status[now]);
      call.hidden = now === "human";
      const called = now === "waiting" || session?.outbox.some((one) => one.choice === "human" && !one.refused);
      set(call, "aria-disabled", called ? "true" : null);
      say(call, called ? texts.calling : texts.callHuman);
    },
    badge(texts, unread) {
      badge.hidden = !unread;
      say(badge, String(unread));
      launcher.ariaLabel = texts.open + (unread ? `: ${texts.unread(unread)}` : "");
    },
    cover(view) {
      body.inert = true;
      content.append(view);
      view.querySelector("button")?.focus();
      return () => {
        body.inert = false;
        view.remove();
      };
    },
  };
}
