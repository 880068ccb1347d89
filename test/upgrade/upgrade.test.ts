import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { JOURNAL_VERSION } from "../../src/backup/ledger/journal";
import { Ledger } from "../../src/backup/ledger/ledger";
import {
  accountKey,
  albumId,
  fingerprintFrom,
  isFromNewerVersion,
  mediaItemId,
  readSettings,
  SETTINGS_VERSION,
  type BackupSettings,
} from "../../src/model";
import { MovedClock } from "../google/moved-clock";
import { journalsIn } from "./journals-in";

const HERE = import.meta.dirname;
const account = accountKey("567-abc", "1234");
const fp = (digit: string) => fingerprintFrom(digit.repeat(64));

/** What each version's `data.json` means today; every version so far has its row and its folder. */
const SETTINGS: Readonly<Record<number, BackupSettings>> = {
  1: {
    version: SETTINGS_VERSION,
    started: true,
    automatic: false,
    quality: "storage-saver",
    dates: false,
    albums: "folders",
    folders: { include: ["Garden", "Travel"], exclude: ["Garden/Private"] },
    video: true,
    neutralNames: false,
    captions: false,
    // Nobody had chosen: then it is what a device does today.
    uploads: 16,
    phoneLimit: 100,
    wifiOnly: true,
    chargingOnly: true,
    albumIds: { [account]: { "": "album-of-the-vault", Garden: "album-of-a-folder" } },
    outsideAlbums: {},
  },
};

describe("the files of former versions", () => {
  it("are kept here, of every version so far", () => {
    const kept = fs.readdirSync(HERE, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const versions = Array.from(
      { length: Math.max(SETTINGS_VERSION, JOURNAL_VERSION) },
      (_, n) => `${n + 1}`,
    );
    expect(kept.map(({ name }) => name).sort()).toEqual(versions);
    expect(Object.keys(SETTINGS)).toEqual(versions);
  });

  it.each(Object.entries(SETTINGS))("settings of version %s mean what they meant", (version, meaning) => {
    const data: unknown = JSON.parse(fs.readFileSync(path.join(HERE, version, "data.json"), "utf8"));
    expect(readSettings(data)).toEqual(meaning);
    expect(isFromNewerVersion(data)).toBe(false);
  });
});

describe("a ledger", () => {
  let folder = "";
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "ledger "));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });

  const memory = new Map<string, unknown>([["device", "kitchen"]]);
  const open = (): Promise<Ledger> =>
    Ledger.open({
      journals: journalsIn(folder),
      journalCache: { load: async () => [], write: async () => false },
      memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
      clock: new MovedClock(1_790_000_000_000),
      random: { next: () => 0.5 },
    });

  it.each(["1"])("of version %s says what it said", async (version) => {
    const journal = path.join(HERE, version, "kitchen-1.jsonl");
    fs.copyFileSync(journal, path.join(folder, "kitchen-1.jsonl"));
    const ledger = await open();
    const told = (digit: string) => ledger.record(account, fp(digit));
    expect(ledger.newer).toBe(false);
    expect(told("a")?.item).toMatchObject({
      id: "item-a",
      url: "https://photos.google.com/lr/photo/item-a",
      recipe: "od",
      origin: "created",
      since: 1_790_000_000_002,
      album: "album-of-the-vault",
      bytes: 4096,
    });
    expect(told("a")?.path).toBe("Garden/a.png");
    expect([told("a")?.openIntents, told("b")?.openIntents, told("b")?.item]).toEqual([[], [], undefined]);
    expect(told("c")?.isRefused()).toBe(true);
    expect([told("d")?.item, told("d")?.removed?.item.url]).toEqual([
      undefined,
      "https://photos.google.com/other/d",
    ]);
    expect([told("e")?.item?.id, told("e")?.isSuperseded]).toEqual(["item-e", true]);
    expect([told("f")?.item, told("f")?.removed]).toEqual([undefined, undefined]);
    expect(told("9")?.openIntents).toMatchObject([{ recipe: "o", name: "open ~9999999999999999o.png" }]);
    const seen = ledger.seen(account, fingerprintFrom("0123456789abcdef".padEnd(64, "0")));
    expect(seen?.id).toBe("item-g");
    expect(ledger.knows(account, mediaItemId("item-g"))).toBe(true);
    expect(ledger.knownIn(account, albumId("album-of-the-vault"))).toBe(2);
  });

  it("with a line of a newer version is known as such, also where it comes later, and not written into", async () => {
    const [line = ""] = fs.readFileSync(path.join(HERE, "1", "kitchen-1.jsonl"), "utf8").split("\n");
    const newer = `${JSON.stringify({ v: JOURNAL_VERSION + 1, what: "news" })}\n`;
    fs.writeFileSync(path.join(folder, "kitchen-1.jsonl"), `${line}\n`);
    const ledger = await open();
    expect([ledger.newer, await ledger.readAll()]).toEqual([false, false]);
    fs.writeFileSync(path.join(folder, "attic-1.jsonl"), newer);
    expect(await ledger.readAll()).toBe(true);
    expect(ledger.newer).toBe(true);
    expect((await open()).newer).toBe(true);
    expect(fs.readFileSync(path.join(folder, "attic-1.jsonl"), "utf8")).toBe(newer);
    expect(fs.readFileSync(path.join(folder, "kitchen-1.jsonl"), "utf8")).toBe(`${line}\n`);
  });
});
