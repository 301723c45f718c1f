// In English, on a phone, at the salon: an answer, an honest "I don't know", a callback with a wrong number first, a person
// called for, the language switched, the page left and opened again.
import { accessible, kPhone, kWide, newPage, picture, startBrowser } from "./lib/browser.mjs";
import { assert, run, step, until } from "./lib/checks.mjs";
import { hashOf, kNothing, shownConsent, stored } from "./lib/consent.mjs";
import { expectText } from "./lib/expect.mjs";
import { Panel } from "./lib/panel.mjs";
import { Server } from "./lib/server.mjs";
import { Widget } from "./lib/widget.mjs";

const kName = "Nora Fielding";
const kNumber = "+44 20 7946 0958"; // of the range that Ofcom keeps for drama
const kNumberKept = "+442079460958";

class Story {
  async begin() {
    this.server = await Server.begin();
    this.browser = await startBrowser();
    const visitor = await newPage(this.browser, {
      viewport: kPhone, locale: "en-GB", timezoneId: "Europe/London", colorScheme: "dark", isMobile: true, hasTouch: true, deviceScaleFactor: 2,
    });
    const desk = await newPage(this.browser, { locale: "en-US" });
    this.troubles = () => [...visitor.troubles, ...desk.troubles].filter((one) => !/status of 401/.test(one));
    this.page = visitor.page;
    this.widget = new Widget(visitor.page);
    this.panel = new Panel(desk.page, this.server.origin);
  }

  async wrongPassword() {
    const { page } = this.panel;
    const { email, password } = this.server.signIn("salon", "receptionist");
    await page.goto(`${this.server.origin}/panel/`);
    await page.getByRole("button", { name: "Язык панели" }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await expectText(page.getByRole("heading"), "Sign in");
    await page.getByTestId("sign-in-email").fill(email);
    await page.getByTestId("sign-in-password").fill(`${password}x`);
    await page.getByTestId("sign-in-submit").click();
    await expectText(page.getByTestId("sign-in-error"), /password/i);
    await picture(page, "panel-sign-in-1280-light");
    await accessible(page, "sign-in");
    await this.panel.signIn({ email, password });
    await accessible(page, "an empty inbox");
    await picture(page, "panel-empty-1280-light");
  }

  async consentInTheOtherLanguage() {
    await this.page.goto(`${this.server.origin}/demo/salon/`, { waitUntil: "networkidle" });
    await picture(this.page, "site-390-dark");
    await this.widget.open();
    await this.widget.begin.waitFor();
    assert.match((await shownConsent(this.widget.dialog)).title, /Согласие/, "the language of the site");
    const config = this.page.waitForResponse((response) => response.url().includes("language=en"));
    await this.widget.dialog.getByTestId("language-en").click();
    const { consent } = await (await config).json();
    await expectText(this.widget.dialog.getByRole("heading", { level: 3 }), "Consent");
    this.consent = await shownConsent(this.widget.dialog);
    assert.equal(hashOf(this.consent), consent.hash);
    assert.doesNotMatch(JSON.stringify(this.consent), /[а-яё]/i, "not a word that the visitor cannot read");
    assert.equal(this.consent.labels.length, 1, "a salon asks nothing about health");
    assert.deepEqual(await stored(this.page), kNothing);
    await picture(this.page, "widget-consent-390-dark");
    await accessible(this.page, "consent, dark, on a phone");
    assert.deepEqual(await this.sizes(), { width: kPhone.width, height: kPhone.height }, "the panel fills the phone");
  }

  sizes() {
    return this.widget.dialog.evaluate((dialog) => {
      const { width, height } = dialog.getBoundingClientRect();
      return { width: Math.round(width), height: Math.round(height) };
    });
  }

  async withoutConsent() {
    await this.widget.dialog.getByRole("button", { name: "I don’t agree" }).click();
    await expectText(this.widget.dialog, "You can do without the chat");
    await expectText(this.widget.dialog, "+7 (000) 318-42-07");
    assert.deepEqual(await stored(this.page), kNothing);
    await accessible(this.page, "no consent");
    await this.widget.dialog.getByRole("button", { name: "Back" }).click();
    await this.widget.begin.waitFor();
    await this.widget.consent();
    await this.widget.says("I am the automatic assistant of Warm Linen");
  }

  async questionIsAnswered() {
    const answer = await this.widget.ask("How much is a men's haircut?");
    assert.match(answer, /1,600\s₽/);
    await picture(this.page, "widget-source-390-dark");
    await accessible(this.page, "an answer, dark");
    await this.widget.last("assistant").getByTestId("source").click();
    const overlay = this.widget.dialog.locator(".overlay");
    assert.equal((await overlay.locator("mark").first().innerText()).slice(0, 10), answer.slice(0, 10));
    await accessible(this.page, "a source, dark");
    await this.page.keyboard.press("Escape");
    await overlay.waitFor({ state: "detached" });
  }

  async unknownIsSaid() {
    const answer = await this.widget.ask("Do you repair bicycles?");
    assert.match(answer, /won't guess/);
    assert.equal(await this.widget.last("assistant").getByTestId("source").count(), 0);
    await this.widget.last("assistant").getByTestId("choice").filter({ hasText: "Call me back" }).waitFor();
  }

  async callbackIsAsked() {
    assert.match(await this.widget.press("choice", "Call me back"), /name/);
    assert.match(await this.widget.ask(kName), /number/);
    assert.equal(await this.widget.field.getAttribute("inputmode"), "tel");
    assert.match(await this.widget.ask("12345"), /number/);
    await picture(this.page, "widget-wrong-phone-390-dark");
    assert.match(await this.widget.ask(kNumber), /\+44 20 7946 0958/);
  }

  async panelShowsLead() {
    const { page } = this.panel;
    await page.getByTestId("nav-leads").click();
    const lead = page.getByTestId("lead");
    await expectText(lead, kName);
    await picture(page, "panel-lead-1280-light");
    const { items } = await this.panel.get("/leads");
    assert.deepEqual(items.map(({ kind, name, phone, status }) => ({ kind, name, phone, status })),
      [{ kind: "callback", name: kName, phone: kNumberKept, status: "new" }]);
    await accessible(page, "leads");
    await page.getByTestId("nav-inbox").click();
  }

  async personIsCalled() {
    const { page } = this.panel;
    assert.equal(await page.getByTestId("filter-waiting").innerText(), "Waiting");
    await this.widget.dialog.getByTestId("call-human").click();
    await expectText(this.widget.status, "A colleague will be with you soon");
    await this.widget.says(/colleague/);
    await expectText(page.getByTestId("filter-waiting"), /Waiting\s*1/);
    await page.getByTestId("filter-waiting").click();
    await expectText(this.panel.rows, kName);
    await expectText(this.panel.rows, "Waiting for staff");
    await this.panel.rows.first().click();
    await this.panel.messages.first().waitFor();
    await picture(page, "panel-waiting-1280-light");
    await picture(this.page, "widget-waiting-390-dark");
    await accessible(page, "somebody waits");
  }

  async languageIsSwitched() {
    await this.widget.dialog.getByTestId("language-ru").click();
    await expectText(this.widget.status, "Сотрудник скоро ответит");
    assert.equal(await this.widget.dialog.getAttribute("lang"), "ru");
    await this.widget.says("How much is a men's haircut?");
    const answer = await this.widget.ask("до скольки вы работаете?");
    assert.match(answer, /пн–сб 9:00–21:00/);
    await this.page.emulateMedia({ colorScheme: "light" });
    await picture(this.page, "widget-russian-390-light");
    await accessible(this.page, "a conversation, light, on a phone");
  }

  async reloadKeepsIt() {
    const before = await this.widget.shown();
    await this.page.reload();
    await this.widget.open();
    await until("the conversation is there again", async () => assert.deepEqual(await this.widget.shown(), before) ?? true);
    await expectText(this.widget.status, "Сотрудник скоро ответит");
    assert.equal(await this.page.evaluate(() => document.documentElement.scrollWidth), kPhone.width);
  }

  async closedByStaff() {
    const { page } = this.panel;
    await page.getByTestId("take-over").click();
    await expectText(this.widget.status, "Отвечает Юлия Осокина");
    await this.widget.dialog.getByRole("button", { name: "Закрыть чат" }).click();
    await this.widget.launcher.waitFor();
    await this.panel.reply("Добрый день! Перезвоню вам через час.");
    await expectText(this.widget.launcher.locator(".badge"), "1");
    assert.match(await this.widget.launcher.getAttribute("aria-label"), /1 новое сообщение/);
    await picture(this.page, "widget-unread-390-light");
    await this.widget.open();
    await this.widget.says("Перезвоню вам через час.");
    await page.getByTestId("close").click();
    await page.getByTestId("confirm").click();
    await expectText(this.widget.status, "Разговор завершён");
    await this.widget.ask("а есть ли парковка?");
    await expectText(this.widget.status, "Автоматический ассистент");
  }

  async wideScreen() {
    const { page } = await newPage(this.browser, { viewport: kWide, colorScheme: "dark", locale: "en-GB" });
    await page.goto(`${this.server.origin}/demo/salon/`, { waitUntil: "networkidle" });
    const widget = new Widget(page);
    await widget.open();
    await widget.dialog.getByTestId("language-en").click();
    await expectText(widget.dialog.getByRole("heading", { level: 3 }), "Consent");
    await widget.consent();
    await widget.says("Warm Linen");
    assert.match(await widget.ask("I want to book a manicure tomorrow"), /Choose|nearest|Which|Who/);
    await picture(page, "widget-booking-1280-dark");
    await accessible(page, "booking, dark");
  }
}

run(async () => {
  const story = new Story();
  await step("the demo starts", () => story.begin());
  await step("a wrong password is refused, the right one opens the panel", () => story.wrongPassword());
  await step("consent in the language the visitor chose", () => story.consentInTheOtherLanguage());
  await step("who does not agree gets the phone, then changes her mind", () => story.withoutConsent());
  await step("a question is answered in English with its source", () => story.questionIsAnswered());
  await step("what is not known is not made up", () => story.unknownIsSaid());
  await step("a callback, with a wrong number first", () => story.callbackIsAsked());
  await step("the panel has the request", () => story.panelShowsLead());
  await step("P40 a person is called and the panel says who waits", () => story.personIsCalled());
  await step("the language is switched in the middle", () => story.languageIsSwitched());
  await step("a reload loses nothing", () => story.reloadKeepsIt());
  await step("a reply to a closed widget is counted; a closed conversation opens again", () => story.closedByStaff());
  await step("the same on a wide dark screen", () => story.wideScreen());
  await step("no page has complained", () => assert.deepEqual(story.troubles(), []));
});
