// Takes the two pictures of the README from the running program: `node tests/e2e/readme/pictures.mjs`. No test.
import path from "node:path";
import { newPage, startBrowser } from "../lib/browser.mjs";
import { run, until } from "../lib/checks.mjs";
import { expectText } from "../lib/expect.mjs";
import { Panel } from "../lib/panel.mjs";
import { kRoot, Server } from "../lib/server.mjs";
import { say, Visitor } from "../lib/visitor.mjs";
import { Widget } from "../lib/widget.mjs";

/** What others have written; a list is a text and the choice pressed with it. */
const kOthers = [
  ["есть ли у вас парковка?", "спасибо!"],
  ["сколько стоит УЗИ?", ["Позовите, пожалуйста, человека", "human"]],
  ["перезвоните мне", "Марина Ясенева", "8 916 555-01-23"],
  ["меня зовут Пётр Кленов", "как подготовиться к анализу крови?"],
];

async function otherConversations(server, key) {
  for (const lines of kOthers) {
    const socket = await (await Visitor.begin(server, key)).connect();
    for (const line of lines) await say(socket, ...[line].flat());
    socket.end();
  }
}

/** From the first wish to the booked time. */
async function book(widget) {
  await widget.ask("запишите меня к терапевту");
  await widget.press("time", /:/);
  await widget.ask("Ксения Лугова");
  await widget.ask("8 912 345-67-89");
  await widget.press("choice", "Да, записать");
  await widget.card.last().waitFor();
}

async function picture(page, name) {
  await page.screenshot({ path: path.join(kRoot, `docs/screenshots/${name}.png`), animations: "disabled", scale: "css" });
}

run(async () => {
  const server = await Server.begin();
  const browser = await startBrowser();
  await otherConversations(server, await server.publicKey("clinic"));
  const desk = await newPage(browser);
  const panel = new Panel(desk.page, server.origin);
  await panel.signIn(server.signIn("clinic", "receptionist"));

  const { page } = await newPage(browser);
  await page.goto(`${server.origin}/demo/clinic/`, { waitUntil: "networkidle" });
  const widget = new Widget(page);
  await widget.open();
  await widget.consent();
  await widget.ask("сколько стоит приём терапевта?");
  await picture(page, "widget");

  await book(widget);
  await panel.rows.first().click();
  await panel.page.getByTestId("take-over").click();
  await expectText(widget.status, "Дарья Калинкина");
  await panel.reply("Здравствуйте, Ксения! Ждём вас, возьмите паспорт.");
  await widget.says("возьмите паспорт");
  await widget.write("Спасибо! Можно прийти с ребёнком?");
  await expectText(panel.messages, "с ребёнком");
  await until("it is read", async () => (await panel.rows.first().getAttribute("data-unread")) === null);
  await picture(panel.page, "panel");
});
