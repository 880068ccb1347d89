import { expect, it } from "vitest";
import { Ledger } from "../../src/backup/ledger";
import { accountKey, mediaItemId } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SeededRandom } from "../simulation/random";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;

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

it("the journal that is gone on with is this device's own with the highest number, and no copy of it", async () => {
  const names = ["a-2", "a-10", "a-9", "a-11 (conflicted copy)", "a-NaN", "a-", "b-12"];
  const files = names.map((name) => `${name.replace(/^./, (letter) => letter.repeat(12))}.jsonl`);
  const memory = new Map<string, unknown>([["device", "a".repeat(12)]]);
  const written: string[] = [];
  const ledger = await Ledger.open({
    journals: {
      list: async () => files.map((name) => ({ name, size: 1, mtime: 0 })),
      read: async () => "",
      append: async (name) => void written.push(name),
    },
    journalCache: { load: async () => [], write: async () => undefined },
    memory: { get: (key) => memory.get(key), set: (key, value) => void memory.set(key, value) },
    clock: new SimulatedTime().clock(() => 0),
    random: new SeededRandom(1),
  });
  await ledger.append([{ what: "unseen", account: accountKey("client", "1"), id: mediaItemId("i") }]);
  expect(written).toEqual([`${"a".repeat(12)}-10.jsonl`]);
});
