// The only way elements are made here: attributes by setAttribute, words as text nodes, never markup.
type Attribute = string | boolean | null | ((event: Event) => void);
export type Child = Node | string | null;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Readonly<Record<string, Attribute>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else set(element, name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** `true` is an empty attribute, `false` and `null` none at all. */
export function set(element: Element, name: string, value: string | boolean | null): void {
  if (value === null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

/** Keeps live regions quiet when nothing has changed. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

const kIcons = {
  close: "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12 19 17.6 17.6 19 12 13.4 6.4 19 5 17.6 10.6 12 5 6.4z",
  back: "M14.5 5 16 6.5 10.5 12l5.5 5.5-1.5 1.5L7.5 12z",
  send: "M3.5 20.5 21 12 3.5 3.5 3.5 10.2 14 12 3.5 13.8z",
  page: "M6 3h8.5L19 7.5V21H6zm2 2v14h9V9h-4V5zm1.5 7h6v1.6h-6zm0 3.2h6v1.6h-6z",
  bubble: "M12 3c5 0 9 3.4 9 7.6s-4 7.6-9 7.6c-.9 0-1.8-.1-2.6-.3L4.7 20.7l.7-4C3.9 15.3 3 13.1 3 10.6 3 6.4 7 3 12 3z",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0 9.5c4.2 0 7.5 2 7.5 4.7V20h-15v-1.8c0-2.7 3.3-4.7 7.5-4.7z",
  check: "M9.5 16.7 5 12.2l1.4-1.4 3.1 3.1 8.1-8.1L19 7.2z",
} as const;

export function icon(name: keyof typeof kIcons): SVGSVGElement {
  const kSvg = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(kSvg, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(kSvg, "path");
  path.setAttribute("d", kIcons[name]);
  svg.append(path);
  return svg;
}

export function button(
  look: string, attributes: Readonly<Record<string, Attribute>>, ...children: readonly Child[]
): HTMLButtonElement {
  return h("button", { type: "button", class: look, ...attributes }, ...children);
}
