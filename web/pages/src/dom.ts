// The only way elements are made here: attributes by setAttribute, words as text nodes, never markup.
type Attribute = string | boolean | null | ((event: Event) => void);
export type Child = Node | string | null | false;

export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag, attributes: Readonly<Record<string, Attribute>> = {}, ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  fill(element, ...children);
  return element;
}

export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== null && child !== false));
}

/** Paragraphs of a text, at its empty lines; a line feed stays one. */
export function paragraphs(text: string): HTMLElement[] {
  return text.split(/\n{2,}/).map((words) => h("p", { class: "letter" }, words));
}
