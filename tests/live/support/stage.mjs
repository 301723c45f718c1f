// A server with two businesses that know nothing of each other, their employees, and a third whose widget stands on a
// website of its own; and fresh objects of every kind, made the way they come to be: by talking to the assistant.
import { randomUUID } from 'node:crypto';
import { Employee, Visitor } from './people.mjs';
import { request } from './http.mjs';
import { place } from './places.mjs';
import { command, Server } from './server.mjs';

export const kSite = 'https://partner.example';
const kPerson = { name: 'Мария Пробная', phone: '+7 912 000-11-22', email: 'maria@visitor.example' };

export class Business {
  constructor(port, slug, signIns) {
    Object.assign(this, { port, slug, signIns });
    this.booked = 0;
    this.filed = 1;
  }
  async signIn(role) {
    const { email, password } = this.signIns.find((s) => s.role === role);
    return Employee.signIn(this.port, email, password);
  }

  async visitor() {
    return (await Visitor.start(this.port, this.key)).connect();
  }
  async conversation() {
    return (await Visitor.start(this.port, this.key)).id;
  }
  async takenBy(who) {
    const id = await this.conversation();
    const answer = await who.call('POST', `/api/v1/conversations/${id}/take`);
    if (answer.status !== 200) throw new Error(`take answered ${answer.status}: ${answer.text}`);
    return id;
  }
  async lead() {
    const visitor = await this.visitor();
    await visitor.callBack(kPerson);
    visitor.socket.cut();
    const detail = await this.owner.get(`/api/v1/conversations/${visitor.id}`);
    return detail.leads[0].id;
  }
  async booking() {
    const visitor = await this.visitor();
    await visitor.book(kPerson);
    visitor.socket.cut();
    const detail = await this.owner.get(`/api/v1/conversations/${visitor.id}`);
    return detail.bookings[0].id;
  }
  // Of the privacy centre; the owner of the demo is its privacy officer.
  async asOfficer(method, path, body) {
    const answer = await this.owner.call(method, `/api/v1/privacy/${path}`, body);
    if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }
  async subject() {
    const conversation = await this.conversation();
    return (await this.asOfficer('POST', 'subjects/find', { text: conversation })).items[0].id;
  }
  async plannedErasure() {
    const id = await this.subject();
    await this.asOfficer('POST', `subjects/${id}/erase`, { reason: 'withdrawn', now: false });
    return id;
  }
  async hold() {
    const id = await this.subject();
    const file = await this.asOfficer('POST', `subjects/${id}/hold`, { field: 'visitor.ip', article: 'ст. 86 ГПК', reason: 'спор' });
    return file.holds[0].id;
  }
  async recipient() {
    return (await this.asOfficer('POST', 'recipients', { name: 'Партнёр', email: 'privacy@partner.example', kind: 'partner' })).id;
  }
  async notice() {
    await this.recipient();
    const id = await this.subject();
    await this.asOfficer('POST', `subjects/${id}/correct`, { field: 'visitor.name', value: 'Мария', reason: 'опечатка' });
    return (await this.asOfficer('GET', 'notices?state=open')).items[0].id;
  }
  // Carried out by the job right after the plan is committed.
  async destruction() {
    const id = await this.subject();
    await this.asOfficer('POST', `subjects/${id}/erase`, { reason: 'request', now: true });
    for (let i = 0; i < 200; ++i) {
      const act = (await this.asOfficer('GET', 'destruction')).items.find((a) => a.subject === id);
      if (act) return act.id;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error('the erasure was not carried out');
  }
  async article(title = `Проба ${randomUUID()}`) {
    const answer = await this.owner.call('POST', '/api/v1/articles', { language: 'ru', title, text: 'Парковка у входа бесплатная.' });
    if (answer.status !== 201) throw new Error(`article answered ${answer.status}: ${answer.text}`);
    return answer.json.id;
  }
  // A request about personal data, entered by staff, and these acts done to it.
  async request(...acts) {
    const call = async (path, body) => {
      const answer = await this.owner.call('POST', `/api/v1/privacy/requests${path}`, body);
      if (answer.status >= 300) throw new Error(`requests${path} answered ${answer.status}: ${answer.text}`);
      return answer.json;
    };
    let made = await call('', { type: 'information', name: kPerson.name, contact: kPerson.email, data: 'Переписка', essence: 'Что есть?', channel: 'paper' });
    const bodies = { verify: () => ({ reason: 'Паспорт показан' }), refuse: () => ({ reason: 'Повторный', article: 'ч. 6 ст. 14 152-ФЗ' }),
                     link: async () => ({ subject: await this.subject() }) };
    for (const act of acts) made = await call(`/${made.id}/${act}`, await bodies[act]());
    this.caseTask = made.tasks[0]?.id;
    return made.id;
  }
  async requestToken() {
    const body = { type: 'information', full_name: kPerson.name, email: kPerson.email, data_description: 'Чат', essence: 'Что есть?', language: 'ru' };
    const answer = await request(this.port, { method: 'POST', path: `/privacy/v1/${this.key}/requests`, headers: { 'content-type': 'application/json' },
                                              body: JSON.stringify(body), from: `127.31.${this.filed >> 8}.${(this.filed++ & 255) || 1}` });
    if (answer.status !== 202) throw new Error(`filing answered ${answer.status}: ${answer.text}`);
    return answer.json.token;
  }
  async subject() {
    const detail = await this.owner.get(`/api/v1/conversations/${await this.conversation()}`);
    return detail.visitor.id;
  }
  // What "my data" of the widget proves itself with.
  async proof() {
    const visitor = await Visitor.start(this.port, this.key);
    return { key: this.key, conversation: visitor.id, token: visitor.token, language: 'ru' };
  }

  // Without a mail server it waits, and so does its job.
  async mail() {
    const answer = await this.owner.call('POST', '/api/v1/mail/check');
    if (answer.status !== 201) throw new Error(`mail check answered ${answer.status}: ${answer.text}`);
    return answer.json.id;
  }
  async job() {
    await this.mail();
    return (await this.owner.get('/api/v1/jobs?state=waiting&limit=1')).items[0].id;
  }
  async consent() {
    const config = await request(this.port, { path: `/widget/v1/config?key=${this.key}&language=ru` });
    return { version: config.json.consent.version, hash: config.json.consent.hash, agreed: true, health: false };
  }
  async startBody() {
    return { key: this.key, client_id: randomUUID(), language: 'ru', widget_version: 'live-test', consent: await this.consent() };
  }

  // The organisation.
  async ok(path, body, method = 'POST') {
    const answer = await this.owner.call(method, `/api/v1/${path}`, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.json;
  }
  async refuseOpen() {
    const { access } = await this.owner.get('/api/v1/privacy/staff');
    for (const one of access.filter((a) => a.state === 'asked' && a.who.id !== this.owner.session.employee.id))
      await this.ok(`privacy/access/${one.id}/refuse`);
  }
  async accessRequest() {
    await this.refuseOpen();
    const answer = await this.receptionist.call('POST', '/api/v1/duties/access-requests', { role: 'receptionist', reason: 'Работа', until: null });
    if (answer.status !== 201) throw new Error(`asking answered ${answer.status}: ${answer.text}`);
    return answer.json.id;
  }
  async grantedRequest() {
    const id = await this.accessRequest();
    await this.ok(`privacy/access/${id}/grant`, { until: null });
    return id;
  }
  // The receptionist has their access again, and a session.
  async restore() {
    const { id } = this.receptionist.session.employee;
    await this.ok(`privacy/employees/${id}/access`, { role: 'receptionist', until: null }, 'PUT');
    await this.ok(`privacy/employees/${id}/enable`);
    this.receptionist = await this.signIn('receptionist');
  }
  async signature() {
    const { items } = await this.owner.get('/api/v1/privacy/internal-documents');
    return { document: items[0].versions[0].id, hash: items[0].versions[0].hash };
  }
  async sameOrganisation() {
    const { phone, legal } = await this.owner.get('/api/v1/organisation');
    return { phone, legal };
  }
  // A text that is not approved yet: the details have changed. In force next year, so that nobody has to sign it now.
  async changedDocument() {
    const { phone, legal } = await this.owner.get('/api/v1/organisation');
    this.houses = (this.houses ?? 0) + 1;
    await this.ok('organisation', { phone, legal: { ...legal, address: `Кленогорск, дом ${this.houses}` } }, 'PUT');
    const { items } = await this.owner.get('/api/v1/privacy/internal-documents');
    const changed = items.find((item) => item.state === 'changed' && item.kind === 'policy');
    return { kind: changed.kind, hash: changed.hash, language: 'ru', in_force_from: new Date(Date.now() + 300 * 864e5).toISOString() };
  }
  // The version of a change that Roskomnadzor has to be told of: the address was notified.
  async notifiedChange() {
    await this.changedDocument();
    const { items } = await this.owner.get('/api/v1/privacy/documents/changes');
    return items.find((item) => item.summary.notify_by !== null && item.summary.filed_at === null).summary.version;
  }
  async review() {
    return (await this.owner.get('/api/v1/privacy/staff')).reviews.find((r) => r.done_at === null).id;
  }
  breachBody() {
    return { found_at: '2026-01-15T09:00:00Z', what: 'Письмо ушло не тому человеку', cause: '', harm: '', measures: '', people: 1,
             categories: ['visitor.email'] };
  }
  async breach(...done) {
    const { id } = await this.ok('privacy/breaches', this.breachBody());
    for (const act of done) await this.ok(`privacy/breaches/${id}/${act}`, { reference: '1', sent_at: null });
    return id;
  }
  async task() {
    return (await this.ok('privacy/tasks', { title: 'Провести инструктаж', due: new Date(Date.now() + 864e5).toISOString() })).id;
  }

  // All that the business's employees can see, and the number of its last change.
  async state() {
    const socket = await this.owner.socket();
    socket.send({ type: 'hello', after: null });
    const { feed } = await socket.next('welcome', (e) => e.type === 'welcome');
    socket.cut();
    const paths = ['conversations?limit=100', 'leads?limit=100', 'bookings', 'services', 'articles?limit=100'];
    const lists = [];
    for (const path of paths) lists.push((await this.owner.call('GET', `/api/v1/${path}`)).text);
    return { feed, lists };
  }
}

export function addPartner(where) {
  const added = command(where, ['tenant', 'add', '--json', '--slug', 'partner', '--name', 'Партнёр', '--zone', 'Europe/Moscow', '--phone',
                                '+74950000000', '--address', 'Кленогорск', '--greeting', 'Здравствуйте!', '--origin', kSite,
                                '--legal-name', 'ООО «Партнёр»', '--tax-number', '0000000000', '--legal-address', 'Кленогорск',
                                '--privacy-email', 'privacy@partner.example', '--accept-agreement']);
  if (added.status !== 0) throw new Error(added.out);
  return JSON.parse(added.stdout).public_key;
}

export async function stage(storage, settings) {
  const where = await place(storage, settings);
  const partnerKey = addPartner(where);
  const server = new Server(where);
  await server.start();
  const out = { storage, place: where, server, port: server.port, partnerKey };
  for (const slug of ['clinic', 'salon']) {
    const business = new Business(server.port, slug, server.signIns().filter((s) => s.email.endsWith(`@${slug}.example`)));
    business.owner = await business.signIn('owner');
    business.receptionist = await business.signIn('receptionist');
    business.key = business.owner.session.tenant.public_key;
    out[slug] = business;
  }
  return out;
}
