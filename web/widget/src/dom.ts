// The only way elements are made here: attributes by setAttribute, words as text nodes, never markup.
type Attribute = string | boolean | null | ((event: Event) => void);
type Attributes = Readonly<Record<string, Attribute>>;
export type Child = Node | string | null | false;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else set(element, name, value);
  }
  fill(element, ...children);
  return element;
}

/** A `div` of a class, by far the most frequent. */
export function div(look: string, ...children: readonly Child[]): HTMLDivElement {
  return h("div", { class: look }, ...children);
}

export function button(look: string, attributes: Attributes, ...children: readonly Child[]): HTMLButtonElement {
  return h("button", { type: "button", class: look, ...attributes }, ...children);
}

/** Says itself to a screen reader and is not seen. */
export function unseen(text: string): HTMLElement {
  return h("span", { class: "unseen" }, text);
}

/** Puts the children in the place of whatever was there. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null && child !== false));
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
  close: "m6 6 12 12M6 18 18 6",
  back: "m15 5-7 7 7 7",
  person: "M4 20a8 8 0 0 1 16 0M8 7a4 4 0 1 0 8 0 4 4 0 0 0-8 0",
  send: "M12 20V5m-6 6 6-6 6 6",
  page: "M6 3h8l5 5v13H6zM9 12h6m-6 4h6",
} as const;

export function icon(name: keyof typeof kIcons): SVGSVGElement {
  const kSvg = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(kSvg, "svg");
  const path = document.createElementNS(kSvg, "path");
  set(svg, "viewBox", "0 0 24 24");
  set(svg, "aria-hidden", "true");
  set(path, "d", kIcons[name]);
  svg.append(path);
  return svg;
}
