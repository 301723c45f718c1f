// The panel that the launcher opens: which step the visitor is at, and what ties the views together.
import type { Language, Source, WidgetConfig } from "@chatika/client";
import { Api, Refusal, uuid } from "./api";
import { articleView } from "./article_view";
import { chatView, type ChatView } from "./chat_view";
import { consentHash } from "./consent";
import { consentView, contactsView } from "./consent_view";
import { button, h } from "./dom";
import { frame, followKeyboard, type Frame } from "./frame";
import type { Mount } from "./mount";
import { unreadCount } from "./session";
import { browserShelf, Store, type Kept } from "./store";
import { Talk } from "./talk";
import type { Texts } from "./texts";

const kDrawAfterMs = 16;
const kConflict = 409;
const kNotFound = 404;
/** All that can be said while the words themselves could not be loaded. */
const kFailed = ["Не получилось загрузить чат.", "The chat could not be loaded."] as const;

class App {
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
  #overlay: { close(): void } | null = null;
  #drawing: ReturnType<typeof setTimeout> | undefined;
  #unread = 0;
  /** The same through every try, so that a lost answer does not make a second conversation. */
  #attempt = uuid();

  constructor(mount: Mount) {
    this.#mount = mount;
    this.#api = new Api(mount.base, mount.key);
    this.#store = new Store(mount.key, browserShelf());
    this.#language = this.#store.load()?.language ?? mount.language;
    const { signal } = this.#stop;
    this.#frame = frame(mount, {
      close: () => this.close(),
      escape: () => (this.#overlay ?? this).close(),
      callHuman: () => this.#callHuman(),
      speak: (language) => void this.#speak(language),
    }, signal);
    document.addEventListener("visibilitychange", () => this.#look(), { signal });
    // Another tab of this site gave the consent: go on with its conversation.
    addEventListener("storage", ({ key }) => {
      const kept = key === this.#store.name && this.#config && !this.#talk ? this.#store.load() : null;
      if (kept) this.#enter(kept);
    }, { signal });
    followKeyboard(mount.host, signal);
  }

  get #texts(): Texts {
    const texts = this.#mount.words[this.#language];
    if (!texts) throw new Error("no words");
    return texts;
  }

  open(): void {
    if (this.#frame.isOpen) return;
    this.#frame.show(true);
    this.#mount.emit("open");
    if (this.#config) this.#look();
    else void this.#load();
    this.#talk?.reconnectNow();
    this.#focus();
    this.#draw();
  }

  close(): void {
    if (!this.#frame.isOpen) return;
    this.#overlay?.close();
    this.#frame.show(false);
    this.#look();
    this.#mount.emit("close");
  }

  destroy(): void {
    this.#stop.abort();
    clearTimeout(this.#drawing);
    this.#talk?.end();
    this.#talk = null;
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    this.#frame.body(h("div", { class: "wait" }, h("div", { class: "spinner" })));
    try {
      await this.#fetch(this.#language);
      const kept = this.#store.load();
      if (kept) this.#enter(kept);
      else this.#askConsent(null);
    } catch (why) {
      const texts = this.#mount.words[this.#language];
      const notSetUp = why instanceof Refusal && why.problem?.status === kNotFound && texts;
      this.#frame.body(h("div", { class: "wait", role: "alert" },
        h("p", {}, notSetUp ? texts.notSetUp : kFailed[this.#language === "ru" ? 0 : 1]),
        notSetUp ? null : button("primary", { "aria-label": "↻", click: () => void this.#load() }, "↻")));
    }
    this.#loading = false;
  }

  /** Words and configuration of a language; nothing changes when one of them cannot be had. */
  async #fetch(language: Language): Promise<void> {
    const { words } = this.#mount;
    const load = async (one: Language): Promise<void> => {
      if (!words[one]) await this.#mount.load(__WORDS__[one]);
    };
    const [config] = await Promise.all([this.#api.config(language), load(language)]);
    // A business may not speak the language that was asked for.
    await load(config.language);
    this.#config = config;
    this.#language = config.language;
    this.#frame.words(this.#texts, config);
  }

  #askConsent(notice: string | null): void {
    const config = this.#config;
    if (!config) return;
    this.#chat = null;
    this.#frame.status(this.#texts, null);
    this.#frame.body(consentView(config, this.#texts, notice, {
      agree: (health) => this.#agree(config, health),
      refuse: () => this.#showContacts(config),
    }));
    this.#focus();
  }

  #showContacts(config: WidgetConfig): void {
    this.#frame.body(contactsView(config, this.#texts, () => this.#askConsent(null)));
    this.#frame.focusFirst("h3");
  }

  async #agree(config: WidgetConfig, health: boolean): Promise<string | null> {
    const { consent, language } = config;
    try {
      const hash = (await consentHash(consent)) ?? consent.hash;
      const started = await this.#api.start({
        key: this.#mount.key, client_id: this.#attempt, language, widget_version: __VERSION__,
        consent: { version: consent.version, hash, agreed: true, health },
      });
      const kept: Kept = { conversation: started.conversation, token: started.token, language, pending: [] };
      this.#store.save(kept);
      this.#attempt = uuid();
      this.#enter(kept);
      return null;
    } catch (why) {
      if (!(why instanceof Refusal)) throw why;
      if (why.problem?.status === kConflict) return this.#readAgain(language);
      return why.problem?.title ?? this.#texts.consentFailed;
    }
  }

  async #readAgain(language: Language): Promise<string | null> {
    try {
      await this.#fetch(language);
    } catch {
      return this.#texts.consentFailed;
    }
    this.#askConsent(this.#texts.consentChanged);
    return null;
  }

  #enter(kept: Kept): void {
    const { conversation, token, pending } = kept;
    this.#talk?.end();
    this.#talk = new Talk(this.#api.socketUrl, { key: this.#mount.key, conversation, token }, this.#language, pending, this.#store, {
      changed: () => {
        this.#drawing ??= setTimeout(() => this.#draw(), kDrawAfterMs);
      },
      forgotten: () => this.#startAnew(this.#texts.startAnew),
    });
    this.#showChat("");
    this.#look();
    this.#focus();
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
      openSource: (source, from) => this.#openSource(source, from),
      startAnew: () => {
        this.#store.forget(talk.session.key.conversation);
        this.#startAnew(null);
      },
    });
    this.#chat.draft = draft;
    this.#frame.body(this.#chat.node);
    this.#draw();
  }

  #startAnew(notice: string | null): void {
    this.#overlay?.close();
    this.#talk?.end();
    this.#talk = null;
    this.#count(0);
    // Another tab may have begun the next conversation already.
    const kept = this.#store.load();
    if (kept) this.#enter(kept);
    else this.#askConsent(notice);
  }

  #draw(): void {
    clearTimeout(this.#drawing);
    this.#drawing = undefined;
    const session = this.#talk?.session;
    if (!session) return;
    this.#chat?.update(session);
    this.#frame.status(this.#texts, session);
    this.#count(this.#frame.isOpen ? 0 : unreadCount(session));
  }

  #count(unread: number): void {
    this.#frame.badge(this.#texts, unread);
    if (unread !== this.#unread) this.#mount.emit("unread", unread);
    this.#unread = unread;
  }

  #look(): void {
    this.#talk?.do({ type: "looking", on: this.#frame.isOpen && document.visibilityState === "visible" });
  }

  #callHuman(): void {
    if (this.#talk) this.#talk.send(this.#texts.callHumanText, "human");
    else if (this.#config) this.#showContacts(this.#config);
  }

  async #speak(language: Language): Promise<void> {
    if (language === this.#language) return;
    try {
      await this.#fetch(language);
    } catch {
      return;
    }
    this.#overlay?.close();
    const talk = this.#talk;
    if (!talk) return this.#askConsent(null);
    talk.do({ type: "language", language: this.#language });
    this.#store.change(talk.session.key.conversation, () => ({ language: this.#language }));
    this.#showChat(this.#chat?.draft ?? "");
  }

  #openSource(source: Source, from: HTMLElement): void {
    const view = articleView(source, this.#texts, () => this.#api.article(source.article, this.#language), () => this.#overlay?.close());
    this.#frame.cover(view);
    this.#overlay = {
      close: () => {
        this.#overlay = null;
        this.#frame.uncover(view);
        from.focus();
      },
    };
  }

  #focus(): void {
    if (!this.#frame.isOpen) return;
    // On a phone the keyboard would cover the conversation that was just opened.
    if (this.#chat && matchMedia("(pointer: fine)").matches) this.#chat.focus();
    else this.#frame.focusPanel();
  }
}

const place = window.chatika?._;
if (place) place.ready(new App(place));
