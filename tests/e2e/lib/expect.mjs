// Waiting for what a locator shows.
import { until } from "./checks.mjs";

/** Some element of the locator shows the words (a text or a pattern). */
export async function expectText(locator, words, patienceMs) {
  await until(`${locator} shows ${words}`, async () => {
    const texts = await locator.allInnerTexts();
    const fits = (text) => (words instanceof RegExp ? words.test(text) : text.replaceAll("\u00a0", " ").includes(words));
    if (texts.some(fits)) return true;
    throw new Error(`it shows ${JSON.stringify(texts.slice(-3))}`);
  }, patienceMs);
}
