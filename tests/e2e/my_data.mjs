// "My data": a visitor sees what is held, asks for a copy, objects, withdraws by one click and stands before the consent again;
// somebody without a chat files a request by the form and follows it on its private page. On a phone, in the dark.
import { accessible, kPhone, newPage, picture, startBrowser } from "./lib/browser.mjs";
import { assert, run, step } from "./lib/checks.mjs";
import { expectText } from "./lib/expect.mjs";
import { Panel } from "./lib/panel.mjs";
import { Server } from "./lib/server.mjs";
import { Widget } from "./lib/widget.mjs";

class Story {
  async begin() {
    this.server = await Server.begin();
    this.browser = await startBrowser();
    const phone = { viewport: kPhone, colorScheme: "dark", isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
    const visitor = await newPage(this.browser, phone);
    const other = await newPage(this.browser, phone);
    this.troubles = () => [...visitor.troubles, ...other.troubles].filter((one) => !/status of 4(01|22)/.test(one));
    this.page = visitor.page;
    this.form = other.page;
    this.widget = new Widget(visitor.page);
    this.key = await this.server.publicKey("clinic");
  }

  async seesWhatIsHeld() {
    await this.page.goto(`${this.server.origin}/demo/clinic/`, { waitUntil: "networkidle" });
    await this.widget.open();
    await this.widget.begin.waitFor();
    assert.equal(await this.widget.dialog.getByTestId("my-data").isVisible(), false, "before the consent there is nothing to show");
    await this.widget.consent();
    await this.widget.ask("Где вы находитесь?");
    await this.widget.dialog.getByTestId("my-data").click();
    await this.widget.dialog.getByRole("heading", { name: "Что у нас есть" }).waitFor();
    await picture(this.page, "my-data-390-dark");
    await accessible(this.page, "my data");
    await this.widget.dialog.getByTestId("object").click();
    await this.widget.dialog.getByText("Вас нет в статистике").waitFor();
    await this.widget.dialog.getByTestId("object").filter({ hasText: "Снова учитывать" }).click();
    await this.widget.dialog.getByText("Вас нет в статистике").waitFor({ state: "detached" });
    await this.widget.dialog.getByTestId("my-information").click();
    await this.widget.dialog.getByTestId("my-send").click();
    await this.widget.dialog.getByText(/Обращение ЗПД-\d{4}-\d{4} принято/).waitFor();
    await picture(this.page, "my-data-asked-390-dark");
    const page = await this.widget.dialog.getByRole("link", { name: "Страница обращения" }).getAttribute("href");
    assert.match(page, /\/privacy\/request#[^?]+\.[\w-]{43}$/, "the token stands in the fragment only");
    this.own = page;
  }

  /** An employee looks at the conversations; the visitor is told of it by role and purpose, never by name. */
  async seesWhoLooked() {
    const employee = await newPage(this.browser);
    const panel = new Panel(employee.page, this.server.origin);
    const { name } = (await panel.signIn(this.server.signIn("clinic", "owner")), await panel.get("/session")).employee;
    await panel.rows.first().waitFor();
    await employee.context.close();
    const { dialog } = this.widget;
    await dialog.getByRole("button", { name: "Назад" }).click();
    await dialog.getByTestId("my-data").click();
    await dialog.getByTestId("looked").click();
    const looks = dialog.getByTestId("looks");
    await expectText(looks, /Сотрудник, .*: .*сообщения/);
    const told = await looks.innerText();
    for (const word of name.split(" ")) assert.ok(!told.includes(word), `${told} names ${word}`);
    assert.doesNotMatch(told, /[a-z]+[._][a-z]+/, "no code of the register");
    await picture(this.page, "my-data-looked-390-dark");
    await accessible(this.page, "who looked");
  }

  async withdrawsByOneClick() {
    const { dialog } = this.widget;
    await dialog.getByTestId("withdraw").click();
    await dialog.getByRole("alert").filter({ hasText: "30 дней" }).waitFor();
    await picture(this.page, "my-data-withdraw-390-dark");
    await dialog.getByTestId("withdraw-sure").click();
    await this.widget.begin.waitFor();
    await picture(this.page, "my-data-withdrawn-390-dark");
    assert.equal(await this.page.evaluate((key) => localStorage.getItem(`chatika:${key}`), this.key), null, "the browser has forgotten too");
  }

  async filesByTheForm() {
    const page = this.form;
    await page.goto(`${this.server.origin}/privacy/${this.key}/request`, { waitUntil: "networkidle" });
    await page.getByTestId("send").waitFor();
    await accessible(page, "the form");
    await picture(page, "request-form-390-dark");
    await page.getByTestId("send").click();
    await expectText(page.locator("#full_name-trouble"), "Заполните это поле.");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "full_name", "the first wrong field has the keyboard");
    await picture(page, "request-form-wrong-390-dark");
    for (const [id, text] of [["full_name", "Анна Примерова"], ["email", "anna@visitor.example"], ["data_description", "Переписка в чате"], ["essence", "Что у вас есть обо мне?"]]) {
      await page.locator(`#${id}`).fill(text);
    }
    await page.getByTestId("send").click();
    await page.getByRole("heading", { name: /Обращение ЗПД-/ }).waitFor();
    assert.match(page.url(), /\/privacy\/request#[^?]+\.[\w-]{43}$/);
    await accessible(page, "the page of a request");
    await picture(page, "request-status-390-dark");
    await page.locator("#code").fill("000000");
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#code-trouble"), /Код неверный/);
    await page.getByTestId("language").click();
    await page.getByRole("heading", { name: /Request ЗПД-/ }).waitFor();
    await picture(page, "request-status-english-390-dark");
  }

  async ownRequestIsVerified() {
    await this.form.goto("about:blank");
    await this.form.goto(this.own, { waitUntil: "networkidle" });
    await this.form.getByText(/Личность подтверждена/).waitFor();
    await picture(this.form, "request-verified-390-dark");
  }

  async withdrawPage() {
    await this.form.goto("about:blank");
    await this.form.goto(`${this.server.origin}/privacy/withdraw#${this.key}.${"A".repeat(43)}`, { waitUntil: "networkidle" });
    await this.form.getByTestId("withdraw").waitFor();
    await accessible(this.form, "withdrawal by link");
    await picture(this.form, "withdraw-390-dark");
    await this.form.getByTestId("withdraw").click();
    await expectText(this.form.getByRole("alert"), /Ссылка неверна/);
  }
}

run(async () => {
  const story = new Story();
  await step("a server and two phones", () => story.begin());
  await step("a visitor sees what is held", () => story.seesWhatIsHeld());
  await step("and who has looked at it", () => story.seesWhoLooked());
  await step("P21 and withdraws by one click", () => story.withdrawsByOneClick());
  await step("somebody files by the form", () => story.filesByTheForm());
  await step("the visitor's own request is verified by the conversation", () => story.ownRequestIsVerified());
  await step("withdrawal by link", () => story.withdrawPage());
  // The used link is answered 404, which Chromium notes.
  await step("no page has complained", () => assert.deepEqual(story.troubles().filter((one) => !one.includes("status of 404")), []));
});
