// The widget as a visitor uses it: by what can be seen and pressed.
import { expectText } from "./expect.mjs";
import { until } from "./checks.mjs";

export class Widget {
  constructor(page) {
    this.page = page;
    this.launcher = page.getByTestId("launcher");
    this.dialog = page.locator("dialog.panel");
    this.messages = this.dialog.getByTestId("message");
    this.field = this.dialog.getByTestId("composer");
    this.status = this.dialog.getByTestId("status");
    this.agree = this.dialog.getByTestId("consent-agree");
    this.begin = this.dialog.getByTestId("consent-start");
    this.card = this.dialog.getByTestId("booking-card");
  }

  async open() {
    await this.launcher.click();
    await this.dialog.waitFor();
  }

  async consent({ health = false } = {}) {
    await this.agree.check();
    if (health) await this.dialog.getByTestId("consent-health").check();
    await this.begin.click();
    await this.field.waitFor();
  }

  async write(text) {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  /** Writes, and gives the words of what came back after it. */
  async ask(text) {
    const before = await this.lastSeq();
    await this.write(text);
    return this.answerAfter(before);
  }

  async press(testid, words) {
    const before = await this.lastSeq();
    await this.dialog.getByTestId(testid).filter({ hasText: words }).first().click();
    return this.answerAfter(before);
  }

  async lastSeq() {
    return Math.max(0, ...(await this.shown()).map((one) => one.seq));
  }

  /** The newest message that is not the visitor's own, once there is one after `seq`. */
  async answerAfter(seq) {
    const last = await until(`an answer after message ${seq}`, async () => {
      const all = await this.shown();
      const newest = all.at(-1);
      return newest && newest.seq > seq + 1 && newest.from !== "visitor" ? newest : null;
    });
    return last.text;
  }

  last(from) {
    return this.dialog.locator(`[data-testid=message][data-from=${from}]`).last();
  }

  /** What stands in the conversation, in order; seq 0 while the server has not told one. */
  shown() {
    return this.messages.evaluateAll((nodes) => nodes.map((node) => ({
      seq: Number(node.getAttribute("data-seq") ?? 0),
      from: node.getAttribute("data-from"),
      text: node.querySelector(".body")?.firstChild?.textContent ?? "",
    })));
  }

  async says(text) {
    await expectText(this.messages, text);
  }
}
