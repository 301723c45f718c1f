// A source, opened over the conversation, with the sentences the answer was taken from marked.
import type { Source, WidgetArticle } from "@chatika/client";
import { button, h, icon } from "./dom";
import type { Texts } from "./texts";

export function articleView(source: Source, texts: Texts, fetchIt: () => Promise<WidgetArticle>, close: () => void): HTMLElement {
  const back = button("icon", { "aria-label": texts.back, "data-testid": "article-close", click: close }, icon("back"));
  const title = h("h3", {}, source.title);
  const content = h("div", { class: "read article", tabindex: "0", role: "region", "aria-label": source.title });

  const load = (): void => {
    content.replaceChildren(h("p", { class: "soft", role: "status" }, texts.articleLoading));
    fetchIt().then(
      (article) => {
        title.textContent = article.title;
        content.replaceChildren(...marked(article.text, source.quote));
        const mark = content.querySelector("mark");
        if (mark) content.scrollTop = mark.offsetTop - content.clientHeight / 3;
      },
      () => content.replaceChildren(
        h("blockquote", {}, source.quote),
        h("p", { role: "alert" }, texts.articleFailed),
        button("text", { click: load }, texts.again)),
    );
  };
  load();
  return h("div", { class: "overlay", "data-testid": "article" }, h("div", { class: "overlay-head" }, back, title), content);
}

function marked(text: string, quote: string): Node[] {
  const at = quote ? text.indexOf(quote) : -1;
  if (at < 0) return [h("p", {}, text)];
  return [h("p", {}, text.slice(0, at), h("mark", {}, quote), text.slice(at + quote.length))];
}
