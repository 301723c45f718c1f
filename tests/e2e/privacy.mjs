// The privacy centre in a real browser against the real program: what must be read before working, a request from the letter
// to the answer, a person's file with correction, hold, block and erasure, documents, breaches, the audit; by keyboard, in
// both languages, on a phone and in the dark.
import { readFileSync } from "node:fs";
import { accessible, newPage, picture, startBrowser } from "./lib/browser.mjs";
import { Centre, kSections } from "./lib/centre.mjs";
import { assert, run, step, test, until } from "./lib/checks.mjs";
import { expectText } from "./lib/expect.mjs";
import { Panel } from "./lib/panel.mjs";
import { Server } from "./lib/server.mjs";
import { say, Visitor } from "./lib/visitor.mjs";

const kName = "Ксения Лугова";
const kPhoneTyped = "8 912 345-67-89";
const kCorrected = "Ксения Луговая";
const kAsks = {
  name: "Ксения Андреевна Лугова", contact: "k.lugova@example.org", data: "Мой номер телефона и переписка в чате.",
  essence: "Прошу сообщить, какие мои данные вы обрабатываете.",
};

class Story {
  async begin() {
    this.server = await Server.begin();
    this.browser = await startBrowser();
    const { page, troubles } = await newPage(this.browser);
    this.page = page;
    this.troubles = troubles;
    this.panel = new Panel(page, this.server.origin);
    this.centre = new Centre(this.panel);
  }

  /** Leaves a name and a phone, as anybody would. */
  async visitorComes() {
    const socket = await (await Visitor.begin(this.server, await this.server.publicKey("clinic"))).connect();
    for (const text of ["перезвоните мне, пожалуйста", kName, kPhoneTyped]) await say(socket, text);
    socket.end();
  }

  signIn(person) {
    return this.panel.signIn(this.server.signIn("clinic", person));
  }

  async signOut() {
    await this.page.getByRole("button", { name: /Меню сотрудника|Employee menu/ }).click();
    await this.page.getByTestId("sign-out").click();
    await this.page.getByTestId("sign-in-email").waitFor();
  }

  /** Without an answer about what is to be signed the panel stays shut and says why; it never takes silence for "nothing". */
  async silenceIsNoYes() {
    const { page } = this;
    const duties = /\/api\/v1\/duties$/;
    await page.route(duties, (route) => route.fulfill({ status: 404, contentType: "application/problem+json", body: '{"status":404,"code":"not_found","title":"Нет такого"}' }));
    await page.reload();
    const again = page.getByRole("button", { name: "Повторить" });
    await again.waitFor();
    assert.equal(await page.getByTestId("nav-inbox").count(), 0);
    await page.unroute(duties);
    await again.click();
    await page.getByTestId("nav-inbox").waitFor();
  }

  /** G, P: the centre opens without the mouse, its sections by Tab and Enter. */
  async keysLead() {
    const { page } = this;
    await page.getByTestId("nav-privacy").waitFor();
    await page.locator("body").press("g");
    await page.locator("body").press("p");
    await until("the centre is open", () => page.url().endsWith("/panel/privacy"));
    await this.centre.settled();
    await page.getByTestId("privacy-overview").focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until("the next section is open", () => page.url().endsWith("/panel/privacy/requests"));
  }

  async verdictIsRed() {
    await this.centre.go("");
    const verdict = this.page.getByTestId("verdict");
    await verdict.waitFor();
    assert.equal(await verdict.getAttribute("data-health"), "missing", await verdict.innerText());
    const missing = this.page.locator("[data-testid=status-item][data-health=missing]");
    assert.ok((await missing.count()) > 0);
    await missing.first().getByRole("link").click();
    await until("it leads to where it is mended", () => !/\/panel\/privacy$/.test(this.page.url()));
  }

  async requestIsEntered() {
    const { page } = this;
    await this.centre.go("/requests");
    await page.getByTestId("request-add").click();
    await this.centre.settled();
    await page.getByTestId("request-name").fill(kAsks.name);
    await page.getByTestId("request-create").click();
    assert.ok((await page.getByText("Заполните это поле").count()) >= 3, "a request without one of the four is not sent");
    await page.getByTestId("request-contact").fill(kAsks.contact);
    await page.getByTestId("request-data").fill(kAsks.data);
    await page.getByTestId("request-essence").fill(kAsks.essence);
    await page.getByTestId("request-create").click();
    await until("the case is open", () => /\/requests\/[0-9a-f-]{36}$/.test(page.url()));
    this.case = page.url().split("/").at(-1);
    await expectText(page.getByTestId("deadline").getByTestId("clock"), /остал(ось|ся)/);
    await page.getByTestId("deadline").locator("summary").click();
    await picture(page, "privacy-case-1280-light");
    await accessible(page, "a case");
  }

  async caseIsWorkedOn() {
    const { page } = this;
    await page.getByTestId("case-take").click();
    await this.centre.toast(/Запрос у вас/);
    await page.getByTestId("case-link").click();
    await page.getByTestId("link-search").fill(kPhoneTyped);
    await page.keyboard.press("Enter");
    await page.getByTestId("link-pick").first().click();
    await page.getByTestId("case-file").first().waitFor();
    // A reason is asked for, kept while the tab lives, and Escape closes without doing anything.
    await page.getByTestId("case-verify").click();
    await page.getByTestId("reason").fill("Позвонили по известному номеру");
    await page.keyboard.press("Escape");
    await page.getByTestId("case-verify").click();
    assert.equal(await page.getByTestId("reason").inputValue(), "Позвонили по известному номеру");
    await accessible(page, "the dialog of a reason");
    await page.getByTestId("confirm").click();
    await page.getByTestId("case-verify").waitFor({ state: "detached" });
    await expectText(page.locator("#content"), "подтверждена вручную");
  }

  async answerIsSent() {
    const { page } = this;
    const text = page.getByTestId("answer-text");
    assert.ok((await text.inputValue()).length > 40, "the template is there");
    await text.press("Control+End");
    await text.pressSequentially(" Спасибо.");
    await page.reload();
    await this.centre.settled();
    assert.match(await text.inputValue(), /Спасибо\.$/, "the draft is kept");
    await page.getByTestId("answer-send").click();
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#content"), "Дан ответ");
    await page.getByTestId("case-close").click();
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#content"), "Закрыт");
  }

  async fileIsFound() {
    const { page } = this;
    await this.centre.go("/people");
    await page.getByTestId("people-search").fill(kPhoneTyped);
    await page.keyboard.press("Enter");
    const rows = page.getByTestId("people").getByTestId("row");
    await rows.first().waitFor();
    assert.doesNotMatch(page.url(), /912/, "no phone in an address");
    await page.getByTestId("people-find").focus();
    await page.locator("h1").click();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await until("the file is open", () => /\/people\/[0-9a-f-]{36}$/.test(page.url()));
    this.subject = page.url().split("/").at(-1);
    await this.centre.settled();
    await expectText(page.getByTestId("held"), "+7 912 345-67-89");
    await page.getByTestId("file-messages").click();
    await expectText(page.locator("#content"), "перезвоните мне, пожалуйста");
    await this.centre.look("privacy-file-1280-light", "a subject file");
    await this.centre.onPhone(() => this.centre.look("privacy-file-390-light", "a subject file on a phone"));
    await this.centre.inTheDark(() => this.centre.look("privacy-file-1280-dark", "a subject file in the dark"));
  }

  /** The same file to take along: on paper and as data. */
  async fileIsTakenAlong() {
    const { page } = this;
    const take = async (name) => {
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByTestId("download").filter({ hasText: name }).click()]);
      return readFileSync(await file.path());
    };
    assert.equal((await take("PDF")).subarray(0, 5).toString("latin1"), "%PDF-");
    const data = JSON.parse((await take("JSON")).toString("utf8"));
    assert.equal(data.subject.id, this.subject);
  }

  heldRow(words) {
    return this.page.getByTestId("held").getByTestId("row").filter({ hasText: words }).first();
  }

  async nameIsCorrected() {
    const { page } = this;
    await this.heldRow("Имя").getByTestId("field-more").click();
    await page.getByTestId("field-correct").click();
    await page.getByTestId("new-value").fill(kCorrected);
    await page.getByTestId("reason").fill("По запросу человека");
    await page.getByTestId("confirm").click();
    await expectText(page.getByRole("heading", { level: 1 }), kCorrected);
    await expectText(page.locator("#content"), `было: ${kName}`);
  }

  async phoneIsHeld() {
    const { page } = this;
    await this.heldRow("Телефон").getByTestId("field-more").click();
    await page.getByTestId("field-hold").click();
    await page.getByTestId("reason").fill("Претензия по записи");
    await page.getByTestId("confirm").click();
    await expectText(page.getByRole("dialog"), "Укажите статью");
    await page.getByTestId("article").fill("ст. 196 ГК РФ");
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#content"), "ст. 196 ГК РФ");
    await this.centre.go("/holds");
    await expectText(page.getByTestId("holds"), "ст. 196 ГК РФ");
    await page.getByTestId("release").first().click();
    await page.getByTestId("reason").fill("Претензия снята");
    await page.getByTestId("confirm").click();
    await page.getByTestId("holds").waitFor({ state: "detached" });
    await this.centre.go(`/people/${this.subject}`);
  }

  async dataIsBlocked() {
    const { page } = this;
    await page.getByTestId("block").click();
    await page.getByTestId("reason").fill("Спор о точности");
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#content"), "Данные заблокированы");
    await page.getByTestId("unblock").click();
    await page.getByTestId("reason").fill("Проверено");
    await page.getByTestId("confirm").click();
    await page.getByTestId("block").waitFor();
  }

  /** Planned first, taken back, then at once: the word must be typed. */
  async dataIsErased() {
    const { page } = this;
    await this.centre.go(`/people/${this.subject}`);
    await page.getByTestId("erase").click();
    await page.getByTestId("confirm").click();
    await expectText(page.getByRole("dialog"), "Введите «уничтожить»");
    await page.getByTestId("typed").fill("Уничтожить");
    await page.getByTestId("erase-now").check();
    await page.getByTestId("confirm").click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await until("the data is gone", async () => {
      await page.reload();
      await this.centre.settled();
      return /уничтожены/.test(await page.locator("#content").innerText());
    });
    assert.doesNotMatch(await page.locator("#content").innerText(), /912 345/);
    await this.centre.go("/destruction");
    await expectText(page.getByTestId("acts"), "№ 1");
  }

  async consentsAreListed() {
    await this.centre.go("/consents");
    await expectText(this.page.getByTestId("consents"), "виджет");
  }

  async documentsAreApproved() {
    const { page } = this;
    await this.centre.go("/documents");
    await page.getByTestId("internal-documents").getByTestId("row").first().getByRole("link").click();
    await page.getByTestId("document").waitFor();
    await this.centre.look("privacy-document-1280-light", "a document");
    if (await page.getByTestId("approve").count()) {
      await page.getByTestId("approve").click();
      await page.getByTestId("confirm").click();
      await page.getByTestId("approve").waitFor({ state: "detached" });
    }
  }

  async breachIsRecorded() {
    const { page } = this;
    await this.centre.go("/breaches");
    await page.getByTestId("breach-add").click();
    await page.getByTestId("breach-what").fill("Письмо ушло не тому адресату");
    await page.getByTestId("breach-save").click();
    await until("the breach is open", () => /\/breaches\/[0-9a-f-]{36}$/.test(page.url()));
    await expectText(page.getByTestId("clock"), /осталось 23 ч \d+ мин/);
    await expectText(page.getByTestId("clock"), /осталось 71 ч \d+ мин/);
    await page.getByTestId("breach-notified").click();
    await page.getByTestId("reason").fill("№ 123 от сегодня");
    await page.getByTestId("confirm").click();
    await expectText(page.getByTestId("clock"), "в срок");
    await this.centre.look("privacy-breach-1280-light", "a breach");
    await page.getByTestId("draft-notice").click();
    await expectText(page.getByRole("dialog").getByTestId("document"), "Письмо ушло не тому адресату");
    await accessible(page, "the draft of a notice");
    await page.keyboard.press("Escape");
    await page.getByTestId("breach-told").click();
    await page.getByTestId("reason").fill("Письмом, всем пяти");
    await page.getByTestId("confirm").click();
    await expectText(page.locator("#content"), "Письмом, всем пяти");
  }

  /** What an English document calls the business by. */
  async namedInEnglish() {
    const { page } = this;
    await this.centre.go("/organisation");
    await page.getByTestId("legal-name_en").fill("Clear Day LLC");
    await page.getByTestId("legal-save").click();
    await this.centre.toast(/Реквизиты сохранены/);
    const { text } = await this.panel.get("/privacy/documents/policy?language=en");
    assert.match(text, /Clear Day LLC/);
  }

  async taskIsDone() {
    const { page } = this;
    await this.centre.go("");
    await page.getByTestId("task-add").click();
    await page.getByTestId("task-title").fill("Проверить сейф с согласиями");
    await page.getByTestId("task-save").click();
    const task = page.getByTestId("tasks").locator("li").filter({ hasText: "сейф" });
    await task.waitFor();
    await task.getByTestId("task-done").click();
    await task.waitFor({ state: "detached" });
  }

  async everySection(language) {
    const { page } = this;
    for (const [name, path] of kSections) {
      await this.centre.go(path);
      await this.centre.look(`privacy-${name}-1280-light-${language}`, `${name}, ${language}`);
      assert.equal(await page.getByTestId(`privacy-${name}`).getAttribute("aria-current"), "page");
      if (language === "en") {
        const text = await page.locator("#content nav, #content h1, #content h2, #content button").allInnerTexts();
        assert.doesNotMatch(text.join(" "), /[а-яё]/i, `${name} speaks English`);
      }
    }
  }

  /** By Tab through every section: what has the keyboard is seen to have it. */
  async focusIsSeen() {
    for (const [name, path] of kSections) {
      await this.centre.go(path);
      const stops = await this.centre.walk();
      assert.ok(stops.length > 10, `${name}: ${stops.length} stops`);
      assert.deepEqual(stops.filter(({ seen }) => !seen).map(({ what }) => what), [], `${name}: no focus to be seen`);
    }
  }

  async everyScreen() {
    for (const [name, path] of kSections) {
      await this.centre.go(path);
      await this.centre.onPhone(() => this.centre.look(`privacy-${name}-390-light`, `${name} on a phone`));
      await this.centre.inTheDark(() => this.centre.look(`privacy-${name}-1280-dark`, `${name} in the dark`));
    }
  }

  /** On a phone the sections open from one button, by keyboard too. */
  async phoneMenu() {
    const { page } = this;
    await this.centre.go("");
    await this.centre.onPhone(async () => {
      await page.getByTestId("privacy-menu").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("menuitem").first().waitFor();
      await picture(page, "privacy-menu-390-light");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await until("the next section is open", () => page.url().endsWith("/privacy/requests"));
    });
  }

  async english() {
    await this.page.getByRole("button", { name: /Язык панели/ }).click();
    await this.page.getByRole("menuitem", { name: "English" }).click();
    await expectText(this.page.getByRole("heading", { level: 1 }), /[A-Z]/);
  }

  async auditIsVerified() {
    const { page } = this;
    await this.centre.go("/audit");
    await page.getByTestId("audit-verify").click();
    await expectText(page.getByRole("status"), /Цепочка цела/);
  }

  /** Who may not keep personal data finds no door, and no room behind it. */
  async receptionistStaysOut() {
    await this.signOut();
    await this.signIn("receptionist");
    assert.equal(await this.page.getByTestId("nav-privacy").count(), 0);
    await this.page.goto(this.centre.at("/requests"));
    await expectText(this.page.locator("#content"), "For the privacy officer");
  }

  browserIsContent() {
    const expected = /status of (401|403|404|409|422)/;
    assert.deepEqual(this.troubles.filter((one) => !expected.test(one)), []);
  }
}

run(async () => {
  const story = new Story();
  await step("the demo starts and a visitor leaves a phone number", async () => {
    await story.begin();
    await story.visitorComes();
  });
  await step("the owner reads what is to be read and signs in", () => story.signIn("owner"));
  await test("without an answer about duties the panel stays shut", () => story.silenceIsNoYes());
  await step("the centre opens by keyboard", () => story.keysLead());
  await test("the overview is red and leads to what is missing", () => story.verdictIsRed());
  await step("a request from a letter is entered, with all four fields", () => story.requestIsEntered());
  await step("it is taken, linked to a file and verified", () => story.caseIsWorkedOn());
  await step("the answer is sent from the template, its draft kept", () => story.answerIsSent());
  await step("a person's file is found by phone", () => story.fileIsFound());
  await step("the file is taken along as PDF and JSON", () => story.fileIsTakenAlong());
  await step("the name is corrected, with its history", () => story.nameIsCorrected());
  await step("the phone is held by an article and released", () => story.phoneIsHeld());
  await step("the data is blocked and unblocked", () => story.dataIsBlocked());
  await step("the consent log tells of the visitor", () => story.consentsAreListed());
  await step("the data is erased and the act is there", () => story.dataIsErased());
  await test("a document is read and approved", () => story.documentsAreApproved());
  await test("a breach starts its two clocks", () => story.breachIsRecorded());
  await test("the business has an English name", () => story.namedInEnglish());
  await test("a task is written down and ticked off", () => story.taskIsDone());
  await test("the audit is verified", () => story.auditIsVerified());
  await test("every section in Russian", () => story.everySection("ru"));
  await test("every section on a phone and in the dark", () => story.everyScreen());
  await test("the keyboard is seen wherever it is", () => story.focusIsSeen());
  await test("the phone's menu works by keyboard", () => story.phoneMenu());
  await test("every section in English", async () => {
    await story.english();
    await story.everySection("en");
  });
  await test("a receptionist finds no door", () => story.receptionistStaysOut());
  await test("no page has complained", () => story.browserIsContent());
});
