// A recipient of personal data says that it has corrected or erased what it was told to. Nothing is acknowledged by opening
// the page: programs that look at mails open links too.
import { Api, Refusal } from "./api";
import { fill, h } from "./dom";
import { dayOf } from "./status_page";
import type { Texts } from "./texts";

const kToken = /^[\w-]{43}$/;

export function acknowledgePage(api: Api, t: Texts, token: string, business: string): HTMLElement {
  const trouble = h("p", { class: "trouble", role: "alert" });
  const node = h("div");
  let busy = false;
  const done = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    button.setAttribute("aria-disabled", "true");
    trouble.textContent = "";
    try {
      const { act, at, again } = await api.acknowledge(token);
      const said = again ? t.ackAgain(dayOf(at, api.language)) : act === "erased" ? t.ackErased : t.ackCorrected;
      fill(node, h("h1", { tabindex: "-1" }, again ? t.ackAgainTitle : t.ackDone), h("p", { class: "good", role: "status" }, said), h("p", {}, t.ackNoMore));
      node.querySelector("h1")?.focus();
    } catch (why) {
      if (why instanceof Refusal && [404, 422].includes(why.status)) return lost();
      trouble.textContent = (why instanceof Refusal && why.title) || t.failed;
    }
    busy = false;
    button.removeAttribute("aria-disabled");
  };
  const button = h("button", { type: "button", class: "primary", "data-testid": "acknowledge", click: () => void done() }, t.ack);
  const head = [h("h1", {}, t.ackTitle), h("p", { class: "lead" }, t.ackText(business))];
  // Nothing is left to press: the link of the latest letter is another page.
  const lost = (): void => fill(node, ...head, h("p", { class: "trouble", role: "alert" }, t.ackLost));
  if (kToken.test(token)) fill(node, ...head, h("p", {}, t.ackWhat), button, trouble);
  else lost();
  return node;
}
