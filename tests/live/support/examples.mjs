// A good request for every route of the OpenAPI document. A route that has none here fails the tests: whoever adds a
// route says here how it is asked for, and gets the matrix, the other business's 404 and the bad input tested with it.
import { randomUUID } from 'node:crypto';

const kAccepted = '0'.repeat(64);  // accepting again changes nothing, whatever the text

// id: makes what {id} names. body: of the request. exact: texts of a form of their own (a date, a hash, a code). spends: the route uses the session up. after: puts right what it did.
const kExamples = {
  'GET /widget/v1/config': { query: (b) => `key=${b.key}&language=ru` },
  'POST /widget/v1/conversations': { body: (b) => b.startBody() },
  'GET /widget/v1/articles/{id}': { id: (b) => b.article(), query: (b) => `key=${b.key}` },
  'POST /api/v1/session': {
    body: (b) => ({ email: b.signIns[0].email, password: b.signIns[0].password }), ownAddress: true,
  },
  'GET /api/v1/session': {},
  'DELETE /api/v1/session': { spends: true },
  'GET /api/v1/conversations': { query: () => 'status=assistant&limit=2' },
  'GET /api/v1/conversations/{id}': { id: (b) => b.conversation() },
  'GET /api/v1/conversations/{id}/messages': { id: (b) => b.conversation(), query: () => 'limit=2' },
  'POST /api/v1/conversations/{id}/messages': {
    id: (b, who) => b.takenBy(who), body: () => ({ client_id: randomUUID(), text: 'Здравствуйте! Чем помочь?' }),
  },
  'POST /api/v1/conversations/{id}/take': { id: (b) => b.conversation() },
  'POST /api/v1/conversations/{id}/hand-back': { id: (b, who) => b.takenBy(who) },
  'POST /api/v1/conversations/{id}/close': { id: (b) => b.conversation() },
  'POST /api/v1/conversations/{id}/read': { id: (b) => b.conversation(), body: () => ({ seq: 1 }) },
  'GET /api/v1/leads': { query: () => 'status=new&limit=2' },
  'POST /api/v1/leads/{id}/status': { id: (b) => b.lead(), body: () => ({ status: 'done' }) },
  'GET /api/v1/bookings': {},
  'POST /api/v1/bookings/{id}/cancel': { id: (b) => b.booking() },
  'GET /api/v1/services': {},
  'GET /api/v1/privacy/audit': { query: () => 'operation=lead.status&from=2026-01-01&limit=2' },
  'GET /api/v1/privacy/subjects/{id}/audit': { id: (b) => b.subject(), query: () => 'limit=2' },
  'GET /api/v1/privacy/audit/export': {},
  'POST /api/v1/privacy/audit/verify': {},
  'GET /api/v1/articles': { query: () => 'language=ru&limit=2' },
  'POST /api/v1/articles': { body: () => ({ language: 'ru', title: `Новая ${randomUUID()}`, text: 'Вход со двора.' }) },
  'POST /api/v1/articles/ask': { body: () => ({ language: 'ru', question: 'Есть ли парковка?' }) },
  'GET /api/v1/articles/{id}': { id: (b) => b.article() },
  'PUT /api/v1/articles/{id}': {
    id: (b) => b.article(), body: () => ({ language: 'ru', title: `Другая ${randomUUID()}`, text: 'Вход с улицы.', version: 1 }),
  },
  'DELETE /api/v1/articles/{id}': { id: (b) => b.article() },
  'GET /api/v1/privacy/documents': { query: () => 'language=ru' },
  'GET /api/v1/privacy/documents/changes': {},
  'POST /api/v1/privacy/documents/changes/{version}/filed': {
    id: (b) => b.notifiedChange(), body: () => ({ date: '2026-01-20', number: '77-26-000001' }), exact: ['date'],
  },
  'GET /api/v1/privacy/documents/changes/{version}/notice/pdf': { id: (b) => b.notifiedChange(), query: () => 'language=ru' },
  'GET /api/v1/privacy/documents/{kind}': { word: 'policy', query: () => 'language=en' },
  'GET /api/v1/privacy/documents/{kind}/pdf': { word: 'processing_record', query: () => 'language=ru' },
  'GET /api/v1/duties': {},
  'POST /api/v1/duties/agreement': { body: () => ({ language: 'ru', hash: kAccepted }) },
  'POST /api/v1/duties/signatures': { body: async (b) => b.signature(), exact: ['hash'] },
  'POST /api/v1/duties/access-requests': { body: async (b) => (await b.refuseOpen(), { role: 'receptionist', reason: 'Работа на стойке', until: null }) },
  'POST /api/v1/organisation/processing-agreement': { body: () => ({ language: 'ru', hash: kAccepted }) },
  'GET /api/v1/organisation': {},
  'PUT /api/v1/organisation': { body: async (b) => b.sameOrganisation() },
  'GET /api/v1/privacy/staff': {},
  'PUT /api/v1/privacy/responsible': { body: (b) => ({ employee: b.owner.session.employee.id, order_number: '2-ПД', order_date: '2026-11-23' }), exact: ['order_date'] },
  'PUT /api/v1/privacy/employees/{id}/access': { id: (b) => b.receptionist.session.employee.id, body: () => ({ role: 'receptionist', until: null }) },
  'POST /api/v1/privacy/employees/{id}/disable': { id: (b) => b.receptionist.session.employee.id, after: (b) => b.restore() },
  'POST /api/v1/privacy/employees/{id}/enable': { id: (b) => b.receptionist.session.employee.id },
  'POST /api/v1/privacy/access/{id}/grant': { id: (b) => b.accessRequest(), body: () => ({ until: null }) },
  'POST /api/v1/privacy/access/{id}/refuse': { id: (b) => b.accessRequest() },
  'POST /api/v1/privacy/access/{id}/revoke': { id: (b) => b.grantedRequest(), after: (b) => b.restore() },
  'POST /api/v1/privacy/reviews/{id}/done': { id: (b) => b.review(), body: () => ({ outcome: 'Доступ соответствует обязанностям.' }) },
  'GET /api/v1/privacy/internal-documents': {},
  'POST /api/v1/privacy/internal-documents': { body: (b) => b.changedDocument(), exact: ['hash'] },
  'GET /api/v1/privacy/status': {},
  'GET /api/v1/privacy/breaches': {},
  'POST /api/v1/privacy/breaches': { body: (b) => b.breachBody() },
  'GET /api/v1/privacy/breaches/{id}': { id: (b) => b.breach() },
  'POST /api/v1/privacy/breaches/{id}/edit': { id: (b) => b.breach(), body: (b) => b.breachBody() },
  'POST /api/v1/privacy/breaches/{id}/notified': { id: (b) => b.breach(), body: () => ({ reference: '24-1', sent_at: null }) },
  'POST /api/v1/privacy/breaches/{id}/reported': { id: (b) => b.breach('notified'), body: () => ({ reference: '72-1', sent_at: null }) },
  'POST /api/v1/privacy/breaches/{id}/told': { id: (b) => b.breach(), body: () => ({ reference: 'письмом', sent_at: null }) },
  'GET /api/v1/privacy/breaches/{id}/notices/{kind}': { id: (b) => b.breach(), word: 'notice', query: () => 'language=en' },
  'GET /api/v1/privacy/breaches/{id}/notices/{kind}/pdf': { id: (b) => b.breach(), word: 'persons', query: () => 'language=ru' },
  'POST /api/v1/privacy/breaches/{id}/close': { id: (b) => b.breach('notified', 'reported') },
  'GET /api/v1/privacy/tasks': {},
  'POST /api/v1/privacy/tasks': { body: () => ({ title: 'Провести инструктаж', due: new Date(Date.now() + 864e5).toISOString() }) },
  'POST /api/v1/privacy/tasks/{id}/done': { id: (b) => b.task() },
  'POST /api/v1/privacy/subjects/find': { body: () => ({ text: '+7 912 000-00-01' }) },
  'GET /api/v1/privacy/subjects/{id}': { id: (b) => b.subject() },
  'GET /api/v1/privacy/subjects/{id}/file.json': { id: (b) => b.subject() },
  'GET /api/v1/privacy/subjects/{id}/file.pdf': { id: (b) => b.subject() },
  'POST /api/v1/privacy/subjects/{id}/correct': {
    id: (b) => b.subject(), body: () => ({ field: 'visitor.name', value: `Имя ${randomUUID().slice(0, 8)}`, reason: 'опечатка' }), exact: ['field', 'value'],
  },
  'POST /api/v1/privacy/subjects/{id}/block': { id: (b) => b.subject(), body: () => ({ reason: 'спор о точности' }) },
  'POST /api/v1/privacy/subjects/{id}/unblock': { id: (b) => b.subject(), body: () => ({ reason: 'исправлено' }) },
  'POST /api/v1/privacy/subjects/{id}/hold': {
    id: (b) => b.subject(), body: () => ({ field: 'visitor.phone', article: 'ст. 29 402-ФЗ', reason: 'учёт оплаты' }), exact: ['field'],
  },
  'POST /api/v1/privacy/subjects/{id}/erase': { id: (b) => b.subject(), body: () => ({ reason: 'request', now: false }) },
  'POST /api/v1/privacy/subjects/{id}/cancel-erasure': { id: (b) => b.plannedErasure() },
  'GET /api/v1/privacy/holds': { query: () => 'state=active&limit=2' },
  'POST /api/v1/privacy/holds/{id}/release': { id: (b) => b.hold(), body: () => ({ reason: 'срок вышел' }) },
  'GET /api/v1/privacy/consents': { query: () => 'act=given&limit=2' },
  'GET /api/v1/privacy/retention': {},
  'PUT /api/v1/privacy/retention': { body: () => ({ category: 'contacts', days: 200 }), exact: ['category'] },
  'POST /api/v1/privacy/retention/sweep': {},
  'GET /api/v1/privacy/statistics': { query: () => 'days=7' },
  'GET /api/v1/privacy/destruction': { query: () => 'limit=2' },
  'POST /api/v1/privacy/destruction/verify': {},
  'GET /api/v1/privacy/destruction/{id}': { id: (b) => b.destruction() },
  'GET /api/v1/privacy/destruction/{id}/log.json': { id: (b) => b.destruction() },
  'GET /api/v1/privacy/destruction/{id}/act.pdf': { id: (b) => b.destruction() },
  'GET /api/v1/privacy/recipients': {},
  'POST /api/v1/privacy/recipients': { body: () => ({ name: 'CRM партнёра', email: 'privacy@crm.example', kind: 'crm' }), exact: ['email'] },
  'POST /api/v1/privacy/recipients/{id}/retire': { id: (b) => b.recipient() },
  'GET /api/v1/privacy/notices': { query: () => 'state=open&limit=2' },
  'POST /api/v1/privacy/notices/{id}/acknowledge': { id: (b) => b.notice() },
  'GET /api/v1/mail': {},
  'POST /api/v1/mail/check': {},
  'GET /api/v1/outbox': { query: () => 'state=waiting&limit=2' },
  'GET /api/v1/outbox/{id}/attempts': { id: (b) => b.mail() },
  'POST /api/v1/outbox/{id}/retry': { id: (b) => b.mail() },
  'GET /api/v1/jobs': { query: () => 'state=dead&limit=2' },
  'POST /api/v1/jobs/{id}/retry': { id: (b) => b.job() },
};
const kAsked = { type: 'information', name: 'Мария Пробная', contact: 'maria@visitor.example', data: 'Переписка в чате', essence: 'Что у вас есть обо мне?' };
Object.assign(kExamples, {
  'GET /api/v1/privacy/requests': { query: () => 'filter=open&limit=2' },
  'POST /api/v1/privacy/requests': { body: () => ({ ...kAsked, channel: 'paper' }) },
  'GET /api/v1/privacy/requests/{id}': { id: (b) => b.request() },
  'GET /api/v1/privacy/requests/{id}/access.pdf': { id: (b) => b.request('link', 'verify') },
  'GET /api/v1/privacy/requests/{id}/access.json': { id: (b) => b.request('link', 'verify') },
  'POST /privacy/v1/{public_key}/requests/answer-pdf': { body: async (b) => ({ token: await b.requestToken() }), ownAddress: true, answers: 404 },
  'POST /privacy/v1/{public_key}/requests/answer-json': { body: async (b) => ({ token: await b.requestToken() }), ownAddress: true, answers: 404 },
  'POST /api/v1/privacy/requests/{id}/take': { id: (b) => b.request() },
  'POST /api/v1/privacy/requests/{id}/link': { id: (b) => b.request(), body: async (b) => ({ subject: await b.subject() }) },
  'POST /api/v1/privacy/requests/{id}/verify': { id: (b) => b.request(), body: () => ({ reason: 'Позвонили по известному номеру' }) },
  'POST /api/v1/privacy/requests/{id}/extend': { id: (b) => b.request(), body: () => ({ reason: 'Данные в архиве' }) },
  'POST /api/v1/privacy/requests/{id}/answer': { id: (b) => b.request('verify'), body: () => ({ text: 'Сведения собраны в приложении.' }) },
  'POST /api/v1/privacy/requests/{id}/refuse': { id: (b) => b.request(), body: () => ({ reason: 'Повторный запрос', article: 'ч. 6 ст. 14 152-ФЗ' }) },
  'POST /api/v1/privacy/requests/{id}/execute': { id: (b) => b.request('link', 'verify') },
  'POST /api/v1/privacy/requests/{id}/tasks/{task}/done': { id: (b) => b.request('verify') },
  'POST /api/v1/privacy/requests/{id}/close': { id: (b) => b.request('refuse') },
  'GET /privacy/v1/{public_key}/business': { query: () => 'language=ru' },
  'POST /privacy/v1/{public_key}/requests': {
    body: () => ({ type: 'information', full_name: kAsked.name, email: kAsked.contact, data_description: kAsked.data, essence: kAsked.essence, phone: null, language: 'ru' }),
    ownAddress: true,
  },
  'POST /privacy/v1/{public_key}/requests/status': { body: async (b) => ({ token: await b.requestToken() }), ownAddress: true },
  // Only the mail has the right code; what a wrong one is answered is tested in requests.mjs.
  'POST /privacy/v1/{public_key}/requests/verify': { body: async (b) => ({ token: await b.requestToken(), code: '000000' }), ownAddress: true, answers: 422 },
  'POST /privacy/v1/{public_key}/requests/code': { body: async (b) => ({ token: await b.requestToken() }), ownAddress: true },
  'POST /privacy/v1/{public_key}/withdrawal-link': { body: () => ({ email: kAsked.contact, language: 'ru' }), ownAddress: true },
  'POST /privacy/v1/{public_key}/acknowledge': { body: () => ({ token: 'A'.repeat(43) }), ownAddress: true, answers: 404 },
  'POST /privacy/v1/{public_key}/withdraw': { body: () => ({ token: 'A'.repeat(43) }), ownAddress: true, answers: 401 },
  'POST /widget/v1/my-data': { body: (b) => b.proof() },
  'POST /widget/v1/my-data/withdraw': { body: (b) => b.proof() },
  'POST /widget/v1/my-data/object': { body: async (b) => ({ ...(await b.proof()), on: true }) },
  'POST /widget/v1/my-data/looked': { body: (b) => b.proof() },
  'POST /widget/v1/my-data/requests': { body: async (b) => ({ ...(await b.proof()), type: 'information', essence: null, email: null }) },
});
export const kKnown = Object.keys(kExamples);

let address = 1;

// Routes of the document: {name, method, path, operation, example, signedIn, status, schema}.
export function routesOf(document) {
  const out = [];
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const name = `${method.toUpperCase()} ${path}`;
      out.push({ name, method: method.toUpperCase(), path, operation, example: kExamples[name],
                 signedIn: operation.security !== undefined,
                 status: kExamples[name]?.answers ?? Number(Object.keys(operation.responses).find((s) => s !== 'default')),
                 schema: operation.requestBody?.content['application/json'].schema });
    }
  }
  return out;
}

export function pathOf(route, business, id) {
  const query = route.example.query?.(business);
  return route.path.replace('{id}', id ?? '').replace('{version}', id ?? '').replace('{public_key}', business.key).replace('{task}', business.caseTask ?? randomUUID()).replace(/\{(kind)\}/, route.example.word ?? '') + (query ? `?${query}` : '');
}

// The good request of a route, of `who` (an Employee, or null for nobody) at `business`. `id` replaces the route's own.
export async function good(route, business, who, id) {
  const target = id ?? (await route.example.id?.(business, who ?? business.owner));
  const body = route.example.body && JSON.stringify(await route.example.body(business));
  const headers = who ? who.headers(route.method, body) : { origin: `http://localhost:${business.port}`, ...(body && { 'content-type': 'application/json' }) };
  const request = { method: route.method, path: pathOf(route, business, target), headers, body };
  if (route.example.ownAddress) request.from = `127.30.${address >> 8}.${(address++ & 255) || 1}`;
  return request;
}
