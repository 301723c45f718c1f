// The seam between the loader (in the page at once) and the app (fetched at the first opening).
import type { Language } from "@chatika/client";
import type { articleView } from "./article_view";
import type { myDataView } from "./my_data_view";
import type { Texts } from "./texts";

export type WidgetSignal = "open" | "close" | "unread";

export interface Controls {
  open(): void;
  close(): void;
  destroy(): void;
}

export interface Mount {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly launcher: HTMLButtonElement;
  /** Where the loader came from, with a slash at the end. */
  readonly base: string;
  readonly key: string;
  readonly language: Language;
  /** What the scripts words_*.ts have brought so far. */
  readonly words: Partial<Record<Language, Texts>>;
  /** What more.ts has brought, once it was wanted. */
  more?: { readonly articleView: typeof articleView; readonly myDataView: typeof myDataView };
  /** Runs a script that lies beside the loader. */
  load(file: string): Promise<void>;
  emit(signal: WidgetSignal, detail?: number): void;
  /** Called once by the app when it has been evaluated. */
  ready(controls: Controls): void;
}

/** What a site may call: `window.chatika`. */
export interface PublicApi extends Controls {
  /** "unread" has the number of new messages as its `detail`. */
  on(signal: WidgetSignal, listener: (event: Event) => void): void;
  /** Not for sites: how the app finds its place. */
  readonly _: Mount;
}

declare global {
  interface Window {
    chatika?: PublicApi | undefined;
  }
}
