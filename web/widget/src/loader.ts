// The script tag of a site: draws the launcher in idle time and fetches the app at the first opening.
// Until then it asks the network for nothing and stores nothing. Every byte of it is on every page of the site.
import type { Language } from "@chatika/client";
import css from "./loader.css?inline";
import type { Controls, Mount, PublicApi } from "./mount";

const script = document.currentScript;
if (script instanceof HTMLScriptElement && !window.chatika) start(script);

/** The site's colour, if it is one, with black or white on it: one of them always reaches 4.5:1. */
function paint({ style }: HTMLElement, colour: string): void {
  if (!/^#[\da-f]{6}$/i.test(colour)) return;
  const light = [0.2126, 0.7152, 0.0722].reduce(
    (sum, weight, i) => sum + weight * (parseInt(colour.slice(i * 2 + 1, i * 2 + 3), 16) / 255) ** 2.2, 0);
  style.setProperty("--chatika-accent", colour);
  style.setProperty("--chatika-on-accent", light > 0.179 ? "#000" : "#fff");
}

function start(tag: HTMLScriptElement): void {
  const base = new URL(".", tag.src).href;
  const { tenant = "", position = "right", color = "" } = tag.dataset;
  const language: Language = /^en/i.test(document.documentElement.lang || navigator.language) ? "en" : "ru";
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const launcher = document.createElement("button");
  let policy: ReturnType<NonNullable<typeof window.trustedTypes>["createPolicy"]> | undefined;
  let app: Controls | null = null;
  let loading = false;
  let wanted = false;
  let gone = false;

  const busy = (on: boolean): void => {
    loading = on;
    launcher.ariaBusy = String(on);
  };

  const load = (file: string): Promise<void> => new Promise((resolve, reject) => {
    policy ??= window.trustedTypes?.createPolicy("chatika", { createScriptURL: (name) => base + name });
    const element = document.createElement("script");
    element.nonce = tag.nonce ?? "";
    // The DOM types know strings only; a page under Trusted Types refuses them.
    element.src = (policy ? policy.createScriptURL(file) : base + file) as string;
    element.onload = () => resolve();
    element.onerror = reject;
    document.head.append(element);
  });

  const api: PublicApi = {
    open() {
      wanted = true;
      if (app) return app.open();
      if (loading || gone) return;
      busy(true);
      load(__APP_FILE__).catch(() => busy(false));
    },
    close() {
      wanted = false;
      app?.close();
    },
    destroy() {
      gone = true;
      app?.destroy();
      host.remove();
      delete window.chatika;
    },
    on: (signal, listener) => host.addEventListener(signal, listener),
    _: {
      host, root, launcher, base, key: tenant, language, load, words: {},
      emit: (signal, detail) => host.dispatchEvent(new CustomEvent(signal, { detail })),
      ready(controls) {
        busy(false);
        if (gone) return;
        app = controls;
        if (wanted) controls.open();
      },
    } satisfies Mount,
  };
  window.chatika = api;

  const draw = (): void => {
    if (gone) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
    host.dataset["position"] = position;
    paint(host, color);
    launcher.className = launcher.dataset["testid"] = "launcher";
    launcher.ariaLabel = language === "en" ? "Open the chat" : "Открыть чат";
    launcher.onclick = api.open;
    root.append(launcher);
    document.body.append(host);
  };
  const whenIdle = (): unknown => (window.requestIdleCallback ?? setTimeout)(draw);
  if (document.body) whenIdle();
  else addEventListener("DOMContentLoaded", whenIdle);
}
