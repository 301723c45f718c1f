// A WebSocket client of our own (RFC 6455): unlike the platform's it can send any Origin and Cookie, and can be cut off.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

const kConnectMs = 10_000;

function masked(opcode, payload) {
  const mask = randomBytes(4);
  const size = payload.length;
  const head = size < 126 ? Buffer.from([0x80 | opcode, 0x80 | size])
    : size < 65536 ? Buffer.from([0x80 | opcode, 0xfe, size >> 8, size & 255])
    : Buffer.concat([Buffer.from([0x80 | opcode, 0xff, 0, 0, 0, 0]), Buffer.from(Uint32Array.of(size).buffer).swap32()]);
  const body = Buffer.from(payload);
  for (let i = 0; i < size; i += 1) body[i] ^= mask[i & 3];
  return Buffer.concat([head, mask, body]);
}

// Unmasked frames of a server, never fragmented by ours: {opcode, payload, size} or null when more bytes are needed.
function nextFrame(bytes) {
  if (bytes.length < 2) return null;
  let size = bytes[1] & 127;
  let at = 2;
  if (size === 126) {
    if (bytes.length < 4) return null;
    size = bytes.readUInt16BE(2);
    at = 4;
  } else if (size === 127) {
    if (bytes.length < 10) return null;
    size = Number(bytes.readBigUInt64BE(2));
    at = 10;
  }
  if (bytes.length < at + size) return null;
  return { opcode: bytes[0] & 15, payload: bytes.subarray(at, at + size), size: at + size };
}

export class Socket {
  // Resolves to a Socket, or to {status, head} when the server refuses the upgrade.
  static open(port, path, headers = {}, from) {
    return new Promise((resolve, reject) => {
      const stream = connect({ host: '127.0.0.1', port, ...(from && { localAddress: from }) });
      const lines = { host: `localhost:${port}`, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13',
                      'sec-websocket-key': randomBytes(16).toString('base64'), ...headers };
      stream.setTimeout(kConnectMs, () => stream.destroy(new Error('the upgrade took too long')));
      stream.once('connect', () => {
        const text = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`).join('');
        stream.write(`GET ${path} HTTP/1.1\r\n${text}\r\n`);
      });
      let bytes = Buffer.alloc(0);
      stream.on('error', reject);
      stream.on('close', () => reject(new Error('closed during the upgrade')));
      stream.on('data', function read(piece) {
        bytes = Buffer.concat([bytes, piece]);
        const end = bytes.indexOf('\r\n\r\n');
        if (end < 0) return;
        stream.off('data', read);
        stream.setTimeout(0);
        const head = bytes.subarray(0, end).toString();
        const status = Number(head.slice(9, 12));
        if (status !== 101) {
          stream.destroy();
          return resolve({ status, head });
        }
        resolve(new Socket(stream, bytes.subarray(end + 4)));
      });
    });
  }

  constructor(stream, first) {
    this.stream = stream;
    this.bytes = first;
    this.events = [];
    this.status = 101;
    this.closeCode = null;
    this.closed = false;
    this.onEvent = null;
    this.waiting = new Set();
    stream.removeAllListeners('close');
    stream.removeAllListeners('error');
    stream.on('error', () => {});
    stream.on('data', (piece) => {
      this.bytes = Buffer.concat([this.bytes, piece]);
      this.#read();
    });
    stream.on('close', () => {
      this.closed = true;
      this.#wake();
    });
    setImmediate(() => this.#read());
  }

  send(object) {
    return this.sendText(JSON.stringify(object));
  }
  sendText(text) {
    if (!this.closed) this.stream.write(masked(1, Buffer.from(text)));
  }
  // As a lost network does it.
  cut() {
    this.stream.destroy();
  }

  // The first event, from `since` on, that fits; an error when the socket closes or the time is over.
  next(what, fits, { since = 0, deadlineMs = 10_000 } = {}) {
    return new Promise((resolve, reject) => {
      let at = since;
      const timer = setTimeout(() => finish(() => reject(new Error(`no ${what} in ${deadlineMs} ms; last: ${JSON.stringify(this.events.slice(-3))}`))), deadlineMs);
      const look = () => {
        for (; at < this.events.length; at += 1) {
          const event = this.events[at];
          if (fits(event)) return finish(() => resolve(event));
        }
        if (this.closed) finish(() => reject(new Error(`closed with ${this.closeCode} while waiting for ${what}`)));
      };
      const finish = (end) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        end();
      };
      this.waiting.add(look);
      look();
    });
  }
  async closing(deadlineMs = 10_000) {
    await this.next('close', () => false, { deadlineMs }).catch((error) => {
      if (!this.closed) throw error;
    });
    return this.closeCode;
  }

  #wake() {
    for (const look of [...this.waiting]) look();
  }
  #read() {
    for (let frame = nextFrame(this.bytes); frame; frame = nextFrame(this.bytes)) {
      this.bytes = this.bytes.subarray(frame.size);
      if (frame.opcode === 1) {
        const event = JSON.parse(frame.payload.toString('utf8'));
        this.events.push(event);
        this.onEvent?.(event);
      } else if (frame.opcode === 8) {
        this.closeCode = frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 1005;
        this.stream.end(masked(8, frame.payload.subarray(0, 2)));
      } else if (frame.opcode === 9) {
        this.stream.write(masked(10, frame.payload));
      }
    }
    this.#wake();
  }
}
