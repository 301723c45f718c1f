// The form: four required fields, what is wrong said at each, and a way to withdraw by one click for those who want only that.
import { Api, Refusal, type Filing } from "./api";
import { fill, h } from "./dom";
import type { Texts } from "./texts";

const kTypes = ["information", "correction", "blocking", "deletion", "withdrawal", "stop", "objection"] as const;
type Type = (typeof kTypes)[number];

interface Field {
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  readonly node: HTMLElement;
  complain(words: string): void;
}

function field(id: string, label: string, input: HTMLInputElement | HTMLTextAreaElement, hint: string): Field {
  const trouble = h("p", { class: "trouble", id: `${id}-trouble` });
  const hinted = hint ? h("p", { class: "hint", id: `${id}-hint` }, hint) : null;
  input.id = id;
  input.setAttribute("aria-describedby", `${id}-trouble${hinted ? ` ${id}-hint` : ""}`);
  input.addEventListener("input", () => complain(""));
  function complain(words: string): void {
    trouble.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  return { input, complain, node: h("div", { class: "field" }, h("label", { for: id }, label), hinted, input, trouble) };
}

const line = (attributes: Record<string, string>) => h("input", { autocomplete: "off", ...attributes });
const area = (max: string) => h("textarea", { rows: "3", maxlength: max, required: true });

export function formPage(api: Api, t: Texts, business: string, filed: (token: string) => void): HTMLElement {
  const name = field("full_name", t.name, line({ maxlength: "200", autocomplete: "name", required: "" }), "");
  const email = field("email", t.email, line({ type: "email", maxlength: "254", autocomplete: "email", required: "" }), "");
  const phone = field("phone", `${t.phone} (${t.optional})`, line({ type: "tel", maxlength: "40", autocomplete: "tel" }), "");
  const data = field("data_description", t.data, area("2000"), t.dataHint);
  const essence = field("essence", t.essence, area("4000"), t.essenceHint);
  const fields: Record<string, Field> = { full_name: name, email, phone, data_description: data, essence };
  const type = h("select", { id: "type" }, ...kTypes.map((one) => h("option", { value: one }, t.types[one])));
  const alert = h("p", { class: "trouble", role: "alert" });
  const send = h("button", { type: "submit", class: "primary", "data-testid": "send" }, t.send);
  let busy = false;

  function wrong(): boolean {
    for (const one of [name, email, data, essence]) one.complain(one.input.value.trim() ? "" : t.needed);
    if (email.input.value.trim() && !email.input.checkValidity()) email.complain(t.notEmail);
    const first = Object.values(fields).find(({ input }) => input.getAttribute("aria-invalid"));
    alert.textContent = first ? t.checkFields : "";
    first?.input.focus();
    return first !== undefined;
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (busy || wrong()) return;
    busy = true;
    send.setAttribute("aria-disabled", "true");
    send.textContent = t.sending;
    const given = phone.input.value.trim();
    const filing: Filing = {
      type: type.value as Type, full_name: name.input.value, email: email.input.value.trim(), data_description: data.input.value,
      essence: essence.input.value, language: api.language, ...(given && { phone: given }),
    };
    try {
      filed((await api.file(filing)).token);
    } catch (why) {
      const refusal = why instanceof Refusal ? why : null;
      for (const [pointer, words] of refusal?.fields ?? []) fields[pointer.slice(1)]?.complain(words);
      alert.textContent = refusal?.title || t.failed;
      Object.values(fields).find(({ input }) => input.getAttribute("aria-invalid"))?.input.focus();
    }
    busy = false;
    send.removeAttribute("aria-disabled");
    send.textContent = t.send;
  }

  return h("div", {},
    h("h1", {}, t.title), h("p", { class: "lead" }, t.lead), h("p", { class: "to" }, t.to(business)),
    h("form", { novalidate: true, submit: (event) => void submit(event) },
      h("div", { class: "field" }, h("label", { for: "type" }, t.type), type),
      name.node, email.node, phone.node, data.node, essence.node, h("p", { class: "hint" }, t.note), alert, send),
    mailLink(api, t));
}

function mailLink(api: Api, t: Texts): HTMLElement {
  const email = field("link-email", t.mailAddress, line({ type: "email", maxlength: "254", autocomplete: "email" }), "");
  const said = h("p", { role: "status" });
  const section = h("section", {}, h("h2", {}, t.mailTitle), h("p", {}, t.mailText));
  section.append(h("form", { novalidate: true, submit: (event) => {
    event.preventDefault();
    if (!email.input.value.trim() || !email.input.checkValidity()) {
      email.complain(email.input.value.trim() ? t.notEmail : t.needed);
      return email.input.focus();
    }
    api.withdrawalLink(email.input.value.trim()).then(
      () => fill(section, h("h2", {}, t.mailTitle), h("p", { role: "status", tabindex: "-1" }, t.mailSent)),
      (why: unknown) => { said.textContent = (why instanceof Refusal && why.title) || t.failed; });
  } }, email.node, said, h("button", { type: "submit" }, t.mailSend)));
  return section;
}
