// The whole purpose, in Russian, in a real browser against the real program: consent, a question with its source, a booking,
// the panel beside it, a take-over, SIGKILL in the middle of a burst, and back to the assistant.
import { readdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { accessible, kPhone, kWide, newPage, picture, startBrowser } from "./lib/browser.mjs";
import { assert, run, step, until } from "./lib/checks.mjs";
import { hashOf, kNothing, shownConsent, stored } from "./lib/consent.mjs";
import { expectText } from "./lib/expect.mjs";
import { Panel } from "./lib/panel.mjs";
import { Server } from "./lib/server.mjs";
import { Widget } from "./lib/widget.mjs";

const kName = "Ксения Лугова";
const kPhoneTyped = "8 912 345-67-89";
const kPhoneKept = "+79123456789";
const kBefore = ["У меня ещё вопрос", "про справку", "для бассейна", "она нужна", "на двоих детей", "им 7 и 9 лет"];
const kDuring = ["можно ли прийти", "с обоими сразу", "и сколько это", "займёт времени?"];
/** Question, wish, time, name, phone, yes, thanks. */
const kSaidBefore = 7;
const kSpoken = [...kBefore, ...kDuring];

const plain = (text) => text.replaceAll("\u00a0", " ");

/** In the clinic's zone, so that the story holds at any hour of any day. */
function tomorrow() {
  const at = new Date(Date.now() + 24 * 3_600_000);
  const date = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Moscow" }).format(at);
  return { date, weekday: new Date(`${date}T12:00:00Z`).getUTCDay() };
}
const kTherapistWorks = [1, 2, 3, 4, 6];

class Story {
  async begin() {
    this.server = await Server.begin();
    this.browser = await startBrowser();
    const visitor = await newPage(this.browser);
    const desk = await newPage(this.browser);
    this.page = visitor.page;
    this.widget = new Widget(visitor.page);
    this.panel = new Panel(desk.page, this.server.origin);
    this.troubles = () => [...visitor.troubles, ...desk.troubles];
    this.asked = [];
    this.page.on("request", (request) => this.asked.push(`${request.method()} ${new URL(request.url()).pathname}`));
  }

  widgetRequests() {
    return this.asked.filter((one) => one.includes("/widget"));
  }

  async receptionistWatches() {
    await this.panel.signIn(this.server.signIn("clinic", "receptionist"));
    assert.equal(await this.panel.rows.count(), 0, "nobody has written yet");
  }

  async siteIsQuiet() {
    await this.page.goto(`${this.server.origin}/demo/clinic/`, { waitUntil: "networkidle" });
    await this.widget.launcher.waitFor();
    assert.deepEqual(this.widgetRequests(), ["GET /widget.js"]);
    assert.deepEqual(await stored(this.page), kNothing);
    await picture(this.page, "site-1280-light");
  }

  async consentStandsFirst() {
    const config = this.page.waitForResponse((response) => response.url().includes("/widget/v1/config"));
    await this.widget.open();
    const { consent } = await (await config).json();
    await this.widget.begin.waitFor();
    this.consent = await shownConsent(this.widget.dialog);
    assert.deepEqual(this.consent, { title: consent.title, paragraphs: consent.paragraphs, labels: [consent.agree, consent.health] });
    this.hash = hashOf(this.consent);
    assert.equal(this.hash, consent.hash);
    assert.equal(await this.widget.agree.isChecked(), false, "never ticked beforehand");
    assert.equal(await this.widget.dialog.getByTestId("consent-health").isChecked(), false);
    await picture(this.page, "widget-consent-1280-light");
    await accessible(this.page, "consent");

    await this.widget.begin.click();
    await expectText(this.widget.dialog.getByRole("alert"), "Отметьте согласие");
    assert.equal(await this.widget.field.count(), 0, "no way on without the check mark");
    assert.equal(this.asked.some((one) => one.startsWith("POST")), false);
    assert.deepEqual(await stored(this.page), kNothing);
  }

  async consentIsGiven() {
    const started = this.page.waitForRequest((request) => request.method() === "POST");
    await this.widget.consent();
    const body = (await started).postDataJSON();
    assert.equal(body.consent.hash, this.hash);
    assert.equal(body.consent.health, false);
    await this.widget.says("Я автоматический помощник клиники «Ясный день»");
    const { local, ...others } = await stored(this.page);
    const { local: none, ...nothing } = kNothing;
    assert.deepEqual([local.length, none.length], [1, 0]);
    assert.match(local[0], /^chatika:/);
    assert.deepEqual(others, nothing);
  }

  async conversationArrives() {
    await this.panel.rows.first().waitFor();
    this.conversation = await this.panel.rows.first().getAttribute("data-id");
    await this.panel.rows.first().click();
    await this.panel.messages.first().waitFor();
  }

  async questionIsAnswered() {
    const answer = await this.widget.ask("сколько стоит приём терапевта?");
    assert.match(plain(answer), /2 500 ₽|2500 ₽|2 500 руб|2500 руб/);
    const source = this.widget.last("assistant").getByTestId("source");
    await source.waitFor();
    await picture(this.page, "widget-source-1280-light");
    await source.click();
    const opened = this.widget.dialog.locator(".overlay");
    await opened.locator("mark").first().waitFor();
    assert.equal((await opened.locator("mark").allTextContents()).join(" "), answer, "the very sentences of the answer");
    assert.ok((await opened.innerText()).length > answer.length, "the whole article, not only the quotation");
    await picture(this.page, "widget-article-1280-light");
    await accessible(this.page, "an opened source");
    await opened.getByRole("button").first().click();
    await opened.waitFor({ state: "detached" });
    await expectText(this.panel.messages, "сколько стоит приём терапевта?");
    await expectText(this.panel.messages, "2 500");
  }

  async timeIsOffered() {
    const { date, weekday } = tomorrow();
    const answer = await this.widget.ask("запишите меня к терапевту на завтра после обеда");
    const works = kTherapistWorks.includes(weekday);
    const days = this.widget.dialog.getByTestId("day");
    const times = this.widget.dialog.getByTestId("time");
    await times.first().waitFor();
    if (works && weekday !== 6) {
      assert.match(answer, /Приём терапевта/);
      assert.equal(await days.first().getAttribute("data-date"), date);
      for (const time of await times.allInnerTexts()) assert.ok(time.trim() >= "12:00" && time.trim() < "18:00", time);
    } else {
      assert.match(answer, /Приём терапевта|свободных мест нет/);
    }
    await picture(this.page, "widget-times-1280-light");
    await accessible(this.page, "free times");
  }

  async timeIsBooked() {
    this.date = await this.widget.dialog.locator("[data-testid=day][aria-selected=true]").getAttribute("data-date");
    this.time = (await this.widget.dialog.getByTestId("time").first().innerText()).trim();
    assert.match(await this.widget.press("time", this.time), /зовут|имя/i);
    assert.match(await this.widget.ask(kName), /телефон|номер/i);
    assert.equal(await this.widget.field.getAttribute("inputmode"), "tel");
    const summary = plain(await this.widget.ask(kPhoneTyped));
    assert.ok(summary.includes(kName) && summary.includes("Приём терапевта") && summary.includes(this.time), summary);
    assert.match(await this.widget.press("choice", "Да, записать"), /записаны/);
    const card = this.widget.card.last();
    const told = plain(await card.innerText());
    assert.ok(told.includes("Вы записаны") && told.includes("Вересова") && told.includes(this.time), told);
    [, this.reference] = /Номер записи\s+(\S+)/.exec(told) ?? [];
    assert.ok(this.reference, told);
    await picture(this.page, "widget-booked-1280-light");
    await accessible(this.page, "a booking");
  }

  async panelKnowsVisitor() {
    const { page } = this.panel;
    await expectText(page.getByTestId("visitor-name"), kName);
    const phone = page.getByTestId("visitor-phone");
    assert.equal(await phone.getAttribute("href"), `tel:${kPhoneKept}`);
    await expectText(this.panel.rows, kName);
    await picture(page, "panel-inbox-1280-light");
    await accessible(page, "inbox");
  }

  async panelShowsBooking() {
    const { page } = this.panel;
    await page.goto(`${this.server.origin}/panel/bookings?date=${this.date}`);
    const booking = page.getByTestId("booking").filter({ hasText: kName });
    await booking.waitFor();
    await expectText(booking, this.time);
    await picture(page, "panel-bookings-1280-light");
    await accessible(page, "bookings");
    const { items } = await this.panel.get(`/bookings?date=${this.date}`);
    const live = items.filter((one) => one.status !== "cancelled");
    assert.deepEqual(live.map(({ reference, status, name, phone }) => ({ reference, status, name, phone })),
      [{ reference: this.reference, status: "confirmed", name: kName, phone: kPhoneKept }]);
    await page.goto(`${this.server.origin}/panel/inbox/${this.conversation}`);
    await this.panel.online();
    await this.panel.messages.first().waitFor();
  }

  async receptionistTakesOver() {
    await this.panel.page.getByTestId("take-over").click();
    await expectText(this.widget.status, "Отвечает Дарья Калинкина");
    await this.panel.reply("Здравствуйте, Ксения! Жду вас, возьмите паспорт.");
    await this.widget.says("Жду вас, возьмите паспорт.");
    await expectText(this.widget.last("employee").locator(".author"), "Дарья Калинкина");
    await this.widget.field.pressSequentially("Спасибо");
    await expectText(this.panel.page.getByRole("status"), "печатает");
    await this.widget.write("Спасибо, возьму!");
    await expectText(this.panel.messages, "Спасибо, возьму!");
    await picture(this.page, "widget-human-1280-light");
    await picture(this.panel.page, "panel-taken-1280-light");
  }

  /** Neither page threw, nor was anything refused by a content policy; 401 is how the panel learns that nobody is signed in. */
  browserIsContent() {
    assert.deepEqual(this.troubles().filter((one) => !/status of 401/.test(one)), []);
  }

  /** Many messages as fast as a page can send them. */
  burst(texts) {
    return this.widget.field.evaluate((field, all) => {
      for (const text of all) {
        field.value = text;
        field.dispatchEvent(new Event("input"));
        field.form.requestSubmit();
      }
    }, texts);
  }

  async serverIsKilled() {
    const { pid } = this.server;
    // Frozen at its first answer, the server has stored some of the burst; the rest is on the wire and never answered.
    const heard = new Promise((resolve) => {
      this.onReceived = () => {
        this.onReceived = null;
        process.kill(pid, "SIGSTOP");
        resolve();
      };
    });
    await this.burst(kBefore);
    await heard;
    await this.burst(kDuring);
    await this.panel.reply("Сейчас всё посмотрю.");
    const waiting = await this.widget.dialog.locator(".meta .sending").count();
    assert.ok(waiting >= kDuring.length, `${waiting} messages are unacknowledged`);
    await this.server.end("SIGKILL");
    await expectText(this.widget.dialog.locator(".banner"), "Восстанавливаем связь");
    await until("the panel sees it", async () => (await this.panel.connection.getAttribute("data-state")) !== "online");
    await picture(this.page, "widget-offline-1280-light");
    await picture(this.panel.page, "panel-offline-1280-light");
  }

  async serverComesBack() {
    await this.server.start();
    await this.panel.online();
    await until("every message is acknowledged", async () => {
      const own = (await this.widget.shown()).filter(({ from }) => from === "visitor");
      return own.every(({ seq }) => seq > 0) && (await this.widget.dialog.locator(".sending").count()) === 0;
    }, 60_000);
    await until("the panel's own reply is through", async () => {
      const failed = this.panel.page.locator("[data-testid=pending][data-state=failed]").getByRole("button").first();
      if (await failed.count()) await failed.click();
      return (await this.panel.page.getByTestId("pending").count()) === 0;
    }, 60_000);
    await this.widget.says("Сейчас всё посмотрю.");
  }

  async nothingIsLostOrDoubled() {
    const api = await this.panel.thread(this.conversation);
    assert.deepEqual(api.map(({ seq }) => seq), api.map((_, index) => index + 1), "numbered without a gap");
    const texts = api.filter(({ from }) => from === "visitor").map(({ text }) => text);
    assert.deepEqual(texts.slice(-kSpoken.length), kSpoken, "each once, in the order written");
    assert.equal(new Set(api.map((one) => one.client_id).filter(Boolean)).size, api.filter((one) => one.client_id).length);
    assert.equal(texts.length, kSaidBefore + kSpoken.length);
    assert.equal(api.filter(({ text }) => text === "Сейчас всё посмотрю.").length, 1);
    const told = api.map(({ seq, from, text }) => ({ seq, from, text }));
    await until("the widget shows the same", async () => assert.deepEqual(await this.widget.shown(), told) ?? true);
    await until("the panel shows the same", async () => {
      const shown = await this.panel.shown();
      return assert.deepEqual(shown.filter(({ from }) => from !== "system"), told.filter(({ from }) => from !== "system")) ?? true;
    });
  }

  async conversationGoesOn() {
    await this.panel.reply("Да, приходите с обоими: это займёт около получаса.");
    await this.widget.says("это займёт около получаса");
    await this.widget.write("Отлично, до встречи");
    await expectText(this.panel.messages, "Отлично, до встречи");
    await picture(this.page, "widget-after-restart-1280-light");
  }

  async assistantGoesOn() {
    await this.panel.page.getByTestId("hand-back").click();
    await expectText(this.widget.status, "Автоматический ассистент");
    await this.widget.says("Снова отвечает автоматический ассистент");
    const answer = await this.widget.ask("где вы находитесь?");
    assert.match(answer, /Яблоневая/);
    await expectText(this.panel.messages, "Яблоневая");
  }

  async panelOnOtherScreens() {
    const { page } = this.panel;
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "panel-inbox-1280-dark");
    await accessible(page, "inbox, dark");
    await page.setViewportSize(kPhone);
    await picture(page, "panel-conversation-390-dark");
    await page.emulateMedia({ colorScheme: "light" });
    await picture(page, "panel-conversation-390-light");
    await accessible(page, "a conversation on a phone");
    for (const name of ["inbox", "bookings", "leads", "knowledge", "install"]) {
      await page.goto(`${this.server.origin}/panel/${name}${name === "bookings" ? `?date=${this.date}` : ""}`);
      await page.getByTestId(`nav-${name}`).waitFor();
      await page.waitForLoadState("networkidle");
      await picture(page, `panel-${name}-390-light`);
      await accessible(page, `${name} on a phone`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is no wider than the phone`);
    }
    await page.setViewportSize(kWide);
    for (const name of ["knowledge", "leads", "install"]) {
      await page.goto(`${this.server.origin}/panel/${name}`);
      await page.waitForLoadState("networkidle");
      await picture(page, `panel-${name}-1280-light`);
      await accessible(page, name);
    }
  }

  async chainIsWhole() {
    assert.equal(await this.server.end(), 0, "a clean stop");
    const report = this.server.command("audit", "verify");
    assert.match(report, /^clinic: \d+ rows, chain whole\b/m);
    assert.match(report, /^salon: \d+ rows, chain whole\b/m);
    const folder = path.join(this.server.data, "tenants");
    const given = readdirSync(folder).filter((name) => name.endsWith(".sqlite")).flatMap((name) => {
      const db = new DatabaseSync(path.join(folder, name), { readOnly: true });
      const rows = db.prepare("SELECT act, text_hash, health FROM consent").all();
      db.close();
      return rows.map((row) => ({ ...row }));
    });
    assert.deepEqual(given, [{ act: "given", text_hash: this.hash, health: 0 }]);
  }
}

run(async () => {
  const story = new Story();
  await step("the demo starts", () => story.begin());
  story.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => {
    if (String(payload).includes('"received"')) story.onReceived?.();
  }));
  await step("a receptionist signs in and waits", () => story.receptionistWatches());
  await step("P12 the clinic's site asks and stores nothing for the widget", () => story.siteIsQuiet());
  await step("P20 consent stands first: exact text, no way round it", () => story.consentStandsFirst());
  await step("consent is given, by the hash of what was shown", () => story.consentIsGiven());
  await step("the conversation arrives in the panel by itself", () => story.conversationArrives());
  await step("a question is answered with price and source", () => story.questionIsAnswered());
  await step("free times are offered", () => story.timeIsOffered());
  await step("a time is booked with name and phone", () => story.timeIsBooked());
  await step("the panel shows name and phone live", () => story.panelKnowsVisitor());
  await step("the panel shows the booking in its day", () => story.panelShowsBooking());
  await step("the receptionist takes over and both talk", () => story.receptionistTakesOver());
  await step("no page has complained", () => story.browserIsContent());
  await step("the server is killed while the visitor writes", () => story.serverIsKilled());
  await step("it comes back, and both reconnect by themselves", () => story.serverComesBack());
  await step("no message is lost, doubled or out of order", () => story.nothingIsLostOrDoubled());
  await step("the conversation goes on", () => story.conversationGoesOn());
  await step("handed back, the assistant answers again", () => story.assistantGoesOn());
  await step("the panel on a phone and in the dark", () => story.panelOnOtherScreens());
  await step("the audit chain is whole, the consent is kept by its hash", () => story.chainIsWhole());
});
