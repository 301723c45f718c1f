// A visitor who does everything wrong. Each wrong gets the documented answer in the visitor's language, nothing half-written
// stays, and the server lives on.
import { randomUUID } from "node:crypto";
import { assert, run, step, test, until } from "./lib/checks.mjs";
import { frame, kOp, RawSocket } from "./lib/raw_socket.mjs";
import { Server } from "./lib/server.mjs";
import { consentOf, lives, messagesOf, refused, request, say, Visitor } from "./lib/visitor.mjs";

const kRussian = /[а-яё]{4}/i;
const kHelloWithinMs = 10_000;
const kTogether = 100;
const kTabs = 10; // of one visitor; a conversation has room for 16

/** Frames that are no command. */
const kNonsense = {
  "half an object": "{",
  "nothing": "",
  "null": "null",
  "a list": "[]",
  "a string": '"hello"',
  "no type": "{}",
  "an unknown type": '{"type":"shout"}',
  "a type that is a number": '{"type":1}',
  "something after the object": '{"type":"ping"} {"type":"ping"}',
  "a comment": '{"type":"ping"/**/}',
  "a member twice": '{"type":"ping","type":"ping"}',
  "an unknown member": '{"type":"ping","loud":true}',
  "a lone surrogate": '{"type":"send","id":"x","text":"\\ud800"}',
  "not a number": '{"type":"read","seq":NaN}',
  "a number too big": '{"type":"read","seq":1e400}',
  "a negative number": '{"type":"read","seq":-1}',
  "a fraction": '{"type":"read","seq":1.5}',
  "a wrong kind": '{"type":"typing","on":"yes"}',
  "a thousand levels": `${"[".repeat(1000)}${"]".repeat(1000)}`,
};

let server;
let clinic;
let salon;
let ru;
let en;

async function begin() {
  server = await Server.begin();
  clinic = await server.publicKey("clinic");
  salon = await server.publicKey("salon");
  ru = await Visitor.begin(server, clinic, "ru");
  en = await Visitor.begin(server, salon, "en");
}

const send = (text, more = {}) => ({ type: "send", id: randomUUID(), text, ...more });

function isRefusal(error, { code = "invalid", id = null, pointer, language = "ru" }) {
  assert.equal(error.code, code);
  assert.equal(error.id, id);
  if (pointer !== undefined) assert.equal(error.pointer, pointer);
  assert.equal(kRussian.test(error.text), language === "ru", error.text);
  assert.match(error.text, /\.$/, "a sentence");
}

/** What breaks a rule is refused by name, and the conversation stays as it was. */
async function refusesSend(visitor, frameOf, expected) {
  const socket = await visitor.connect();
  const before = messagesOf(socket).length;
  isRefusal(await refused(socket, frameOf), { id: frameOf.id, language: visitor.language, ...expected });
  await lives(socket);
  socket.end();
  assert.equal((await visitor.thread()).length, before, "nothing of it is kept");
}

async function nonsense(visitor) {
  const socket = await visitor.connect();
  for (const [name, text] of Object.entries(kNonsense)) {
    const error = await refused(socket, text);
    assert.equal(error.code, "invalid", name);
    assert.equal(kRussian.test(error.text), visitor.language === "ru", `${name}: ${error.text}`);
  }
  await lives(socket);
  socket.end();
}

/** Sends raw bytes after a good hello; gives the close code. The conversation must be there afterwards. */
async function closes(bytes) {
  const socket = await ru.connect();
  socket.bytes(bytes);
  const code = await socket.closing();
  const again = await ru.connect();
  await lives(again);
  again.end();
  return code;
}

async function frames() {
  const big = JSON.stringify(send("я".repeat(150_000)));
  assert.ok(Buffer.byteLength(big) > 300_000);
  await test("a frame of 300 KB closes with 1009, and the visitor can come back", async () => assert.equal(await closes(frame(kOp.text, big)), 1009));
  await test("so does the same in many parts", async () => {
    const parts = [frame(kOp.text, big.slice(0, 10_000), { final: false })];
    for (let at = 10_000; at < big.length; at += 10_000) parts.push(frame(kOp.more, big.slice(at, at + 10_000), { final: false }));
    assert.equal(await closes(Buffer.concat(parts)), 1009);
  });
  await test("a binary frame closes with 1003", async () => assert.equal(await closes(frame(kOp.binary, '{"type":"ping"}')), 1003));
  await test("bytes that are no UTF-8 close with 1007", async () => assert.equal(await closes(frame(kOp.text, Buffer.from([0x22, 0xc3, 0x28, 0x22]))), 1007));
  await test("an unmasked frame closes with 1002", async () => assert.equal(await closes(frame(kOp.text, '{"type":"ping"}', { masked: false })), 1002));
  await test("a reserved bit closes with 1002", async () => assert.equal(await closes(frame(kOp.text, '{"type":"ping"}', { reserved: 4 })), 1002));
  await test("an unknown opcode closes with 1002", async () => assert.equal(await closes(frame(5, "x")), 1002));
  await test("a long control frame closes with 1002", async () => assert.equal(await closes(frame(kOp.ping, "x".repeat(126))), 1002));
}

async function messages() {
  for (const visitor of [ru, en]) {
    const { language } = visitor;
    await test(`malformed frames are refused one by one (${language})`, () => nonsense(visitor));
    await test(`a message of 64 KB is refused by name (${language})`, () => refusesSend(visitor, send("я".repeat(32_768)), { pointer: "/text" }));
    await test(`one of control characters only too (${language})`, () => refusesSend(visitor, send("\u0000\u0001\u001b\u202e"), { pointer: "/text" }));
    await test(`an empty one too (${language})`, () => refusesSend(visitor, send(" \n "), { pointer: "/text" }));
    await test(`a choice that was never offered too (${language})`, () =>
      refusesSend(visitor, send("x", { choice: "time:soon" }), { pointer: "/choice" }));
    await test(`an unknown member too (${language})`, () => refusesSend(visitor, send("x", { urgent: true }), { pointer: "/urgent" }));
  }
  await test("4001 characters are one too many, 4000 are not", async () => {
    await refusesSend(ru, send("ы".repeat(4001)), { pointer: "/text" });
    const socket = await ru.connect();
    await say(socket, "ы".repeat(4000));
    socket.end();
  });
}

async function strangers() {
  const upgrade = async (path, headers) => {
    const socket = await RawSocket.open(server.port, path, headers);
    socket.end();
    return socket;
  };
  const path = `/widget/v1/socket?key=${clinic}`;
  for (const [name, at, headers] of [
    ["a foreign Origin", path, { Origin: "https://stranger.example" }],
    ["the Origin null", path, { Origin: "null" }],
    ["no Origin", path, { Origin: null }],
    ["an unknown key", "/widget/v1/socket?key=nobody", {}],
    ["no key", "/widget/v1/socket", {}],
    ["something beside the key", `${path}&token=${ru.token}`, {}],
  ]) {
    await test(`${name}: 403 before the upgrade`, async () => {
      const { status, answer } = await upgrade(at, headers);
      assert.equal(status, 403);
      assert.match(answer, /content-type: application\/problem\+json/i);
      assert.match(answer, /"code":"forbidden"/);
    });
  }
  const hello = async (command) => {
    const socket = await RawSocket.open(server.port, path);
    socket.send(command);
    const code = await socket.closing();
    socket.end();
    assert.deepEqual(messagesOf(socket), [], "not a word of the conversation");
    return code;
  };
  const other = await Visitor.begin(server, clinic);
  for (const [name, changes] of [
    ["a wrong token", { token: "A".repeat(43) }],
    ["a token of another form", { token: "x" }],
    ["the token of another visitor", { token: other.token }],
    ["the conversation of another business", { conversation: en.conversation, token: en.token }],
    ["the key of another business", { key: salon }],
    ["an unknown conversation", { conversation: randomUUID() }],
  ]) {
    await test(`${name}: 4401`, async () => assert.equal(await hello(ru.hello(0, changes)), 4401));
  }
  await test("a message before any hello: 4401", async () => assert.equal(await hello(send("Здравствуйте")), 4401));
}

async function consent() {
  const given = await consentOf(server, clinic, "ru");
  const start = (changes, more) => request(server, "/widget/v1/conversations", {
    body: { key: clinic, client_id: randomUUID(), language: "ru", widget_version: "test", consent: given, ...changes }, ...more,
  });
  for (const [name, expected, answer] of [
    ["without agreement", [403, "consent_required"], () => start({ consent: { ...given, agreed: false } })],
    ["by the hash of another text", [409, "conflict"], () => start({ consent: { ...given, hash: "0".repeat(64) } })],
    ["in another language than was shown", [409, "conflict"], () => start({ language: "en" })],
    ["by an unknown key", [404, "not_found"], () => start({ key: "nobody" })],
    ["from a foreign site", [403, "forbidden"], () => start({}, { origin: "https://stranger.example" })],
    ["with an unknown member", [400, "invalid"], () => start({ name: "Ксения" })],
    ["as half an object", [400, "invalid"], () => request(server, "/widget/v1/conversations", { body: "{" })],
  ]) {
    await test(`no conversation ${name}`, async () => {
      const { status, type, json } = await answer();
      assert.deepEqual([status, json.code], expected, JSON.stringify(json));
      assert.equal(type, "application/problem+json");
      assert.match(json.title, kRussian);
    });
  }
}

async function booking() {
  await test("a time in the past is refused with free times instead", async () => {
    const socket = await (await Visitor.begin(server, clinic)).connect();
    const offered = (await say(socket, "запишите меня к терапевту")).at(-1);
    const [time] = offered.days[0].times;
    const [, , specialist] = time.id.split(":");
    const yesterday = Math.floor(Date.now() / 60_000) - 24 * 60;
    const reply = (await say(socket, "вчера", `time:${yesterday}:${specialist}`)).at(-1);
    assert.match(reply.text, /прошло|нельзя/);
    assert.ok(reply.days.length > 0, "what is free is offered");
    assert.equal(reply.booking, null);
    socket.end();
  });
  await test("a phone that is none is asked for again, and nothing is booked with it", async () => {
    const socket = await (await Visitor.begin(server, salon, "en")).connect();
    await say(socket, "I want to book a manicure");
    let reply = messagesOf(socket).at(-1);
    for (let more = 0; reply.days.length === 0 && more < 3; more += 1) {
      [reply] = (await say(socket, reply.choices[0].label, reply.choices[0].id)).slice(-1);
    }
    const [time] = reply.days[0].times;
    assert.equal((await say(socket, time.label, time.id)).at(-1).ask, "name");
    assert.equal((await say(socket, "Nora Fielding")).at(-1).ask, "phone");
    for (const wrong of ["12345", "+7 000 000 00 00"]) {
      reply = (await say(socket, wrong)).at(-1);
      assert.equal(reply.ask, "phone", `${wrong}: ${reply.text}`);
      assert.match(reply.text, /number/);
      assert.equal(reply.booking, null);
    }
    socket.end();
  });
}

async function crowd() {
  await test("a message repeated with its id is stored exactly once", async () => {
    const visitor = await Visitor.begin(server, clinic);
    const socket = await visitor.connect();
    const other = await visitor.connect();
    const one = send("где вы находитесь?");
    for (let times = 0; times < 5; times += 1) (times % 2 ? other : socket).send(one);
    const received = () => [...socket.events, ...other.events].filter(({ type, id }) => type === "received" && id === one.id);
    await until("five answers", () => received().length === 5);
    assert.equal(new Set(received().map(({ seq, at }) => `${seq} ${at}`)).size, 1);
    const thread = await visitor.thread();
    assert.equal(thread.filter((message) => message.client_id === one.id).length, 1);
    assert.equal(thread.filter(({ from }) => from === "assistant").length, 2, "a greeting and one reply");
    socket.end();
    other.end();
  });
  await test("resume after N gives exactly the rest", async () => {
    const visitor = await Visitor.begin(server, clinic);
    const socket = await visitor.connect();
    for (const text of ["где вы находитесь?", "сколько стоит ЭКГ?", "есть ли парковка?"]) await say(socket, text);
    socket.end();
    const all = await visitor.thread();
    assert.deepEqual(all.map(({ seq }) => seq), [1, 2, 3, 4, 5, 6, 7]);
    for (let after = 0; after <= all.length; after += 1) {
      const again = await visitor.connect(after);
      await lives(again);
      assert.deepEqual(messagesOf(again), all.slice(after), `after ${after}`);
      again.end();
    }
  });
  await test(`${kTogether} connections at once hear their conversation, each message once`, async () => {
    const visitors = await Promise.all(Array.from({ length: kTogether / kTabs }, () => Visitor.begin(server, clinic)));
    const groups = await Promise.all(visitors.map((visitor) => Promise.all(Array.from({ length: kTabs }, () => visitor.connect()))));
    await Promise.all(groups.map(([first]) => say(first, "есть ли парковка?")));
    const sockets = groups.flat();
    await until("all have heard it", () => sockets.every((socket) => messagesOf(socket).length === 3));
    await Promise.all(sockets.map(lives));
    for (const socket of sockets) {
      assert.deepEqual(messagesOf(socket).map(({ seq }) => seq), [1, 2, 3]);
      socket.end();
    }
  });
  await test("whoever writes without end is slowed down, in words, by name", async () => {
    const socket = await (await Visitor.begin(server, salon)).connect();
    const all = Array.from({ length: 60 }, (_, index) => send(`привет ${index}`));
    for (const one of all) socket.send(one);
    const answers = () => socket.events.filter(({ type }) => type === "received" || type === "error");
    await until("every one is answered", () => answers().length === all.length);
    const errors = answers().filter(({ type }) => type === "error");
    assert.ok(errors.length > 0 && errors.length < all.length, `${errors.length} refused`);
    for (const error of errors) isRefusal(error, { code: "too_many", id: error.id, pointer: null });
    assert.equal(new Set(answers().map(({ id }) => id)).size, all.length);
    socket.end();
  });
}

/** Sockets that never say hello; they wait while the other tests run. */
async function silent() {
  const opened = Date.now();
  const sockets = await Promise.all(Array.from({ length: 3 }, () => RawSocket.open(server.port, ru.path)));
  sockets[1].send({ type: "ping" });
  sockets[2].text("{");
  return () => test("no hello within 10 seconds: 1008", async () => {
    for (const socket of sockets) assert.equal(await socket.closing(2 * kHelloWithinMs), 1008);
    assert.ok(Date.now() - opened >= kHelloWithinMs);
  });
}

run(async () => {
  await step("the demo starts", begin);
  const { pid } = server;
  const wait = await silent();
  await frames();
  await messages();
  await strangers();
  await consent();
  await booking();
  await crowd();
  await wait();
  await test("the server has lived through all of it", async () => {
    assert.equal(server.pid, pid);
    assert.ok(server.alive);
    assert.equal((await fetch(`${server.origin}/readyz`)).status, 200);
    const socket = await ru.connect();
    assert.match((await say(socket, "где вы находитесь?")).at(-1).text, /Яблоневая/);
    socket.end();
  });
  await test("its log has no word of a visitor", () => {
    assert.doesNotMatch(server.log, /парковка|Nora|Fielding|ыыы|находитесь/);
    assert.ok(!server.log.includes(ru.token));
  });
  await test("it stops cleanly, its audit chains are whole", async () => {
    assert.equal(await server.end(), 0);
    assert.doesNotMatch(server.command("audit", "verify"), /BROKEN/);
  });
});
