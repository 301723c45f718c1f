// Looks for secrets in bytes: each in every form in which it might have been written down.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const kLeastBytes = 6;  // shorter ones are found by chance

const swapped = (bytes) => Buffer.from(bytes).swap16();
const escaped = (text) => text.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

// The characters of base64 that stand for these bytes alone, for each of the three ways they may lie in a longer text.
function* base64(bytes, encoding) {
  for (const [before, skip] of [[0, 0], [1, 2], [2, 3]]) {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString(encoding);
    yield Buffer.from(text.slice(skip, Math.floor(((before + bytes.length) * 8) / 6)));
  }
}

// [{encoding, bytes}], each once.
export function formsOf(text) {
  const out = new Map();
  const add = (encoding, bytes) => bytes.length >= kLeastBytes && out.set(bytes.toString('latin1'), { encoding, bytes });
  for (const [name, cased] of [['', text], [' in lower case', text.toLowerCase()], [' in capitals', text.toUpperCase()]]) {
    const utf8 = Buffer.from(cased);
    add(`UTF-8${name}`, utf8);
    add(`UTF-16LE${name}`, Buffer.from(cased, 'utf16le'));
    add(`UTF-16BE${name}`, swapped(Buffer.from(cased, 'utf16le')));
    for (const encoding of ['base64', 'base64url']) for (const bytes of base64(utf8, encoding)) add(`${encoding}${name}`, bytes);
    add(`hex${name}`, Buffer.from(utf8.toString('hex')));
    add(`HEX${name}`, Buffer.from(utf8.toString('hex').toUpperCase()));
    add(`percent${name}`, Buffer.from(encodeURIComponent(cased)));
    add(`\\u${name}`, Buffer.from(escaped(cased)));
    add(`reversed${name}`, Buffer.from([...cased].reverse().join('')));
  }
  return [...out.values()];
}

export class Scanner {
  // secrets: [{name, text}]
  constructor(secrets) {
    this.byStart = new Map();  // first four bytes → forms
    for (const { name, text } of secrets) {
      for (const { encoding, bytes } of formsOf(text)) {
        const start = bytes.readUInt32LE(0);
        if (!this.byStart.has(start)) this.byStart.set(start, []);
        this.byStart.get(start).push({ name, encoding, bytes });
      }
    }
    this.pairs = new Uint8Array(65536);
    for (const start of this.byStart.keys()) this.pairs[start & 65535] = 1;
  }

  // ["name as encoding", …]
  find(bytes) {
    const hits = new Set();
    for (let i = 0; i + 4 <= bytes.length; i += 1) {
      if (!this.pairs[bytes[i] | (bytes[i + 1] << 8)]) continue;
      for (const form of this.byStart.get(bytes.readUInt32LE(i)) ?? []) {
        if (bytes.compare(form.bytes, 0, form.bytes.length, i, Math.min(i + form.bytes.length, bytes.length)) === 0) hits.add(`${form.name} as ${form.encoding}`);
      }
    }
    return [...hits];
  }
}

// Every file below the directories, but those that `skip` names. A file that goes away meanwhile is no file.
export function* filesBelow(directories, skip = () => false) {
  for (const directory of directories) {
    for (const entry of readdirSync(directory, { recursive: true })) {
      const path = join(directory, entry);
      const kind = statSync(path, { throwIfNoEntry: false });
      if (kind?.isFile() && !skip(path)) yield { path, bytes: readFileSync(path) };
    }
  }
}
