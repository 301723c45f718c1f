// A visitor without a browser: the consent act over HTTP, then the raw socket.
import { randomUUID } from "node:crypto";
import { assert, until } from "./checks.mjs";
import { RawSocket } from "./raw_socket.mjs";

export async function request(server, path, { origin = server.origin, language = "ru", body, headers = {} } = {}) {
  const response = await fetch(`${server.origin}${path}`, {
    headers: {
      "Accept-Language": language, ...(origin && { Origin: origin }), ...(body !== undefined && { "Content-Type": "application/json" }), ...headers,
    },
    ...(body !== undefined && { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  return { status: response.status, type: response.headers.get("content-type"), json: await response.json() };
}

export async function consentOf(server, key, language) {
  const { json } = await request(server, `/widget/v1/config?key=${key}&language=${language}`);
  return { version: json.consent.version, hash: json.consent.hash, agreed: true, health: false };
}

export class Visitor {
  constructor(server, key, language, started) {
    this.server = server;
    this.key = key;
    this.language = language;
    this.conversation = started.conversation;
    this.token = started.token;
  }

  static async begin(server, key, language = "ru") {
    const { status, json } = await request(server, "/widget/v1/conversations", {
      language, body: { key, client_id: randomUUID(), language, widget_version: "test", consent: await consentOf(server, key, language) },
    });
    assert.equal(status, 201, JSON.stringify(json));
    return new Visitor(server, key, language, json);
  }

  get path() {
    return `/widget/v1/socket?key=${this.key}`;
  }

  hello(after = 0, changes = {}) {
    const { key, conversation, token, language } = this;
    return { type: "hello", key, conversation, token, after, language, ...changes };
  }

  /** Connected, and heard out up to the last message there is. */
  async connect(after = 0) {
    const socket = await RawSocket.open(this.server.port, this.path);
    assert.equal(socket.status, 101);
    socket.send(this.hello(after));
    const { last } = await socket.event("welcome", ({ type }) => type === "welcome");
    if (last > after) await socket.event(`message ${last}`, (one) => one.type === "message" && one.message.seq === last);
    return socket;
  }

  /** What the server holds of the conversation. */
  async thread() {
    const socket = await this.connect();
    socket.end();
    return messagesOf(socket);
  }
}

export const messagesOf = (socket) => socket.events.filter(({ type }) => type === "message").map(({ message }) => message);

/** Says something; gives the replies that came with it, the newest last. */
export async function say(socket, text, choice) {
  const id = randomUUID();
  socket.send({ type: "send", id, text, ...(choice !== undefined && { choice }) });
  const { seq } = await socket.event(`received ${text}`, (one) => one.type === "received" && one.id === id);
  await until(`a reply to ${text}`, () => messagesOf(socket).some((one) => one.seq > seq));
  return messagesOf(socket).filter((one) => one.seq > seq);
}

/** Says something that breaks a rule; gives the error, which must name it. */
export async function refused(socket, frame) {
  const before = socket.events.length;
  if (typeof frame === "string") socket.text(frame);
  else socket.send(frame);
  return until(`a refusal of ${JSON.stringify(frame).slice(0, 80)}`, () => {
    if (socket.closed !== undefined) throw new Error(`closed with ${socket.closed}`);
    return socket.events.slice(before).find(({ type }) => type === "error");
  });
}

export async function lives(socket) {
  const before = socket.events.length;
  socket.send({ type: "ping" });
  await until("the connection lives on", () => socket.events.slice(before).some(({ type }) => type === "pong"));
}
