// A recipient of data (a CRM, a partner): the officer adds it in the panel, a correction is mailed to a real receiver, its
// link opens in a real browser, on a phone, in the dark; two presses at once acknowledge once, a wrong link says what to do.
import { accessible, kPhone, newPage, picture, startBrowser } from "./lib/browser.mjs";
import { assert, run, step, until } from "./lib/checks.mjs";
import { Panel } from "./lib/panel.mjs";
import { bodies, certificates, Mailbox } from "../live/support/mailbox.mjs";
import { ownOrigin } from "../live/support/people.mjs";
import { stage } from "../live/support/stage.mjs";

const kTo = "privacy@crm.example";

class Story {
  async begin() {
    const keys = certificates();
    this.box = await Mailbox.open({ keys });
    this.on = await stage("sqlite", { mail: ['host = "localhost"', `port = ${this.box.port}`, 'from = "noreply@clinic.example"', `ca_file = "${keys.caFile}"`] });
    this.origin = ownOrigin(this.on.port);
    this.browser = await startBrowser();
    const office = await newPage(this.browser);
    this.panel = new Panel(office.page, this.origin);
    const recipient = await newPage(this.browser, { viewport: kPhone, colorScheme: "dark", isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
    this.page = recipient.page;
    // A refusal that the page tells in words is an error to the console only.
    this.troubles = () => [...office.troubles, ...recipient.troubles].filter((one) => !/status of 4(01|04|22)/.test(one));
    await this.panel.signIn(this.on.clinic.signIns.find((s) => s.role === "owner"));
  }

  mails() {
    return this.box.mails.filter((mail) => mail.to.includes(kTo));
  }
  linkOf(mail) {
    return bodies(mail).find((one) => one.type === "text/plain").text.match(/http\S+\/recipients\/\S+/)?.[0];
  }

  async badAddressIsSaidAtItsField() {
    const { page } = this.panel;
    await page.goto(`${this.origin}/panel/privacy/recipients`);
    await page.getByTestId("recipient-add").first().click();
    await page.getByTestId("recipient-name").fill("CRM клиники");
    await page.getByTestId("recipient-email").fill("privacy@@crm.example");
    await page.getByTestId("confirm").click();
    await page.getByText("Похоже, в адресе электронной почты ошибка").waitFor();
    await picture(page, "recipients-bad-address");
    await page.getByTestId("recipient-email").fill(kTo);
    await page.getByTestId("confirm").click();
    await page.getByRole("cell", { name: kTo }).waitFor();
  }

  async correctionIsMailed() {
    const { clinic } = this.on;
    const subject = await clinic.subject();
    await clinic.asOfficer("POST", `subjects/${subject}/correct`, { field: "visitor.name", value: "Мария", reason: "опечатка" });
    await until("the letter", () => this.mails().length === 1);
    this.link = this.linkOf(this.mails()[0]);
    assert.match(this.link, new RegExp(`^${this.origin}/recipients/${clinic.key}#[\\w-]{43}$`), "the token stands in the fragment only");
    this.subject = subject;
  }

  async wrongLinksSayWhatToDo() {
    const lost = this.page.getByText("По этой ссылке подтвердить нельзя");
    await this.page.goto(this.link.slice(0, -9));
    await lost.waitFor();
    assert.equal(await this.page.getByTestId("acknowledge").count(), 0, "a link that was cut has no button");
    await picture(this.page, "acknowledge-cut-390-dark");
    await this.page.goto(`${this.link.split("#")[0]}#${"A".repeat(43)}`);
    await this.page.getByTestId("acknowledge").click();
    await lost.waitFor();
    await picture(this.page, "acknowledge-wrong-390-dark");
    await accessible(this.page, "a wrong link");
    await this.page.goto(`${this.origin}/recipients/no-such-key#${"A".repeat(43)}`);
    await this.page.getByText("Ссылка неверна").waitFor();
  }

  async twoPressesAcknowledgeOnce() {
    await this.page.goto(this.link);
    const button = this.page.getByTestId("acknowledge");
    await button.waitFor();
    await picture(this.page, "acknowledge-390-dark");
    await accessible(this.page, "what a recipient acknowledges");
    assert.equal((await this.open()).length, 1, "opening the page acknowledges nothing");
    let asked = 0;
    this.page.on("request", (request) => (asked += request.url().endsWith("/acknowledge") ? 1 : 0));
    await button.dblclick();
    await this.page.getByRole("heading", { name: "Спасибо, подтверждение получено" }).waitFor();
    await this.page.getByText("Вы подтвердили, что данные исправлены.").waitFor();
    assert.equal(asked, 1, "one request for two presses");
    await picture(this.page, "acknowledged-390-dark");
    await accessible(this.page, "acknowledged");
  }

  async theSameLinkAgainSaysWhen() {
    await this.page.goto("about:blank");
    await this.page.goto(this.link);
    await this.page.getByTestId("acknowledge").click();
    await this.page.getByRole("heading", { name: "Подтверждение уже получено" }).waitFor();
    await this.page.getByTestId("language").click();
    await this.page.getByTestId("acknowledge").click();
    await this.page.getByRole("heading", { name: "This was acknowledged already" }).waitFor();
    await picture(this.page, "acknowledged-again-en-390-dark");
  }

  open() {
    return this.on.clinic.asOfficer("GET", "notices?state=open").then(({ items }) => items);
  }
  async officerSeesIt() {
    assert.deepEqual(await this.open(), [], "nobody is reminded any more");
    const all = await this.on.clinic.asOfficer("GET", "notices");
    assert.deepEqual(all.items.map((one) => [one.told, one.acknowledged_by, one.next_at]), [[1, "link", null]]);
    const { page } = this.panel;
    await page.goto(`${this.origin}/panel/privacy/recipients`);
    await page.getByText("Все получатели подтвердили.").waitFor();
    await page.getByTestId("notices-state").getByText("Все", { exact: true }).click();
    await page.getByText("по ссылке,").waitFor();
    await picture(page, "recipients-acknowledged");
    await accessible(page, "recipients");
    await page.setViewportSize(kPhone);
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, "recipients-acknowledged-390-dark");
    assert.equal(this.mails().length, 1);
  }
}

run(async () => {
  const story = new Story();
  await step("a server with mail, the panel, a phone", () => story.begin());
  await step("P56 a bad address is said at its field", () => story.badAddressIsSaidAtItsField());
  await step("P56 a correction is mailed with a link to a page", () => story.correctionIsMailed());
  await step("P56 wrong links say what to do", () => story.wrongLinksSayWhatToDo());
  await step("P56 two presses acknowledge once", () => story.twoPressesAcknowledgeOnce());
  await step("P56 the same link again says when", () => story.theSameLinkAgainSaysWhen());
  await step("P56 the officer sees it, nobody is reminded", () => story.officerSeesIt());
  await step("no page was in trouble", async () => assert.deepEqual(story.troubles(), []));
});
