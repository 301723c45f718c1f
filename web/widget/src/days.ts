// Free times: days as tabs, the times of the chosen day as a grid. Arrow keys move within each, Tab goes past.
import type { Day } from "@chatika/client";
import { button, h, set } from "./dom";
import type { Texts } from "./texts";

let pickers = 0;

export function dayPicker(days: readonly Day[], texts: Texts, choose: (text: string, choice: string) => void): HTMLElement {
  const id = `days-${++pickers}`;
  const grid = h("div", { class: "times", role: "tabpanel", id });
  const list = h("div", { class: "days", role: "tablist", "aria-label": texts.days });
  const show = (day: Day, tab: HTMLElement): void => {
    arrows(list, tab);
    for (const one of list.children) set(one, "aria-selected", String(one === tab));
    list.scrollLeft = tab.offsetLeft - (list.clientWidth - tab.clientWidth) / 2;
    set(grid, "aria-label", day.label);
    grid.replaceChildren(...day.times.map((time) => button("time", {
      "data-testid": "time", click: () => choose(`${day.label}, ${time.label}`, time.id),
    }, time.label)));
    arrows(grid, grid.firstElementChild);
    list.parentElement?.scrollIntoView({ block: "nearest" });
  };
  for (const day of days) {
    const tab = button("day", {
      role: "tab", "aria-controls": id, "data-testid": "day", "data-date": day.date,
      click: () => show(day, tab), focus: () => show(day, tab),
    }, day.label);
    list.append(tab);
  }
  const picker = h("div", { class: "picker" }, list, grid);
  const first = list.firstElementChild;
  if (days[0] && first instanceof HTMLElement) show(days[0], first);
  for (const row of [list, grid]) row.addEventListener("keydown", onArrow);
  return picker;
}

/** One child alone is in the order of Tab. */
function arrows(row: HTMLElement, chosen: Element | null): void {
  for (const one of row.children) set(one, "tabindex", one === chosen ? "0" : "-1");
}

function onArrow(event: Event): void {
  const row = event.currentTarget;
  if (!(event instanceof KeyboardEvent) || !(row instanceof HTMLElement)) return;
  const all = [...row.children];
  const columns = getComputedStyle(row).gridTemplateColumns.split(" ").length;
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  const to = by && all[all.findIndex((one) => one === event.target) + by];
  if (!by) return;
  event.preventDefault();
  if (!(to instanceof HTMLElement)) return;
  arrows(row, to);
  to.focus();
}
