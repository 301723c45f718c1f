// Free times: days as tabs, the times of the chosen day as a grid. Arrow keys move within each, Tab goes past.
import type { Choice, Day } from "@chatika/client";
import { button, h, set } from "./dom";
import type { Texts } from "./texts";

let pickers = 0;

interface Picking {
  choose(text: string, choice: string): void;
}

export function dayPicker(days: readonly Day[], texts: Texts, actions: Picking): HTMLElement {
  const id = `days-${++pickers}`;
  const grid = h("div", { class: "times", role: "tabpanel", id, "data-testid": "times" });
  const tabs = days.map((day, index) => button("day", {
    role: "tab", "aria-controls": id, "data-testid": "day", "data-date": day.date, click: () => show(index),
  }, day.label));
  const list = h("div", { class: "days", role: "tablist", "aria-label": texts.days, keydown: (event) => moveTab(event) }, ...tabs);

  function show(index: number): void {
    const day = days[index];
    const chosen = tabs[index];
    if (!day || !chosen) return;
    for (const tab of tabs) {
      set(tab, "aria-selected", String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
    list.scrollLeft = chosen.offsetLeft - list.clientWidth / 2 + chosen.clientWidth / 2;
    set(grid, "aria-label", texts.times(day.label));
    grid.replaceChildren(...day.times.map((time) => timeButton(day, time)));
    roam(grid, 0);
  }

  function timeButton(day: Day, { id: choice, label }: Choice): HTMLElement {
    return button("time", {
      "data-testid": "time", "data-choice": choice,
      click: () => actions.choose(texts.picked(day.label, label), choice),
    }, label);
  }

  function moveTab(event: Event): void {
    const to = target(event, tabs.indexOf(event.target as HTMLButtonElement), tabs.length, 1);
    if (to === null) return;
    show(to);
    tabs[to]?.focus();
  }

  grid.addEventListener("keydown", (event) => {
    const times = [...grid.children];
    const to = target(event, times.indexOf(event.target as HTMLElement), times.length, columns(grid));
    if (to !== null) roam(grid, to)?.focus();
  });
  show(0);
  return h("div", { class: "picker" }, list, grid);
}

/** Where an arrow key leads; `null` for other keys and past the ends. */
function target(event: Event, from: number, count: number, rowLength: number): number | null {
  if (!(event instanceof KeyboardEvent) || from < 0) return null;
  const steps: Record<string, number> = {
    ArrowRight: 1, ArrowLeft: -1, ArrowDown: rowLength, ArrowUp: -rowLength, Home: -from, End: count - 1 - from,
  };
  const by = steps[event.key];
  if (by === undefined) return null;
  event.preventDefault();
  const to = from + by;
  return to >= 0 && to < count ? to : null;
}

/** Only one button of the grid is in the order of Tab. */
function roam(grid: HTMLElement, index: number): HTMLElement | null {
  let chosen: HTMLElement | null = null;
  [...grid.children].forEach((child, i) => {
    if (!(child instanceof HTMLElement)) return;
    child.tabIndex = i === index ? 0 : -1;
    if (i === index) chosen = child;
  });
  return chosen;
}

function columns(grid: HTMLElement): number {
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}
