// The privacy centre as the officer walks through it.
import { accessible, kPhone, kWide, picture } from "./browser.mjs";
import { assert, until } from "./checks.mjs";

/** Sections of the centre: test id and address below /panel/privacy. */
export const kSections = [
  ["overview", ""], ["requests", "/requests"], ["people", "/people"], ["consents", "/consents"], ["holds", "/holds"], ["recipients", "/recipients"],
  ["retention", "/retention"], ["destruction", "/destruction"], ["organisation", "/organisation"], ["documents", "/documents"],
  ["staff", "/staff"], ["breaches", "/breaches"], ["audit", "/audit"], ["jobs", "/jobs"],
];

/** More than any section has. */
const kMostStops = 250;

export class Centre {
  constructor(panel) {
    this.panel = panel;
    this.page = panel.page;
  }

  at(path) {
    return `${this.panel.origin}/panel/privacy${path}`;
  }

  async go(path) {
    await this.page.goto(this.at(path));
    await this.settled();
  }

  /** The page has its heading and waits for nothing any more. */
  async settled() {
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
    await until("nothing is loading", async () => (await this.page.locator("[aria-busy=true]").count()) === 0);
  }

  /** No part of the page says that it could not be loaded, in whichever language. */
  async complete(where) {
    const text = await this.page.locator("#content").innerText();
    assert.doesNotMatch(text, /Не удалось загрузить|Could not load|Раздел для ответственного|For the privacy officer/, `${where}: ${text.slice(0, 400)}`);
  }

  async look(name, where) {
    await this.complete(where);
    await picture(this.page, name);
    await accessible(this.page, where);
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `${where} is ${wide} px wider than the screen`);
  }

  /** Tab from the beginning to the end; of every stop, whether anything shows that the keyboard is there. */
  async walk() {
    const { page } = this;
    await page.evaluate(() => {
      document.activeElement?.blur?.();
      getSelection()?.removeAllRanges();
    });
    const stops = [];
    for (let at = 0; at < kMostStops; at += 1) {
      await page.keyboard.press("Tab");
      const stop = await page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        if (one.dataset.walked) return null;
        one.dataset.walked = "yes";
        // Its own look, that of what is drawn over the row, and that of the box around a field.
        const around = [one, one.parentElement, one.nextElementSibling].filter(Boolean);
        const look = () => around.flatMap((part) => [null, "::before", "::after"].map((which) => {
          const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(part, which);
          return [outlineStyle === "none" ? "" : outlineWidth, boxShadow, borderColor, backgroundColor].join();
        })).join();
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("*, *::before, *::after { transition: none !important }");
        document.adoptedStyleSheets.push(sheet);
        const held = look();
        one.blur();
        const left = look();
        one.focus({ preventScroll: true, focusVisible: true });
        document.adoptedStyleSheets.pop();
        return { what: `${one.outerHTML.slice(0, 120)}`, seen: held !== left };
      });
      if (!stop) break;
      stops.push(stop);
    }
    return stops;
  }

  async onPhone(work) {
    await this.page.setViewportSize(kPhone);
    await work();
    await this.page.setViewportSize(kWide);
  }

  async inTheDark(work) {
    await this.page.emulateMedia({ colorScheme: "dark" });
    await work();
    await this.page.emulateMedia({ colorScheme: "light" });
  }

  toast(words) {
    return until(`the panel says ${words}`, async () => (await this.page.locator("[aria-live=polite]").allInnerTexts()).some((text) => words.test(text)));
  }
}
