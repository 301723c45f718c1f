// A source, opened over the conversation, with the sentences the answer was taken from marked.
import type { Source, WidgetArticle } from "@chatika/client";
import { button, div, fill, h, icon } from "./dom";
import type { Texts } from "./texts";

export function articleView({ title, quote }: Source, texts: Texts, load: () => Promise<WidgetArticle>, close: () => void): HTMLElement {
  const content = h("div", { class: "read", tabindex: "0", role: "region", "aria-label": title });
  const show = async (): Promise<void> => {
    fill(content, div("spinner"));
    try {
      const { text } = await load();
      const at = quote ? text.indexOf(quote) : -1;
      const mark = h("mark", {}, quote);
      if (at < 0) return fill(content, h("p", {}, text));
      fill(content, h("p", {}, text.slice(0, at), mark, text.slice(at + quote.length)));
      content.scrollTop = mark.offsetTop - content.clientHeight / 3;
    } catch {
      fill(content, h("p", {}, quote), h("p", { class: "trouble", role: "alert" }, texts.failed),
        button("text", { click: () => void show() }, texts.retry));
    }
  };
  void show();
  return h("div", { class: "step overlay" },
    div("bar", button("icon", { "aria-label": texts.back, click: close }, icon("back")), h("h3", {}, title)),
    content);
}
