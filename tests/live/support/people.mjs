// Those who talk to the server: an employee at the panel, a visitor at the widget.
import { createHash, randomUUID } from 'node:crypto';
import { request } from './http.mjs';
import { Socket } from './websocket.mjs';

export const csrfOf = (cookie) => createHash('sha256').update(`chatika csrf\n${cookie}`).digest('hex');
export const ownOrigin = (port) => `http://localhost:${port}`;
const kTurnsOfBooking = 14;
export const kResumeMessages = 400;  // the most that one hello brings

let nextAddress = 1;
// Sign-in attempts are counted by address: those who are not under test each come from their own.
const ownAddress = () => `127.20.${nextAddress >> 8}.${(nextAddress++ & 255) || 1}`;

export class Employee {
  static async signIn(port, email, password, { from = ownAddress(), headers = {} } = {}) {
    const answer = await request(port, { method: 'POST', path: '/api/v1/session', from, body: JSON.stringify({ email, password }),
                                         headers: { 'content-type': 'application/json', origin: ownOrigin(port), ...headers } });
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text}`);
    const me = new Employee();
    Object.assign(me, { port, session: answer.json, answer, csrf: answer.json.csrf });
    me.cookie = /^__Host-chatika=([^;]+)/.exec(answer.headers['set-cookie'][0])[1];
    return me;
  }

  headers(method = 'GET', body = undefined) {
    const out = { cookie: `__Host-chatika=${this.cookie}` };
    if (method !== 'GET') Object.assign(out, { 'x-csrf-token': this.csrf, origin: ownOrigin(this.port) });
    if (body !== undefined) out['content-type'] = 'application/json';
    return out;
  }
  call(method, path, body, headers = {}) {
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return request(this.port, { method, path, body: text, headers: { ...this.headers(method, body), ...headers } });
  }
  async get(path) {
    const answer = await this.call('GET', path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }
  socket(headers = {}) {
    return Socket.open(this.port, '/api/v1/socket', { cookie: `__Host-chatika=${this.cookie}`, origin: ownOrigin(this.port), ...headers });
  }
}

export class Visitor {
  static async start(port, key, { language = 'ru', from, headers = {}, health = false, clientId = randomUUID() } = {}) {
    const config = await request(port, { path: `/widget/v1/config?key=${key}&language=${language}`, from, headers });
    if (config.status !== 200) throw new Error(`config answered ${config.status}: ${config.text}`);
    const { version, hash } = config.json.consent;
    const body = JSON.stringify({ key, client_id: clientId, language, widget_version: 'live-test',
                                  consent: { version, hash, agreed: true, health: health && config.json.consent.health !== null } });
    const answer = await request(port, { method: 'POST', path: '/widget/v1/conversations', body, from,
                                         headers: { 'content-type': 'application/json', origin: ownOrigin(port), ...headers } });
    if (answer.status !== 201) throw new Error(`start answered ${answer.status}: ${answer.text}`);
    const visitor = new Visitor();
    Object.assign(visitor, { port, key, language, from, headers, id: answer.json.conversation, token: answer.json.token });
    return visitor;
  }

  async connect() {
    this.socket = await Socket.open(this.port, `/widget/v1/socket?key=${this.key}`, { origin: ownOrigin(this.port), ...this.headers }, this.from);
    if (this.socket.status !== 101) throw new Error(`the upgrade answered ${this.socket.status}`);
    this.socket.send(this.hello());
    const welcome = await this.socket.next('welcome', (e) => e.type === 'welcome');
    this.last = welcome.last;
    await this.messagesUpTo(Math.min(welcome.last, kResumeMessages));
    return this;
  }
  hello(changes = {}) {
    return { type: 'hello', key: this.key, conversation: this.id, token: this.token, after: 0, language: this.language, ...changes };
  }
  messagesUpTo(seq, since = 0) {
    return seq === 0 ? null : this.socket.next(`message ${seq}`, (e) => e.type === 'message' && e.message.seq >= seq, { since });
  }

  // Sends and waits for what the other side says to it.
  async say(text, choice) {
    const id = randomUUID();
    const since = this.socket.events.length;
    this.socket.send({ type: 'send', id, text, ...(choice && { choice }) });
    const received = await this.socket.next('receipt', (e) => (e.type === 'received' && e.id === id) || (e.type === 'error' && e.id === id), { since });
    if (received.type === 'error') throw new Error(`refused: ${JSON.stringify(received)}`);
    const reply = await this.socket.next('reply', (e) => e.type === 'message' && e.message.seq > received.seq && e.message.from !== 'visitor', { since });
    return reply.message;
  }

  // Walks through the assistant's questions, taking what is offered first.
  async answerAll(message, answers) {
    for (let turn = 0; turn < kTurnsOfBooking; turn += 1) {
      if (message.booking?.status === 'confirmed') return message;
      const time = message.days.flatMap((day) => day.times)[answers.skipTimes ?? 0];
      const yes = message.choices.find((c) => /^(да|yes|confirm|подтвер|запис)/i.test(c.label)) ?? message.choices[0];
      if (message.ask) message = await this.say(answers[message.ask]);
      else if (time) message = await this.say(time.label, time.id);
      else if (answers.until?.(message)) return message;
      else if (yes) message = await this.say(yes.label, yes.id);
      else return message;
    }
    return message;
  }
  async book(answers) {
    const message = await this.answerAll(await this.say('Хочу записаться', 'book'), answers);
    if (!message.booking) throw new Error(`no booking: ${JSON.stringify(message)}`);
    return message.booking;
  }
  async callBack(answers) {
    return this.answerAll(await this.say('Перезвоните мне', 'callback'), { until: () => true, ...answers });
  }
}
