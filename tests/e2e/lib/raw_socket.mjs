// A WebSocket client that may misbehave: it can send any bytes, and tells exactly what the server did (RFC 6455).
import { createHash, randomBytes } from "node:crypto";
import { connect } from "node:net";
import { assert, until } from "./checks.mjs";

export const kOp = { more: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 };
const kAcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455 1.3

/** One frame of a client. `masked`, `reserved`, `final` false or true where a decent client has no choice. */
export function frame(opcode, payload, { final = true, masked = true, reserved = 0 } = {}) {
  const body = Buffer.from(payload);
  const head = [(final ? 0x80 : 0) | (reserved << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (body.length < 126) head.push(mask | body.length);
  else if (body.length < 65_536) head.push(mask | 126, body.length >> 8, body.length & 255);
  else {
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(body.length));
    head.push(mask | 127, ...length);
  }
  if (!masked) return Buffer.concat([Buffer.from(head), body]);
  const key = randomBytes(4);
  for (let at = 0; at < body.length; at += 1) body[at] ^= key[at & 3];
  return Buffer.concat([Buffer.from(head), key, body]);
}

export class RawSocket {
  #socket;
  #bytes = Buffer.alloc(0);
  #parts = [];
  /** HTTP status of the answer to the upgrade. */
  status = 0;
  answer = "";
  events = [];
  /** `undefined` while open; 1006 when the line went without a close frame. */
  closed;

  /** Resolves when the upgrade was answered. */
  static async open(port, path, headers = {}) {
    const one = new RawSocket();
    await one.#connect(port, path, headers);
    return one;
  }

  async #connect(port, path, headers) {
    const key = randomBytes(16).toString("base64");
    const all = {
      Host: `localhost:${port}`, Upgrade: "websocket", Connection: "Upgrade", "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": key, Origin: `http://localhost:${port}`, ...headers,
    };
    const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.#socket.on("data", (part) => this.#hear(part));
    this.#socket.on("error", () => undefined);
    this.#socket.on("close", () => {
      this.closed ??= 1006;
    });
    this.#socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
    await until("the upgrade is answered", () => this.status !== 0 || this.closed !== undefined);
    if (this.status !== 101) return;
    const accept = createHash("sha1").update(key + kAcceptSuffix).digest("base64");
    assert.ok(this.answer.includes(accept), "the server proves that it has read the key");
  }

  #hear(part) {
    this.#bytes = Buffer.concat([this.#bytes, part]);
    if (this.status !== 101) {
      const end = this.#bytes.indexOf("\r\n\r\n");
      if (end < 0) return;
      this.answer = this.#bytes.toString("utf8");
      this.status = Number(this.answer.split(" ")[1]);
      if (this.status !== 101) return;
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    while (this.#takeFrame());
  }

  #takeFrame() {
    const bytes = this.#bytes;
    if (bytes.length < 2) return false;
    let length = bytes[1] & 127;
    let at = 2;
    if (length === 126) {
      if (bytes.length < 4) return false;
      length = bytes.readUInt16BE(2);
      at = 4;
    } else if (length === 127) {
      if (bytes.length < 10) return false;
      length = Number(bytes.readBigUInt64BE(2));
      at = 10;
    }
    if (bytes.length < at + length) return false;
    const body = bytes.subarray(at, at + length);
    this.#bytes = bytes.subarray(at + length);
    this.#take(bytes[0] & 15, (bytes[0] & 0x80) !== 0, body);
    return true;
  }

  #take(opcode, final, body) {
    if (opcode === kOp.close) {
      this.closed = body.length >= 2 ? body.readUInt16BE(0) : 1005;
      this.#socket.end(frame(kOp.close, body.subarray(0, 2)));
    } else if (opcode === kOp.ping) {
      this.#socket.write(frame(kOp.pong, body));
    } else if (opcode === kOp.text || opcode === kOp.more) {
      this.#parts.push(Buffer.from(body));
      if (!final) return;
      this.events.push(JSON.parse(Buffer.concat(this.#parts).toString("utf8")));
      this.#parts = [];
    }
  }

  bytes(raw) {
    this.#socket.write(raw);
  }
  text(words) {
    this.bytes(frame(kOp.text, words));
  }
  send(command) {
    this.text(JSON.stringify(command));
  }

  /** The first event that fits, also one that came before. */
  event(what, fits, patienceMs) {
    return until(what, () => {
      const found = this.events.find(fits);
      if (!found && this.closed !== undefined) throw new Error(`closed with ${this.closed}; heard ${JSON.stringify(this.events.slice(-3))}`);
      return found;
    }, patienceMs);
  }

  /** The next event that is not one of those heard so far. */
  async next(type) {
    const known = this.events.length;
    return until(`an event ${type}`, () => this.events.slice(known).find((one) => one.type === type));
  }

  closing(patienceMs) {
    return until("the server closes", () => this.closed, patienceMs);
  }

  end() {
    this.#socket.destroy();
  }
}
