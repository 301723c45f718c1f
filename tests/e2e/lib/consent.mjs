// The consent step as it stands before the visitor's eyes, and its hash by the protocol's own rule.
import { createHash } from "node:crypto";

export async function shownConsent(dialog) {
  const read = dialog.locator(".read");
  const labels = await dialog.locator(".decide label > span").evaluateAll((spans) => spans.map((span) => span.firstChild.textContent));
  const title = await read.locator("h3").evaluate((node) => node.textContent);
  const paragraphs = await read.locator("p").evaluateAll((nodes) => nodes.map((node) => node.textContent));
  return { title, paragraphs, labels };
}

export const hashOf = ({ title, paragraphs, labels }) =>
  createHash("sha256").update([title, ...paragraphs, ...labels].join("\n"), "utf8").digest("hex");

/** What this site has left in the browser. */
export async function stored(page) {
  const inPage = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    cookie: document.cookie,
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: "caches" in globalThis ? await caches.keys() : [],
  }));
  return { ...inPage, cookies: (await page.context().cookies()).map(({ name }) => name) };
}

export const kNothing = { local: [], session: [], cookie: "", databases: [], caches: [], cookies: [] };
