import { createHash } from "node:crypto";
import type { BookingCard, ConsentText } from "@chatika/client";
import { describe, expect, it } from "vitest";
import { uuid } from "./api";
import { consentHash } from "./consent";
import { clock, dayTitle, visitTime } from "./format";
import { kMaxOutbox, type Unsent } from "./session";
import { parseKept, Store } from "./store";
import { en, plural, ru } from "./texts";

const kConsent: ConsentText = {
  version: "1", language: "ru", title: "Согласие", paragraphs: ["Первый.", "Второй."], agree: "Согласен", health: null, hash: "",
};

describe("consent hash", () => {
  const sha = (text: string): string => createHash("sha256").update(text).digest("hex");

  it("is that of the words shown, joined with line feeds", async () => {
    expect(await consentHash(kConsent)).toBe(sha("Согласие\nПервый.\nВторой.\nСогласен"));
    expect(await consentHash({ ...kConsent, health: "Здоровье" })).toBe(sha("Согласие\nПервый.\nВторой.\nСогласен\nЗдоровье"));
  });

  it("changes with every word", async () => {
    const first = await consentHash(kConsent);
    expect(await consentHash({ ...kConsent, agree: "согласен" })).not.toBe(first);
    expect(await consentHash({ ...kConsent, paragraphs: ["Первый."] })).not.toBe(first);
  });
});

describe("times", () => {
  const card: BookingCard = {
    reference: "A-1", service: "", specialist: "", place: "", status: "confirmed",
    starts_at: "2026-11-24T07:30:00Z", ends_at: "2026-11-24T08:00:00Z", time_zone: "Europe/Moscow",
  };

  it("shows a visit in the time of the business, and names its zone only to those elsewhere", () => {
    expect(visitTime("ru", card, "Europe/Moscow")).toEqual({ day: "вторник, 24 ноября", time: "10:30–11:00", zone: null });
    expect(visitTime("ru", card, "Asia/Novosibirsk")).toEqual({ day: "вторник, 24 ноября", time: "10:30–11:00", zone: "GMT+3" });
    expect(visitTime("en", card, "Europe/Minsk").day).toBe("Tuesday 24 November");
    expect(visitTime("en", card, "Europe/Minsk").zone).toBeNull();
  });

  it("keeps the day of the business over midnight", () => {
    const late = { ...card, starts_at: "2026-11-24T15:30:00Z", ends_at: "2026-11-24T16:00:00Z", time_zone: "Asia/Vladivostok" };
    expect(visitTime("ru", late, "Europe/Moscow")).toEqual({ day: "среда, 25 ноября", time: "01:30–02:00", zone: "GMT+10" });
  });

  it("writes hours with two digits", () => {
    expect(clock("ru", new Date("2026-11-24T06:05:00Z"), "Europe/Moscow")).toBe("09:05");
    expect(clock("en", new Date("2026-11-24T21:05:00Z"), "Europe/Moscow")).toBe("00:05");
  });

  it("names days as people do", () => {
    const now = new Date(2026, 0, 1, 0, 10);
    const at = (year: number, month: number, day: number): string => dayTitle("ru", ru, new Date(year, month, day, 23, 50), now);
    expect(dayTitle("ru", ru, new Date(2026, 0, 1, 0, 5), now)).toBe("Сегодня");
    expect(at(2025, 11, 31)).toBe("Вчера");
    expect(at(2025, 11, 30)).toBe("30 декабря 2025 г.");
    expect(dayTitle("en", en, new Date(2026, 0, 1), new Date(2026, 2, 1))).toBe("1 January");
  });
});

describe("words", () => {
  it("counts in Russian", () => {
    const forms = ["сообщение", "сообщения", "сообщений"] as const;
    const said = [1, 2, 5, 11, 21, 22, 112].map((count) => plural("ru", count, forms));
    expect(said).toEqual(["сообщение", "сообщения", "сообщений", "сообщений", "сообщение", "сообщения", "сообщений"]);
    expect([ru.unread(3), en.unread(1), en.unread(3)]).toEqual(["3 новых сообщения", "1 new message", "3 new messages"]);
  });

  it("has the same keys in both languages", () => {
    const keys = (value: object): unknown[] =>
      Object.entries(value).map(([key, one]) => (typeof one === "object" ? [key, keys(one as object)] : key));
    expect(keys(en)).toEqual(keys(ru));
  });
});

describe("what is kept", () => {
  const unsent = (id: string): Unsent => ({ id, text: "t", choice: null, at: "2026-11-23T09:00:00Z" });
  const kept = { conversation: "c1", token: "t1", language: "ru" as const, pending: [] };

  function shelf(): Storage & { held: Map<string, string> } {
    const held = new Map<string, string>();
    return {
      held, length: 0, key: () => null, clear: () => held.clear(),
      getItem: (name) => held.get(name) ?? null,
      setItem: (name, text) => void held.set(name, text),
      removeItem: (name) => void held.delete(name),
    };
  }

  it("keeps nothing by itself, and one entry once there is a conversation", () => {
    const browser = shelf();
    const store = new Store("pk", () => browser);
    expect(store.load()).toBeNull();
    store.mark("c1", "a", unsent("a"));
    expect(browser.held.size).toBe(0);
    store.save(kept);
    expect([...browser.held.keys()]).toEqual(["chatika:pk"]);
  });

  it("merges the changes of two tabs", () => {
    const browser = shelf();
    const [one, other] = [new Store("pk", () => browser), new Store("pk", () => browser)];
    one.save(kept);
    one.mark("c1", "a", unsent("a"));
    other.mark("c1", "b", unsent("b"));
    one.mark("c1", "a");
    expect(other.load()?.pending.map(({ id }) => id)).toEqual(["b"]);
  });

  it("touches no conversation but its own", () => {
    const browser = shelf();
    const store = new Store("pk", () => browser);
    store.save({ ...kept, conversation: "c2" });
    store.mark("c1", "a", unsent("a"));
    store.forget("c1");
    expect(store.load()).toEqual({ ...kept, conversation: "c2" });
    store.forget("c2");
    expect(browser.held.size).toBe(0);
  });

  it("has a bound on what waits", () => {
    const store = new Store("pk", (browser => () => browser)(shelf()));
    store.save(kept);
    for (let i = 0; i < kMaxOutbox + 3; ++i) store.mark("c1", `id${i}`, unsent(`id${i}`));
    expect(store.load()?.pending).toHaveLength(kMaxOutbox);
  });

  it("lives without storage as long as the page", () => {
    const store = new Store("pk", () => {
      throw new Error("forbidden");
    });
    store.save(kept);
    expect(store.load()).toEqual(kept);
  });

  it("takes nothing that it did not write", () => {
    for (const text of [null, "null", "", "{", "[]", "1", '{"conversation":"c"}', '{"conversation":"c","token":"t"}']) {
      expect(parseKept(text)).toBeNull();
    }
  });
});

it("makes version 4 UUIDs, each another", () => {
  const made = new Set(Array.from({ length: 200 }, uuid));
  expect(made.size).toBe(200);
  for (const one of made) expect(one).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});
