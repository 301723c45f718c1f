// HTTP with full control over what is sent: browsers' clients would not let a test forge Origin or Cookie.
import http from 'node:http';
import https from 'node:https';

const kDeadlineMs = 20_000;
const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });

// body: string, Buffer or undefined. Answers {status, headers, body: Buffer, text, json}.
export function request(port, { method = 'GET', path, headers = {}, body, from, tls = false }) {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, headers: { host: `localhost:${port}`, ...headers }, timeout: kDeadlineMs };
    if (body !== undefined) options.headers['content-length'] = Buffer.byteLength(body);
    else if (!['GET', 'HEAD', 'OPTIONS', 'TRACE'].includes(method)) options.headers['content-length'] = 0;
    if (from) options.localAddress = from;  // another visitor of the loopback network
    else if (!tls) options.agent = agent;
    if (tls) options.rejectUnauthorized = false;  // the demo's own certificate
    const call = (tls ? https : http).request(options, (answer) => {
      const pieces = [];
      answer.on('data', (piece) => pieces.push(piece));
      answer.on('error', reject);
      answer.on('end', () => resolve(finished(answer, Buffer.concat(pieces))));
    });
    call.on('timeout', () => call.destroy(new Error(`no answer to ${method} ${path} in ${kDeadlineMs} ms`)));
    call.on('error', reject);
    call.end(body);
  });
}

function finished(answer, body) {
  const out = { status: answer.statusCode, headers: answer.headers, body, text: body.toString('utf8'), json: undefined };
  if (/json/.test(answer.headers['content-type'] ?? '') && !answer.headers['content-encoding']) {
    try {
      out.json = JSON.parse(out.text);
    } catch {
      out.json = undefined;
    }
  }
  return out;
}

// A refusal as docs/protocol.md promises it (RFC 9457).
export function isProblem(answer) {
  const p = answer.json;
  return answer.headers['content-type'] === 'application/problem+json' && p !== undefined && p.type === 'about:blank' &&
         p.status === answer.status && typeof p.code === 'string' && typeof p.title === 'string' && p.title !== '' &&
         Array.isArray(p.errors) && p.errors.every((e) => typeof e.pointer === 'string' && e.code !== '' && e.message !== '');
}
