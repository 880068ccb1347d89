import { describe, expect, it } from "vitest";
import type { RecordLine } from "../../src/backup/ledger/journal";
import { LedgerRecord } from "../../src/backup/ledger/ledger-record";
import { isLookedFor, planImage, type Knowledge } from "../../src/backup/planning/plan";
import {
  accountKey,
  defaultSettings,
  deviceId,
  fingerprintFrom,
  mediaItemId,
  readSettings,
  type BackupSettings,
  type RecipeKey,
  type VaultImage,
} from "../../src/model";

const MB = 1_000_000;
const file = (path: string, size: number): VaultImage => ({ path, size, mtime: 1, ctime: 1 });
const onPhone = (image: VaultImage, settings: BackupSettings): string => {
  const step = planImage(image, {}, settings, true);
  return step.do === "skip" ? step.because : step.do;
};

describe("a file over the limit that is set for phones", () => {
  const settings = readSettings({ video: true, phoneLimit: 50 });

  it("is not read there", () => {
    expect(onPhone(file("a.mp4", 50 * MB + 1), settings)).toBe("too-large-phone");
    expect(onPhone(file("a.png", 50 * MB + 1), settings)).toBe("too-large-phone");
    expect(onPhone(file("a.mp4", 50 * MB), settings)).toBe("fingerprint");
  });

  it("is told to be sent from a computer only where one could send it", () => {
    expect(onPhone(file("a.png", 300 * MB), settings)).toBe("too-large");
    expect(onPhone(file("a.mp4", 600 * MB), readSettings({ video: true, phoneLimit: 500 }))).toBe(
      "too-large-phone",
    );
  });

  it("is sent by a computer", () => {
    expect(planImage(file("a.mp4", 3000 * MB), {}, settings, undefined).do).toBe("fingerprint");
  });

  it("is a limit that one can choose, whatever a file of settings says", () => {
    expect(readSettings({ phoneLimit: -1 }).phoneLimit).toBe(defaultSettings().phoneLimit);
    expect(onPhone(file("a.mp4", 150 * MB), readSettings({ phoneLimit: 200 }))).toBe("fingerprint");
  });
});

describe("a video", () => {
  const settings = readSettings({ video: true });

  it("is looked for where the person asked for videos, and only there", () => {
    expect(isLookedFor("a.mp4", defaultSettings())).toBe(false);
    expect(isLookedFor("a.mp4", settings)).toBe(true);
  });

  it("may have 20 GB, where a photo may have 200 MB", () => {
    const fate = (path: string, size: number): string => planImage(file(path, size), {}, settings).do;
    expect(fate("a.mp4", 20 * 2 ** 30)).toBe("fingerprint");
    expect(fate("a.mp4", 20 * 2 ** 30 + 1)).toBe("skip");
    expect(fate("a.jpg", 200 * 2 ** 20)).toBe("fingerprint");
    expect(fate("a.jpg", 200 * 2 ** 20 + 1)).toBe("skip");
  });

  it("of a type that Google does not take is not even read", () => {
    expect(planImage(file("a.webm", 1), {}, settings)).toEqual({ do: "skip", because: "type" });
  });
});

const MIB = 1024 * 1024;
const fingerprint = fingerprintFrom("a".repeat(64));
const image = (path = "A/b.png", size = 10): VaultImage => ({ path, size, mtime: 1, ctime: 1 });
const plan = (known: Knowledge, of = image(), settings: Partial<BackupSettings> = {}) =>
  planImage(of, known, { ...defaultSettings(), ...settings });

type Said = RecordLine extends infer Line
  ? Line extends RecordLine
    ? Omit<Line, "v" | "device" | "n" | "at" | "account" | "fp">
    : never
  : never;

/** What the ledger says of the fingerprint after these lines. */
function record(...said: readonly Said[]): LedgerRecord {
  const about = new LedgerRecord(fingerprint);
  const head = {
    v: 1 as const,
    device: deviceId("d"),
    at: 5,
    account: accountKey("c", "1"),
    fp: fingerprint,
  };
  for (const [n, line] of said.entries()) about.take({ ...head, n: n + 1, ...line });
  return about;
}

const created: Said = { what: "item", recipe: "o", id: mediaItemId("i"), origin: "created" };
const removed: Said = { what: "removed", id: mediaItemId("i") };
const refused: Said = { what: "refused", recipe: "o" };
const intent = (recipe: RecipeKey): Said => ({ what: "intent", recipe, hash: "h", name: "n" });

describe("what is looked for", () => {
  it.each([
    ["a.png", false, true],
    ["a.svg", false, true],
    ["a.nef", false, true],
    ["a.mp4", false, false],
    ["a.mp4", true, true],
    ["a.md", true, false],
  ])("%s, with video %s: %s", (path, video, looked) => {
    expect(isLookedFor(path, { ...defaultSettings(), video })).toBe(looked);
  });
});

describe("an image", () => {
  it("that is safe stays so, whatever is chosen later", () => {
    const known = { fingerprint, record: record(created), skip: "broken" } as const;
    const none = { folders: { include: [], exclude: ["A"] } };
    expect(plan(known, image("A/b.png", 0), none)).toMatchObject({ do: "nothing", item: { id: "i" } });
  });

  it.each([
    ["A/b.png", 10, "folder"],
    ["b.svg", 10, "type"],
    ["b.webm", 10, "type"],
    ["left out.png", 10, "forgotten"],
    ["b.png", 0, "empty"],
    ["b.png", 200 * MIB + 1, "too-large"],
    ["b.mp4", 20 * 1024 * MIB + 1, "too-large"],
  ])("%s of %i bytes is skipped without being read: %s", (path, size, because) => {
    const settings = { folders: { include: [], exclude: ["A", "left out.png"] } };
    expect(plan({}, image(path, size), settings)).toEqual({ do: "skip", because });
    expect(plan({ skip: "broken" }, image(path, size), settings)).toEqual({ do: "skip", because });
  });

  it.each([
    ["b.png", 200 * MIB],
    ["b.mp4", 20 * 1024 * MIB],
    ["b.png", 1],
  ])("%s of %i bytes is read", (path, size) => {
    expect(plan({}, image(path, size))).toEqual({ do: "fingerprint" });
  });

  it("that was found to be broken is skipped, known or not", () => {
    expect(plan({ skip: "broken" })).toEqual({ do: "skip", because: "broken" });
    expect(plan({ skip: "broken", fingerprint })).toEqual({ do: "skip", because: "broken" });
  });

  it("that is gone from Google Photos is asked about", () => {
    expect(plan({ fingerprint, record: record(created, removed) })).toMatchObject({
      do: "ask",
      removal: { item: { id: "i" } },
    });
  });

  it("that Google does not take for one is not sent again", () => {
    expect(plan({ fingerprint, record: record(intent("o"), refused) })).toEqual({
      do: "skip",
      because: "not-an-image",
    });
  });

  it("is sent as the settings say, or as it was begun", () => {
    const settings = { quality: "storage-saver", dates: false } as const;
    const saver = { quality: "storage-saver", dated: false };
    expect(plan({ fingerprint }, image(), settings)).toEqual({ do: "send", recipe: saver });
    const begun = { fingerprint, record: record(intent("od")) };
    expect(plan(begun, image(), settings)).toEqual({
      do: "send",
      recipe: { quality: "original", dated: true },
    });
    const twice = { fingerprint, record: record(intent("od"), intent("s")) };
    expect(plan(twice, image(), { dates: true })).toMatchObject({ recipe: saver });
  });
});
