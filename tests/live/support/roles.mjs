// Who may call which route: the one table, written down a second time beside the program's. A route without a row fails the
// tests; who is not named is denied.
//   open: anybody · widget: anybody with the public key · newcomer: signed in, even before accepting and signing ·
//   employee · steward: owners and the privacy officer · owner · officer
const kTable = {
  open: ['POST /api/v1/session', 'GET /privacy/v1/{public_key}/business', 'POST /privacy/v1/{public_key}/requests',
         'POST /privacy/v1/{public_key}/requests/status', 'POST /privacy/v1/{public_key}/requests/verify',
         'POST /privacy/v1/{public_key}/requests/code', 'POST /privacy/v1/{public_key}/requests/answer-pdf',
         'POST /privacy/v1/{public_key}/requests/answer-json', 'POST /privacy/v1/{public_key}/withdrawal-link',
         'POST /privacy/v1/{public_key}/acknowledge', 'POST /privacy/v1/{public_key}/withdraw'],
  widget: ['GET /widget/v1/config', 'POST /widget/v1/conversations', 'GET /widget/v1/articles/{id}', 'POST /widget/v1/my-data',
           'POST /widget/v1/my-data/withdraw', 'POST /widget/v1/my-data/object', 'POST /widget/v1/my-data/looked', 'POST /widget/v1/my-data/requests'],
  newcomer: ['GET /api/v1/session', 'DELETE /api/v1/session', 'GET /api/v1/duties', 'POST /api/v1/duties/agreement',
             'POST /api/v1/duties/signatures', 'POST /api/v1/duties/access-requests'],
  employee: ['GET /api/v1/conversations', 'GET /api/v1/conversations/{id}', 'GET /api/v1/conversations/{id}/messages',
             'POST /api/v1/conversations/{id}/messages', 'POST /api/v1/conversations/{id}/take',
             'POST /api/v1/conversations/{id}/hand-back', 'POST /api/v1/conversations/{id}/close',
             'POST /api/v1/conversations/{id}/read', 'GET /api/v1/leads', 'POST /api/v1/leads/{id}/status', 'GET /api/v1/bookings',
             'POST /api/v1/bookings/{id}/cancel', 'GET /api/v1/services', 'GET /api/v1/articles', 'GET /api/v1/articles/{id}'],
  steward: ['GET /api/v1/organisation', 'GET /api/v1/privacy/staff', 'POST /api/v1/privacy/reviews/{id}/done',
            'GET /api/v1/privacy/internal-documents', 'GET /api/v1/privacy/status', 'GET /api/v1/privacy/tasks',
            'POST /api/v1/privacy/tasks', 'POST /api/v1/privacy/tasks/{id}/done', 'GET /api/v1/mail', 'GET /api/v1/outbox',
            'GET /api/v1/outbox/{id}/attempts', 'POST /api/v1/outbox/{id}/retry', 'GET /api/v1/jobs', 'POST /api/v1/jobs/{id}/retry'],
  owner: ['POST /api/v1/articles', 'POST /api/v1/articles/ask', 'PUT /api/v1/articles/{id}', 'DELETE /api/v1/articles/{id}',
          'POST /api/v1/organisation/processing-agreement', 'PUT /api/v1/organisation', 'PUT /api/v1/privacy/responsible',
          'PUT /api/v1/privacy/employees/{id}/access', 'POST /api/v1/privacy/employees/{id}/disable',
          'POST /api/v1/privacy/employees/{id}/enable', 'POST /api/v1/privacy/access/{id}/grant',
          'POST /api/v1/privacy/access/{id}/refuse', 'POST /api/v1/privacy/access/{id}/revoke',
          'POST /api/v1/privacy/internal-documents', 'POST /api/v1/mail/check'],
  officer: [
            'POST /api/v1/privacy/subjects/find', 'GET /api/v1/privacy/subjects/{id}',
            'GET /api/v1/privacy/subjects/{id}/file.json', 'GET /api/v1/privacy/subjects/{id}/file.pdf', 'POST /api/v1/privacy/subjects/{id}/correct',
            'POST /api/v1/privacy/subjects/{id}/block', 'POST /api/v1/privacy/subjects/{id}/unblock',
            'POST /api/v1/privacy/subjects/{id}/hold', 'POST /api/v1/privacy/subjects/{id}/erase',
            'POST /api/v1/privacy/subjects/{id}/cancel-erasure', 'GET /api/v1/privacy/holds',
            'POST /api/v1/privacy/holds/{id}/release', 'GET /api/v1/privacy/consents', 'GET /api/v1/privacy/retention',
            'PUT /api/v1/privacy/retention', 'POST /api/v1/privacy/retention/sweep', 'GET /api/v1/privacy/statistics',
            'GET /api/v1/privacy/destruction', 'POST /api/v1/privacy/destruction/verify', 'GET /api/v1/privacy/destruction/{id}',
            'GET /api/v1/privacy/destruction/{id}/log.json', 'GET /api/v1/privacy/destruction/{id}/act.pdf',
            'GET /api/v1/privacy/recipients', 'POST /api/v1/privacy/recipients', 'POST /api/v1/privacy/recipients/{id}/retire',
            'GET /api/v1/privacy/notices', 'POST /api/v1/privacy/notices/{id}/acknowledge',
            'GET /api/v1/privacy/audit', 'GET /api/v1/privacy/subjects/{id}/audit', 'GET /api/v1/privacy/audit/export', 'POST /api/v1/privacy/audit/verify',
            'GET /api/v1/privacy/documents', 'GET /api/v1/privacy/documents/changes', 'GET /api/v1/privacy/documents/{kind}',
            'GET /api/v1/privacy/documents/{kind}/pdf',
            'POST /api/v1/privacy/documents/changes/{version}/filed', 'GET /api/v1/privacy/documents/changes/{version}/notice/pdf',
            'POST /api/v1/privacy/breaches/{id}/told', 'GET /api/v1/privacy/breaches/{id}/notices/{kind}', 'GET /api/v1/privacy/breaches/{id}/notices/{kind}/pdf',
            'GET /api/v1/privacy/breaches', 'POST /api/v1/privacy/breaches', 'GET /api/v1/privacy/breaches/{id}',
            'POST /api/v1/privacy/breaches/{id}/edit', 'POST /api/v1/privacy/breaches/{id}/notified',
            'POST /api/v1/privacy/breaches/{id}/reported', 'POST /api/v1/privacy/breaches/{id}/close',
            'GET /api/v1/privacy/requests', 'POST /api/v1/privacy/requests', 'GET /api/v1/privacy/requests/{id}', 'GET /api/v1/privacy/requests/{id}/access.pdf', 'GET /api/v1/privacy/requests/{id}/access.json',
            ...['take', 'link', 'verify', 'extend', 'answer', 'refuse', 'execute', 'tasks/{task}/done', 'close'].map((act) => `POST /api/v1/privacy/requests/{id}/${act}`)],
};
const kGateOf = new Map(Object.entries(kTable).flatMap(([gate, names]) => names.map((name) => [name, gate])));

export const gateOf = (route) => kGateOf.get(route.name);
export const kNamed = [...kGateOf.keys()];

// `who` is an Employee.
export function passes(route, who) {
  const { role, officer } = who.session.employee;
  switch (gateOf(route)) {
    case 'open':
    case 'widget':
    case 'newcomer':
    case 'employee':
      return true;
    case 'steward':
      return role === 'owner' || officer;
    case 'owner':
      return role === 'owner';
    case 'officer':
      return officer;
    default:
      return false;
  }
}
