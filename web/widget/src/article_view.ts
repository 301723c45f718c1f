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
      const words = h("p");
      let done = 0;
      // Sentences of the article in its order, with others between them.
      for (const sentence of quote.replace(/([.!?…]) /g, "$1\n").split("\n")) {
        const at = sentence ? text.indexOf(sentence, done) : -1;
        if (at < 0) continue;
        words.append(text.slice(done, at), h("mark", {}, sentence));
        done = at + sentence.length;
      }
      words.append(text.slice(done));
      fill(content, words);
      const mark = content.querySelector("mark");
      if (mark) content.scrollTop = mark.offsetTop - content.clientHeight / 3;
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
