// Which page this is: the form of a business, the page of a request, withdrawal by link, what a recipient of data
// acknowledges. The token of a private page stands in the fragment, which no server and no log sees.
import "./pages.css";
import type { Language } from "@chatika/client";
import { acknowledgePage } from "./acknowledge_page";
import { Api, Refusal } from "./api";
import { fill, h } from "./dom";
import { formPage } from "./form_page";
import { statusPage, withdrawPage } from "./status_page";
import { en, ru } from "./texts";

const page = document.getElementById("page");
let language: Language = navigator.languages.find((one) => /^(ru|en)/.test(one))?.startsWith("en") ? "en" : "ru";
let fresh = false;

async function view(): Promise<HTMLElement> {
  const t = language === "en" ? en : ru;
  const path = location.pathname.split("/").filter(Boolean);
  const [key = "", token = ""] = path.length > 2 ? [decodeURIComponent(path[1] ?? "")] : location.hash.slice(1).split(".");
  if (path[0] === "recipients") {
    document.title = t.ackTitle;
    const recipients = new Api(decodeURIComponent(path[1] ?? ""), language);
    const { name } = await recipients.business();
    return acknowledgePage(recipients, t, location.hash.slice(1), name);
  }
  const api = new Api(key, language);
  if (path.length > 2) {
    document.title = t.title;
    const { name } = await api.business();
    return formPage(api, t, name, (made) => {
      fresh = true;
      // The form and what was typed into it do not stay behind "back".
      history.replaceState(null, "", `/privacy/request#${key}.${made}`);
      void show();
    });
  }
  if (path[1] === "withdraw") {
    document.title = t.withdrawTitle;
    const { name } = await api.business();
    return withdrawPage(api, t, token, name);
  }
  const progress = await api.progress(token);
  document.title = t.page(progress.reference);
  return statusPage(api, t, token, fresh, progress);
}

async function show(): Promise<void> {
  const t = language === "en" ? en : ru;
  document.documentElement.lang = language;
  const other = h("button", { type: "button", class: "language", lang: language === "en" ? "ru" : "en", "data-testid": "language", click: () => {
    language = language === "en" ? "ru" : "en";
    void show();
  } }, t.other);
  if (!page) return;
  try {
    fill(page, other, await view());
    page.querySelector("h1")?.scrollIntoView({ block: "nearest" });
  } catch (why) {
    const lost = why instanceof Refusal && [401, 404].includes(why.status);
    document.title = t.title;
    fill(page, other, h("div", {}, h("h1", {}, t.title), h("p", { class: "trouble", role: "alert" }, lost ? t.noLink : (why instanceof Refusal && why.title) || t.failed)));
  }
}

addEventListener("hashchange", () => void show());
void show();
