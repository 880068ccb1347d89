import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Ledger } from "../../src/backup/ledger/ledger";
import { accountKey, fingerprintFrom, mediaItemId, nameMark } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SeededRandom } from "../simulation/random";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;
const OWN = "a".repeat(12);
const ACCOUNT = accountKey("client", "1");
const FP = fingerprintFrom("b".repeat(64));
const MARK = nameMark(FP, "original");

it("journals are begun anew when they are long, and the last one is gone on with after a restart", async () => {
  const paths = Array.from({ length: 600 }, (_, number) => `${String(number)}.png`);
  const { device, write, pass, restart, uploads } = await backedUp(
    Object.fromEntries(paths.map((path) => [path, `image ${path}`])),
  );
  const before = new Map(device.disk.journals);
  expect(before.size).toBeGreaterThan(1);
  await restart();
  write("new.png", "new");
  await pass(HOUR);
  expect([...device.disk.journals.keys()]).toEqual([...before.keys()]);
  const grown = [...before].filter(([name, text]) => device.disk.journals.get(name) !== text);
  expect(grown.map(([name]) => name)).toEqual([...before.keys()].slice(-1));
  expect(uploads()).toBe(601);
});

/** A ledger over journals in memory; `written` tells to which it appends. */
async function ledgerOf(journals: Readonly<Record<string, string>>) {
  const memory = new Map<string, unknown>([["device", OWN]]);
  const written: string[] = [];
  const ledger = await Ledger.open({
    journals: {
      list: async () =>
        Object.entries(journals).map(([name, text]) => ({ name, size: text.length, mtime: 0 })),
      read: async (name) => journals[name] ?? "",
      append: async (name) => void written.push(name),
    },
    journalCache: { load: async () => [], write: async () => false },
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    clock: new SimulatedTime().clock(() => 0),
    random: new SeededRandom(1),
  });
  return { ledger, written };
}

it("the journal that is gone on with is this device's own with the highest number, and no copy of it", async () => {
  const names = ["a-2", "a-10", "a-9", "a-11 (conflicted copy)", "a-NaN", "a-", "b-12"];
  const files = names.map((name) => `${name.replace(/^./, (letter) => letter.repeat(12))}.jsonl`);
  const { ledger, written } = await ledgerOf(Object.fromEntries(files.map((name) => [name, "-"])));
  await ledger.append([{ what: "unseen", account: ACCOUNT, id: mediaItemId("i") }]);
  expect(written).toEqual([`${OWN}-10.jsonl`]);
});

it("a journal that a newer version has written to is left as it is, though it is this device's own", async () => {
  const { ledger, written } = await ledgerOf({ [`${OWN}-3.jsonl`]: '{"v":2}\n' });
  await ledger.append([{ what: "unseen", account: ACCOUNT, id: mediaItemId("i") }]);
  expect([ledger.newer, written]).toEqual([true, [`${OWN}-4.jsonl`]]);
});

it("of items that looks have found the latest counts, and one among the older versions only where no other is", async () => {
  const line = (n: number, id: string, older?: true) =>
    JSON.stringify({ v: 1, device: "b", n, at: n, account: ACCOUNT, what: "seen", mark: MARK, id, older });
  const lines = [line(1, "first"), line(2, "second"), line(3, "older", true)];
  for (const some of [lines, [...lines].reverse()]) {
    const { ledger } = await ledgerOf({ "b-1.jsonl": some.join("\n") });
    expect(ledger.seen(ACCOUNT, FP)?.id).toBe("second");
    expect(ledger.seen(ACCOUNT, FP, mediaItemId("second"))?.id).toBe("first");
  }
  const { ledger } = await ledgerOf({ "b-1.jsonl": line(3, "older", true) });
  expect(ledger.seen(ACCOUNT, FP)?.id).toBe("older");
});

describe("images that two devices tell of", () => {
  const fingerprints = Array.from({ length: 600 }, (_, n) =>
    fingerprintFrom(createHash("sha256").update(String(n)).digest("hex")),
  );
  const told = (device: string, what: object): string =>
    fingerprints
      .map((fp, n) => ({
        v: 1,
        device,
        n: n + 1,
        at: 1,
        account: ACCOUNT,
        fp,
        recipe: "o",
        id: `item ${fp}`,
        ...what,
      }))
      .map((line) => `${JSON.stringify(line)}\n`)
      .join("");
  const seen = fingerprints
    .map((fp, n) => ({
      v: 1,
      device: "b",
      n: n + 1,
      at: 1,
      account: ACCOUNT,
      what: "seen",
      mark: nameMark(fp, "original"),
      id: `item ${fp}`,
    }))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
  const found = told("b", { what: "item", origin: "found" });
  afterEach(() => void vi.restoreAllMocks());

  it("take each journal's texts apart but once", async () => {
    const decode = vi.spyOn(TextDecoder.prototype, "decode");
    const { ledger } = await ledgerOf({
      "a-1.jsonl": told("a", { what: "item", origin: "created" }),
      "b-1.jsonl": found,
    });
    expect(ledger.sizeOf(ACCOUNT)).toBe(600);
    expect(decode.mock.calls.length).toBeLessThan(10);
  });

  it("are asked for others of them without taking any apart, where each was found once", async () => {
    const { ledger } = await ledgerOf({ "b-1.jsonl": seen + found });
    const decode = vi.spyOn(TextDecoder.prototype, "decode");
    for (const known of ledger.all(ACCOUNT)) expect(ledger.doubles(ACCOUNT, known)).toEqual([]);
    expect(decode).not.toHaveBeenCalled();
  });
});
