// Visitors who talk without pause and write down what the server has promised them.
import { randomUUID } from 'node:crypto';
import { check, same, until } from './check.mjs';
import { kResumeMessages, Visitor } from './people.mjs';

const kInFlight = 3;

export class Talker {
  static async arrive(port, key) {
    const talker = new Talker();
    talker.visitor = await Visitor.start(port, key);
    talker.acknowledged = new Map();  // id → seq; survives all lives of the server, as a client's own log does
    talker.open = new Map();          // id → text, sent and not yet acknowledged
    talker.said = 0;
    return talker;
  }

  async connect() {
    await this.visitor.connect();
    const { socket } = this.visitor;
    socket.onEvent = (event) => {
      if (event.type === 'error') this.refused = event;
      if (event.type !== 'received') return;
      this.acknowledged.set(event.id, event.seq);
      this.open.delete(event.id);
      if (this.talking) this.#say();
    };
    for (const [id, text] of this.open) socket.send({ type: 'send', id, text });  // what nobody answered for
  }
  talk() {
    this.talking = true;
    for (let i = 0; i < kInFlight; i += 1) this.#say();
  }
  pause() {
    this.talking = false;
  }
  async settled() {
    await until('everything sent to be acknowledged', () => this.open.size === 0 || this.visitor.socket.closed);
  }

  #say() {
    const [id, text] = [randomUUID(), `Сообщение ${(this.said += 1)}`];
    this.open.set(id, text);
    this.visitor.socket.send({ type: 'send', id, text });
  }

  // Everything the server has, read as a widget resumes: again and again from what it holds.
  async history() {
    const reader = Object.assign(new Visitor(), this.visitor);
    await reader.connect();
    const held = new Map();
    for (let since = 0; ;) {
      for (const event of reader.socket.events.slice(since)) if (event.type === 'message') held.set(event.message.seq, event.message);
      if (held.has(reader.last)) break;
      const after = Math.max(...held.keys());
      since = reader.socket.events.length;
      reader.socket.send(reader.hello({ after }));
      await reader.messagesUpTo(Math.min(reader.last, after + kResumeMessages), since);
    }
    reader.socket.cut();
    return [...held.values()].sort((a, b) => a.seq - b.seq);
  }
}

// What of its promises the server has not kept, by kind.
function broken(messages, { acknowledged, open, refused }) {
  const own = messages.filter((m) => m.from === 'visitor');
  const times = new Map();
  for (const { client_id: id } of own) times.set(id, (times.get(id) ?? 0) + 1);
  const seqOf = new Map(own.map((m) => [m.client_id, m.seq]));
  const ids = [...acknowledged.keys()];
  return {
    lost: ids.filter((id) => !times.has(id)),
    twice: [...times].filter(([, count]) => count > 1),
    renumbered: ids.filter((id) => times.has(id) && seqOf.get(id) !== acknowledged.get(id)),
    'from nobody': [...times.keys()].filter((id) => !acknowledged.has(id) && !open.has(id)),
    gaps: messages.filter((m, i) => m.seq !== i + 1),
    'without reply': own.filter((m) => messages[m.seq]?.from !== 'assistant'),
    refused: refused ? [refused] : [],
  };
}

export async function keepsPromises(when, talker) {
  const messages = await talker.history();
  for (const [kind, all] of Object.entries(broken(messages, talker))) same(`${when}: ${kind}`, all, []);
  return messages.length;
}

// The same judgement on histories that are wrong, each in one way.
export async function brokenPromisesAreSeen(talker) {
  const right = await talker.history();
  const at = right.findIndex((m) => talker.acknowledged.has(m.client_id));
  const without = right.toSpliced(at, 2).map((m, i) => ({ ...m, seq: i + 1 }));
  const doubled = [...right, right[at], right[at + 1]].map((m, i) => ({ ...m, seq: i + 1 }));
  const wrong = { lost: without, renumbered: without, twice: doubled, gaps: right.toSpliced(at, 1), 'without reply': right.slice(0, at + 1),
                  'from nobody': right.with(at, { ...right[at], client_id: randomUUID() }) };
  for (const [kind, messages] of Object.entries(wrong)) check(`a history that is wrong is seen: ${kind}`, broken(messages, talker)[kind].length > 0);
}
