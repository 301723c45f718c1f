// Ways to get a JSON body wrong, made from the route's own schema: {name, text, pointer?, status?, type?}.
const kBig = 300 * 1024;

function resolve(schema, document) {
  if (!schema.$ref) return schema;
  return resolve(schema.$ref.slice(2).split('/').reduce((at, name) => at[name], document), document);
}

// The body with the value at the path changed; undefined removes the member.
function changed(body, path, value) {
  const copy = structuredClone(body);
  const parent = path.slice(0, -1).reduce((at, name) => at[name], copy);
  if (value === undefined) delete parent[path.at(-1)];
  else parent[path.at(-1)] = value;
  return JSON.stringify(copy);
}

// What may also be null is judged as what it is otherwise.
function beside(schema, document) {
  const one = schema.anyOf?.find((each) => each.type !== 'null');
  return one ? { ...resolve(one, document), nullable: true } : schema;
}

function* ofValue(schema, path, body) {
  const pointer = `/${path.join('/')}`;
  const bad = (name, value) => ({ name: `${pointer} ${name}`, text: changed(body, path, value), pointer });
  for (const [name, value] of [['is null', null], ['is a list', []], ['is an object', { a: 1 }]]) {
    const fits = { 'is null': schema.nullable, 'is a list': schema.type === 'array', 'is an object': schema.type === 'object' };
    if (!fits[name]) yield bad(name, value);
  }
  if (schema.type !== 'boolean') yield bad('is a truth value', true);
  if (schema.type !== 'integer') yield bad('is a number', 7);
  if (schema.type !== 'string') yield bad('is a text', 'seven');
  if (schema.type === 'integer') {
    yield bad('is a fraction', 1.5);
    if (schema.minimum !== undefined) yield bad('is too small', schema.minimum - 1);
    if (schema.maximum !== undefined) yield bad('is too big', schema.maximum + 1);
    yield { name: `${pointer} is beyond all numbers`, text: changed(body, path, 0).replace(/"([a-z]+)":0/, '"$1":1e999') };
  }
  if (schema.type !== 'string') return;
  if (schema.enum) yield bad('is none of them', 'none-of-them');
  if (schema.format === 'uuid') for (const id of ['', '1', 'g'.repeat(36), '0'.repeat(400)]) yield bad(`is no UUID (${id.length})`, id);
  if (schema.minLength) yield bad('is empty', '');
  if (schema.maxLength) {
    yield bad('is too long', 'я'.repeat(schema.maxLength + 1));
    // Control characters are taken out of what a person typed; a password is taken as it is, and a token too, which some routes answer alike whatever it is.
    if (schema.minLength && path.at(-1) !== 'token') yield { name: `${pointer} is control characters only`, text: changed(body, path, '\u0000\u0007'), ...(path.at(-1) !== 'password' && { pointer }) };
    yield { name: `${pointer} is not UTF-8`, text: Buffer.from(changed(body, path, '@@@@').replace('@@@@', 'a\xff\xc0b'), 'latin1') };
    yield { name: `${pointer} is half a character`, text: changed(body, path, '@@@@').replace('@@@@', '\\ud83d') };
  }
}

function* ofObject(schema, document, path, body) {
  const object = resolve(schema, document);
  const at = path.map((name) => `/${name}`).join('');
  yield { name: `${at || '/'} has an unknown member`, text: changed(body, [...path, 'x_unknown'], 1), pointer: `${at}/x_unknown`, status: 400 };
  for (const required of object.required ?? []) {
    yield { name: `${at}/${required} is missing`, text: changed(body, [...path, required], undefined), pointer: `${at}/${required}` };
  }
  for (const [name, property] of Object.entries(object.properties)) {
    const inner = beside(resolve(property, document), document);
    yield* ofValue(inner, [...path, name], body);
    if (inner.type === 'object') yield* ofObject(inner, document, [...path, name], body);
  }
}

export function* mutations(schema, document, body) {
  yield* ofObject(schema, document, [], body);
  const text = JSON.stringify(body);
  const [first] = Object.keys(body);
  yield { name: 'a member twice', text: `${text.slice(0, -1)},${JSON.stringify(first)}:${JSON.stringify(body[first])}}`, pointer: `/${first}`, status: 400 };
  yield { name: 'a member twice, once escaped', text: `${text.slice(0, -1)},"\\u00${first.charCodeAt(0).toString(16)}${first.slice(1)}":${JSON.stringify(body[first])}}`, status: 400 };
  for (const broken of ['{', '{"', '{"a":', text.slice(0, -1), `${text}}`, `${text}${text}`, `// no\n${text}`, `${text.slice(0, -1)},}`, "{'a':1}", '\ufeff', 'NaN', '{"a":01}']) {
    yield { name: `malformed: ${broken.slice(0, 12)}… (${broken.length})`, text: broken, status: 400 };
  }
  for (const other of ['[]', 'null', '7', '"text"', 'true']) yield { name: `not an object: ${other}`, text: other };
  yield { name: 'nested beyond measure', text: `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, status: 400 };
  yield { name: 'thousands of members', text: `{${Array.from({ length: 9000 }, (_, i) => `"m${i}":1`).join(',')}}` };
  yield { name: 'empty', text: '' };
  yield { name: 'blank', text: ' \n ' };
  yield { name: '300 KB', text: changed(body, ['x_unknown'], 'x'.repeat(kBig)), status: 413 };
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', '']) {
    yield { name: `sent as "${type}"`, text, type };
  }
}

// The same body with every free text exactly as long as it may be; `exact` are texts of a form of their own (dates, hashes).
export function atTheLimit(schema, document, body, exact = []) {
  const copy = structuredClone(body);
  for (const [name, property] of Object.entries(resolve(schema, document).properties)) {
    const inner = resolve(property, document);
    if (inner.type === 'string' && inner.maxLength && !inner.format && !inner.enum && !exact.includes(name)) copy[name] = 'я'.repeat(inner.maxLength);
  }
  return copy;
}
