// A real SMTP receiver that does as it is told, and the certificates it needs.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { temporaryDirectory } from './places.mjs';

// An authority and a certificate of it for `name`: {ca, cert, key} as files and texts.
export function certificates(name = 'localhost') {
  const directory = temporaryDirectory('tls');
  const file = (leaf) => join(directory, leaf);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=Test authority',
          '-keyout', file('ca.key'), '-out', file('ca.crt'));
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`,
          '-keyout', file('server.key'), '-out', file('server.csr'));
  openssl('x509', '-req', '-in', file('server.csr'), '-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2',
          '-copy_extensions', 'copy', '-out', file('server.crt'));
  return { caFile: file('ca.crt'), cert: readFileSync(file('server.crt')), key: readFileSync(file('server.key')) };
}

const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });

export class Mailbox {
  // `tls`: from the first byte; otherwise STARTTLS is offered unless `plain`. `user`, `password`: must sign in.
  static async open({ tls = false, plain = false, keys, user, password } = {}) {
    const box = new Mailbox();
    Object.assign(box, { mails: [], sessions: [], onRecipient: null, onMail: null, silent: false });
    box.server = new SMTPServer({
      secure: tls, key: keys?.key, cert: keys?.cert, logger: false,
      disabledCommands: [...(plain ? ['STARTTLS'] : []), ...(user ? [] : ['AUTH'])],
      authOptional: !user, allowInsecureAuth: false, closeTimeout: 100,
      onConnect(session, reply) {
        box.sessions.push(session);
        if (!box.silent) reply();
      },
      onAuth: (auth, session, reply) =>
        (auth.username === user && auth.password === password ? reply(null, { user }) : reply(refusal(535, 'Wrong password'))),
      onRcptTo(address, session, reply) {
        const code = box.onRecipient?.(address.address);
        reply(code ? refusal(code, 'Not now') : null);
      },
      onData(stream, session, reply) {
        const chunks = [];
        stream.on('data', (bytes) => chunks.push(bytes));
        stream.on('end', async () => {
          const mail = { from: session.envelope.mailFrom.address, to: session.envelope.rcptTo.map((r) => r.address),
                         secure: session.secure, text: Buffer.concat(chunks).toString('utf8') };
          box.mails.push(mail);
          const code = await box.onMail?.(mail);
          reply(code ? refusal(code, 'No') : null);
        });
      },
    });
    box.server.on('error', () => {});  // a client that goes away, a handshake that fails: what the tests are about
    await new Promise((resolve) => box.server.listen(0, '127.0.0.1', resolve));
    box.port = box.server.server.address().port;
    box.server.server.unref();  // a test that failed shall end all the same
    return box;
  }
  close() {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export function header(mail, name) {
  const head = mail.text.slice(0, mail.text.indexOf('\r\n\r\n')).replace(/\r\n[ \t]/g, ' ');
  return head.split('\r\n').filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `)).map((line) => line.slice(name.length + 2));
}

// "=?UTF-8?B?…?=" words as text.
export function decoded(text) {
  return text.replace(/\?=\s+=\?/g, '?==?').replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, base64) => Buffer.from(base64, 'base64').toString('utf8'));
}

// The bodies of the alternatives.
export function bodies(mail) {
  const boundary = /boundary="([^"]+)"/.exec(mail.text)[1];
  return mail.text.split(`--${boundary}`).slice(1, -1).map((part) => {
    const at = part.indexOf('\r\n\r\n');
    return { type: /Content-Type: ([^;\r]+)/.exec(part)[1], text: Buffer.from(part.slice(at), 'base64').toString('utf8') };
  });
}
