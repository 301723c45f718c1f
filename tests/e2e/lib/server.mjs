// A real `chatika serve --demo` of its own: free ports, its own directory, gone at the end.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { cleanUp, until, witness } from "./checks.mjs";

export const kRoot = path.resolve(import.meta.dirname, "../../..");
const kBinary = process.env.CHATIKA_BIN ?? path.join(kRoot, "build/chatika");
/** The demo serves TLS at its port and this. */
const kTlsDistance = 363;
const kPortTries = 50;
/** Characters of the end of the log that are told when the server is gone. */
const kTellOfLog = 600;

const free = (port) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });

async function freePort() {
  for (let tries = 0; tries < kPortTries; tries += 1) {
    const port = 20_000 + Math.floor(Math.random() * 20_000);
    if ((await free(port)) && (await free(port + kTlsDistance))) return port;
  }
  throw new Error("no free pair of ports");
}

export class Server {
  #child = null;
  #log = "";

  constructor(port, folder) {
    this.port = port;
    this.data = path.join(folder, "data");
    this.origin = `http://localhost:${port}`;
    this.socketOrigin = `ws://localhost:${port}`;
  }

  static async begin() {
    const folder = mkdtempSync(path.join(tmpdir(), "chatika-e2e-"));
    cleanUp(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
    const server = new Server(await freePort(), folder);
    cleanUp(() => server.signal("SIGKILL"));
    witness(() => (server.alive ? "" : `the server is down: ${server.#child?.signalCode ?? server.#child?.exitCode}\n${server.#log.slice(-kTellOfLog)}`));
    await server.start();
    return server;
  }

  /** On the same port and data every time. */
  async start() {
    const child = spawn(kBinary, ["serve", "--demo", "--port", String(this.port), "--data", this.data], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    this.#log = "";
    const note = (part) => {
      this.#log = (this.#log + part).slice(-20_000);
    };
    child.stdout.on("data", note);
    child.stderr.on("data", note);
    child.on("error", (why) => note(String(why)));
    await until("the server is ready", async () => {
      if (!this.alive) throw new Error(`the server ended: ${this.#log}`);
      return (await fetch(`${this.origin}/readyz`, { signal: AbortSignal.timeout(2_000) })).ok;
    }, 60_000);
  }

  get alive() {
    return this.#child !== null && this.#child.exitCode === null && this.#child.signalCode === null;
  }
  get pid() {
    return this.#child?.pid;
  }
  get log() {
    return this.#log;
  }

  signal(name) {
    if (this.alive) this.#child.kill(name);
  }

  async end(name = "SIGTERM") {
    this.signal(name);
    await until("the server has ended", () => !this.alive);
    return this.#child.exitCode;
  }

  /** E-mail and password of an employee, as the demo keeps them beside its data. */
  signIn(business, role) {
    const rows = readFileSync(`${this.data}.keys/demo-sign-ins.txt`, "utf8").trim().split("\n").map((row) => row.split("\t"));
    const row = rows.find(([, itsRole, email]) => itsRole === role && email.endsWith(`@${business}.example`));
    if (!row) throw new Error(`no sign-in for ${role} of ${business}`);
    return { email: row[2], password: row[3] };
  }

  /** A command of the same program over the same data, e.g. `audit verify`. */
  command(...words) {
    return execFileSync(kBinary, [...words, "--data", this.data], { encoding: "utf8" });
  }

  async publicKey(slug) {
    const page = await (await fetch(`${this.origin}/demo/${slug}/`)).text();
    const [, key] = /data-tenant="([^"]+)"/.exec(page) ?? [];
    if (!key) throw new Error(`the demo site of ${slug} has no widget`);
    return key;
  }
}
