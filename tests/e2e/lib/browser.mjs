// Real Chromium with a fresh profile; contexts that fail the test when a page breaks a rule of its own.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { assert } from "./checks.mjs";
import { kRoot } from "./server.mjs";

const kPictures = path.join(kRoot, "build/screenshots");
const kFlags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
export const kWide = { width: 1280, height: 800 };
export const kPhone = { width: 390, height: 844 };

export async function startBrowser() {
  mkdirSync(kPictures, { recursive: true });
  // Playwright ends it with the process, also on a signal.
  return chromium.launch({ executablePath: process.env.CHATIKA_CHROMIUM ?? "/usr/bin/chromium", headless: true, args: kFlags });
}

/** A page in a context of its own. `troubles` has exceptions, console errors and policy violations. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ viewport: kWide, locale: "ru-RU", timezoneId: "Europe/Moscow", ...options });
  context.setDefaultTimeout(20_000);
  const page = await context.newPage();
  const troubles = [];
  page.on("pageerror", (why) => troubles.push(String(why)));
  page.on("console", (line) => {
    if (line.type() === "error") troubles.push(line.text());
  });
  return { context, page, troubles };
}

export async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: path.join(kPictures, `${name}.png`), animations: "disabled", scale: "css" });
}

/** No violation that axe calls serious or critical. */
export async function accessible(page, where, without = []) {
  const builder = new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  for (const selector of without) builder.exclude(selector);
  const { violations } = await builder.analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const told = grave.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((one) => `${one.html}\n    ${one.failureSummary}`).join("\n  ")}`);
  assert.equal(grave.length, 0, `${where}:\n${told.join("\n")}`);
}
