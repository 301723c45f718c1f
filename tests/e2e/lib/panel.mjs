// The panel as an employee uses it. Requests go from the page itself, with its cookie, as the panel's own do.
import { until } from "./checks.mjs";

export class Panel {
  constructor(page, origin) {
    this.page = page;
    this.origin = origin;
    this.rows = page.getByTestId("conversation-row");
    this.messages = page.getByTestId("message");
    this.field = page.locator("textarea[data-testid=composer]");
    this.connection = page.getByTestId("connection");
  }

  async signIn({ email, password }) {
    await this.page.goto(`${this.origin}/panel/`);
    await this.page.getByTestId("sign-in-email").fill(email);
    await this.page.getByTestId("sign-in-password").fill(password);
    await this.page.getByTestId("sign-in-submit").click();
    const duties = await this.doDuties();
    await this.online();
    return duties;
  }

  /** What stands before the panel: each text is read and accepted, with the keyboard only. Says how many there were. */
  async doDuties() {
    const { page } = this;
    const inbox = page.getByTestId("nav-inbox");
    const duty = page.getByTestId("duty");
    for (let done = 0; ; done += 1) {
      await inbox.or(duty).first().waitFor();
      if (await inbox.count()) return done;
      const text = await duty.innerText();
      await page.getByTestId("duty-read").press("Space");
      await page.getByTestId("duty-accept").press("Enter");
      await until("the next text or the panel", async () => (await inbox.count()) > 0 || (await duty.innerText()) !== text);
    }
  }

  online() {
    return until("the panel is on line", async () => (await this.connection.getAttribute("data-state")) === "online", 60_000);
  }

  async get(path) {
    return this.page.evaluate(async (address) => {
      const response = await fetch(address, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error(`${address}: ${response.status}`);
      return response.json();
    }, `/api/v1${path}`);
  }

  /** Every message of a conversation, oldest first. */
  async thread(conversation) {
    const all = [];
    for (let before = null; ;) {
      const { items, next } = await this.get(`/conversations/${conversation}/messages?limit=50${before ? `&before=${before}` : ""}`);
      all.unshift(...items);
      if (!next || items.length === 0) return all;
      before = items[0].seq;
    }
  }

  async reply(text) {
    await this.field.fill(text);
    await this.field.press("Enter");
  }

  shown() {
    return this.messages.evaluateAll((nodes) => nodes.map((node) => ({
      seq: Number(node.getAttribute("data-seq")),
      from: node.getAttribute("data-from"),
      text: node.querySelector("p")?.textContent ?? node.firstChild?.textContent ?? "",
    })));
  }
}
