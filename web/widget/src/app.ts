// The panel that the launcher opens: which step the visitor is at, and what ties the views together.
import type { Language, Source, WidgetConfig } from "@chatika/client";
import { Api, Refusal, uuid } from "./api";
import { chatView, type ChatView } from "./chat_view";
import { consentHash } from "./consent";
import { consentView, contactsView } from "./consent_view";
import { button, div, fill, h } from "./dom";
import { frame, type Frame } from "./frame";
import type { Controls, Mount } from "./mount";
import { unreadCount } from "./session";
import { Store, type Kept } from "./store";
import { Talk } from "./talk";
import type { Texts } from "./texts";

const kDrawAfterMs = 16;
const kConflict = 409;

class App implements Controls {
  readonly #mount: Mount;
  readonly #api: Api;
  readonly #store: Store;
  readonly #frame: Frame;
  readonly #stop = new AbortController();
  #language: Language;
  #config: WidgetConfig | null = null;
  #loading = false;
  #talk: Talk | null = null;
  #chat: ChatView | null = null;
  /** Takes away the source that lies over the conversation. */
  #uncover: (() => void) | null = null;
  #drawing: ReturnType<typeof setTimeout> | undefined;
  #unread = 0;
  /** What stands above the next consent: that the last one was withdrawn. */
  #farewell = "";
  /** The same through every try, so that a lost answer does not make a second conversation. */
  #attempt = uuid();

  constructor(mount: Mount) {
    const { signal } = this.#stop;
    this.#mount = mount;
    this.#api = new Api(mount.base, mount.key);
    this.#store = new Store(mount.key, () => localStorage);
    this.#language = this.#store.load()?.language ?? mount.language;
    this.#frame = frame(mount, {
      close: () => this.close(),
      escape: () => (this.#uncover ? this.#uncover() : this.close()),
      callHuman: () => this.#callHuman(),
      data: (from) => void this.#openData(from),
      speak: (language) => void this.#speak(language),
    }, signal);
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    // Another tab of this site gave the consent: go on with its conversation.
    addEventListener("storage", ({ key }) => {
      if (key === this.#store.name && this.#config && !this.#talk) this.#resume();
    }, { signal });
  }

  open(): void {
    if (this.#isOpen) return;
    this.#frame.show(true);
    this.#mount.emit("open");
    if (!this.#config) void this.#load();
    this.#talk?.connect();
    this.#look();
    this.#focus();
    this.#draw();
    this.#chat?.toBottom();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#uncover?.();
    this.#frame.show(false);
    this.#look();
    this.#mount.emit("close");
  }

  destroy(): void {
    this.#stop.abort();
    clearTimeout(this.#drawing);
    this.#talk?.end();
  }

  get #isOpen(): boolean {
    return this.#frame.panel.open;
  }

  get #texts(): Texts {
    const texts = this.#mount.words[this.#language];
    if (!texts) throw new Error(this.#language);
    return texts;
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    this.#show(div("wait", div("spinner")));
    try {
      await this.#fetch(this.#language);
      if (!this.#resume()) this.#askConsent("");
    } catch (why) {
      const said = why instanceof Refusal ? why.problem.title : null;
      const off = why instanceof Refusal && why.problem.code === "off";  // until the business has done its part
      this.#show(h("div", { class: "wait", role: "alert" },
        // Not even the words may have come; what the launcher says is always there.
        h("p", {}, said ?? this.#mount.words[this.#language]?.failed ?? null),
        off ? null : button("primary", { click: () => void this.#load() }, this.#mount.launcher.ariaLabel)));
    }
    this.#loading = false;
  }

  /** Words and configuration of a language; nothing changes when one of them cannot be had. */
  async #fetch(wanted: Language): Promise<void> {
    const words = async (one: Language): Promise<void> => {
      if (!this.#mount.words[one]) await this.#mount.load(__WORDS__[one]);
    };
    const [config] = await Promise.all([this.#api.config(wanted), words(wanted)]);
    // A business may not speak the language that was asked for.
    await words(config.language);
    this.#config = config;
    this.#language = config.language;
    this.#frame.words(this.#texts, config);
  }

  #show(view: HTMLElement): void {
    fill(this.#frame.body, view);
  }

  #askConsent(notice: string): void {
    const config = this.#config;
    if (!config) return;
    this.#chat = null;
    this.#frame.status(this.#texts, null);
    this.#show(consentView(config, this.#texts, notice, {
      agree: (health) => this.#agree(config, health),
      refuse: () => this.#callHuman(),
    }));
    this.#focus();
  }

  async #agree({ consent, language }: WidgetConfig, health: boolean): Promise<string> {
    try {
      const { conversation, token } = await this.#api.start({
        key: this.#mount.key, client_id: this.#attempt, language, widget_version: __VERSION__,
        consent: { version: consent.version, hash: (await consentHash(consent)) ?? consent.hash, agreed: true, health },
      });
      this.#store.save({ conversation, token, language, pending: [] });
      this.#attempt = uuid();
      this.#resume({ conversation, token, language, pending: [] });
      return "";
    } catch (why) {
      const { status, title } = why instanceof Refusal ? why.problem : {};
      if (status !== kConflict) return title ?? this.#texts.failed;
    }
    return this.#fetch(language).then(() => {
      this.#askConsent(this.#texts.consentChanged);
      return "";
    }, () => this.#texts.failed);
  }

  /** Goes on with a conversation that has begun, if there is one. */
  #resume(kept: Kept | null = this.#store.load()): boolean {
    if (!kept) return false;
    const { conversation, token, pending } = kept;
    this.#talk?.end();
    this.#talk = new Talk(this.#api.socketUrl, { key: this.#mount.key, conversation, token }, this.#language, pending, this.#store, {
      changed: () => {
        this.#drawing ??= setTimeout(() => this.#draw(), kDrawAfterMs);
      },
      forgotten: () => this.#startAnew(),
    });
    this.#showChat("");
    this.#look();
    this.#focus();
    return true;
  }

  #showChat(draft: string): void {
    const config = this.#config;
    const talk = this.#talk;
    if (!config || !talk) return;
    this.#chat = chatView(config, { language: this.#language, texts: this.#texts }, {
      send: (text, choice) => talk.send(text, choice),
      retry: (id) => talk.do({ type: "retry", id }),
      discard: (id) => talk.do({ type: "discard", id }),
      typing: (on) => talk.do({ type: "typing", on }),
      openSource: (source, from) => void this.#openSource(source, from),
    });
    this.#show(this.#chat.node);
    this.#chat.write(draft);
    this.#draw();
  }

  #startAnew(): void {
    this.#uncover?.();
    this.#talk?.end();
    this.#talk = null;
    this.#count(0);
    // Another tab may have begun the next conversation already.
    if (!this.#resume()) this.#askConsent(this.#farewell || this.#texts.startAnew);
    this.#farewell = "";
  }

  #draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    if (!this.#talk) return;
    const { session } = this.#talk;
    this.#chat?.update(session);
    this.#frame.status(this.#texts, session);
    this.#count(this.#isOpen ? 0 : unreadCount(session));
  }

  #count(unread: number): void {
    this.#frame.badge(this.#texts, unread);
    if (unread !== this.#unread) this.#mount.emit("unread", unread);
    this.#unread = unread;
  }

  #look(): void {
    this.#talk?.do({ type: "looking", on: this.#isOpen && !document.hidden });
  }

  #callHuman(): void {
    const config = this.#config;
    if (this.#talk) this.#talk.send(this.#texts.callHumanText, "human");
    else if (config) {
      this.#show(contactsView(config, this.#texts, () => this.#askConsent("")));
      this.#frame.body.querySelector("h3")?.focus();
    }
  }

  async #speak(language: Language): Promise<void> {
    try {
      await this.#fetch(language);
    } catch {
      return;
    }
    this.#uncover?.();
    const talk = this.#talk;
    if (!talk) return this.#askConsent("");
    talk.do({ type: "language", language });
    this.#store.change(talk.session.key.conversation, () => ({ language }));
    this.#showChat(this.#chat?.field.value ?? "");
    this.#focus();
  }

  /** What few visitors open is not there before. */
  async #more(): Promise<Mount["more"]> {
    if (!this.#mount.more) await this.#mount.load(__MORE__).catch(() => undefined);
    return this.#mount.more;
  }

  #cover(view: HTMLElement, from: HTMLElement): void {
    this.#uncover?.();
    const uncover = this.#frame.cover(view);
    this.#uncover = () => {
      this.#uncover = null;
      uncover();
      from.focus();
    };
  }

  async #openSource(source: Source, from: HTMLElement): Promise<void> {
    const more = await this.#more();
    if (more) this.#cover(more.articleView(source, this.#texts, () => this.#api.article(source.article, this.#language), () => this.#uncover?.()), from);
  }

  async #openData(from: HTMLElement): Promise<void> {
    const more = await this.#more();
    const key = this.#talk?.session.key;
    if (more && key) this.#cover(more.myDataView({ base: this.#mount.base, key, language: this.#language, close: () => this.#uncover?.(),
      withdrawing: (words) => {
        this.#farewell = words;
      } }), from);
  }

  #focus(): void {
    if (!this.#isOpen) return;
    // On a phone the keyboard would cover the conversation that was just opened.
    const target = matchMedia("(pointer: fine)").matches ? this.#chat?.field : null;
    (target ?? this.#frame.panel).focus({ preventScroll: true });
  }
}

const place = window.chatika?._;
if (place) place.ready(new App(place));
