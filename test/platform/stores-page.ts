import { KeptRecords, plainly } from "../../src/backup/disposable/kept-records";
import { inColumns, type IndexEntry } from "../../src/backup/disposable/packed-entries";
import type { Fingerprint, VaultPath } from "../../src/model";
import { createSegmentLog } from "../../src/platform/segment-log";

/** How often a story saves, and after how many times it starts anew. */
const SAVES = 60;
const RESTART = 7;

const CLOCK = { breath: () => undefined };

/** What a story has found: where a restart brought back something else than was saved, and rows in the database. */
interface Story {
  readonly wrong: readonly string[];
  readonly rows: number;
}

function entry(size: number): IndexEntry {
  const fingerprint = String(size).padStart(64, "0") as Fingerprint;
  return {
    size,
    mtime: size + 1,
    readAt: size + 2,
    fingerprint,
    before: size % 7 === 0 ? ("f".repeat(64) as Fingerprint) : undefined,
    skip: size % 5 === 0 ? "broken" : undefined,
  };
}

/** Numbers below 1 that a seed decides (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function rowsIn(database: string): Promise<number> {
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(database);
    request.onsuccess = () => resolve(request.result);
  });
  const count = await new Promise<number>((resolve) => {
    const request = opened.transaction("segments").objectStore("segments").count();
    request.onsuccess = () => resolve(request.result);
  });
  opened.close();
  return count;
}

const plain = ([path, value]: readonly [VaultPath, object]): string =>
  JSON.stringify([
    path,
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(),
  ]);

/** Few segments are written before everything is written anew. */
const index = { ...inColumns(CLOCK), mostSegments: 9 };
const records = { ...plainly<{ readonly save: number }>(), mostSegments: 9 };

/** Puts and removes at random, and compares after each restart with a map that does the same. */
async function story<Value extends object>(
  database: string,
  seed: number,
  packing: typeof index | typeof records,
  made: (next: () => number) => Value,
): Promise<Story> {
  const next = chance(seed);
  const expected = new Map<VaultPath, Value>();
  const wrong: string[] = [];
  let log = createSegmentLog(database);
  const open = (): Promise<KeptRecords<Value>> => KeptRecords.open(log, CLOCK, packing as never);
  let kept = await open();
  for (let save = 1; save <= SAVES; save += 1) {
    const put = new Map(
      Array.from({ length: Math.floor(next() * 9) }, () => [
        `${String(Math.floor(next() * 40))}.png`,
        made(next),
      ]),
    );
    for (const [path, one] of put) {
      expected.set(path, one);
      kept.set(path, one);
    }
    for (const path of [...expected.keys()].filter((one) => !put.has(one) && next() < 0.1)) {
      expected.delete(path);
      kept.set(path, undefined);
    }
    await kept.save();
    if (save % RESTART !== 0) continue;
    log = createSegmentLog(database);
    kept = await open();
    const [found, wanted] = [kept, expected].map((all) => [...all].map(plain).sort().join("\n"));
    if (found !== wanted) wrong.push(`after save ${String(save)}`);
  }
  return { wrong, rows: await rowsIn(database) };
}

const ofIndex = (seed: number): Promise<Story> =>
  story("index", seed, index, (next) => entry(Math.floor(next() * 1000)));
const ofRecords = (seed: number): Promise<Story> =>
  story("records", seed, records, (next) => ({ save: Math.floor(next() * 1000) }));

/** The same, after a version that kept other things here. */
async function otherForm(seed: number): Promise<Story> {
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open("index", 2);
    request.onupgradeneeded = () => request.result.createObjectStore("segments");
    request.onsuccess = () => resolve(request.result);
  });
  const transaction = opened.transaction("segments", "readwrite");
  ["text", null, { form: "index 99", segment: [1] }, { parts: 7 }].forEach((row, place) =>
    transaction.objectStore("segments").put(row, place + 1),
  );
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opened.close();
  return ofIndex(seed);
}

/** One window saves so often that it writes all it knows anew; the other's entries are none of that. */
async function twoWindows(): Promise<{ ofOne: number; ofOther: number }> {
  const [one, other] = await Promise.all(
    [1, 2].map(() => KeptRecords.open(createSegmentLog("shared"), CLOCK, index)),
  );
  for (let save = 0; save < 40; save += 1) {
    one?.set(`one ${String(save)}.png`, entry(save));
    await one?.save();
    if (save % 15 !== 0) continue;
    other?.set(`other ${String(save)}.png`, entry(save));
    await other?.save();
  }
  const paths = [...(await KeptRecords.open(createSegmentLog("shared"), CLOCK, index))].map(([path]) => path);
  const of = (name: string): number => paths.filter((path) => path.startsWith(name)).length;
  return { ofOne: of("one "), ofOther: of("other ") };
}

/** A browser may refuse a database, as in a private window. */
async function refused(): Promise<{ entries: number }> {
  Object.defineProperty(window, "indexedDB", {
    value: {
      open: () => {
        throw new DOMException("refused", "SecurityError");
      },
    },
  });
  const log = createSegmentLog("index");
  const kept = await KeptRecords.open(log, CLOCK, index);
  kept.set("a.png", entry(1));
  await kept.save();
  return { entries: [...(await KeptRecords.open(log, CLOCK, index))].length };
}

/** The connection to the database is lost while something is written, as on iOS; the next save has it again. */
async function lostOnce(): Promise<{ records: readonly string[]; unhandled: number }> {
  let unhandled = 0;
  window.addEventListener("unhandledrejection", () => (unhandled += 1));
  const log = createSegmentLog("lost");
  const kept = await KeptRecords.open<number>(log, CLOCK);
  const save = (name: string): Promise<void> => {
    kept.set(name, 1);
    return kept.save();
  };
  await save("before");
  const { getAllKeys } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAllKeys = function (this: IDBObjectStore) {
    const request = getAllKeys.call(this);
    this.transaction.abort();
    return request;
  };
  await save("lost");
  IDBObjectStore.prototype.getAllKeys = getAllKeys;
  await save("after");
  return { records: [...(await KeptRecords.open(log, CLOCK))].map(([name]) => name).sort(), unhandled };
}

/** Many saves at once. */
async function together(): Promise<{ rows: number; records: number }> {
  const log = createSegmentLog("many");
  const kept = await KeptRecords.open(log, CLOCK);
  await Promise.all(
    Array.from({ length: 30 }, (_, at) => {
      kept.set(String(at), { at });
      return kept.save();
    }),
  );
  const { length } = [...(await KeptRecords.open(log, CLOCK))];
  return { rows: await rowsIn("many"), records: length };
}

/** All that is kept is said anew, as by a version that packs it in another form. */
async function anew(): Promise<{ rows: number; kept: readonly unknown[] }> {
  const log = createSegmentLog("anew");
  for (const form of [1, 2]) {
    const kept = await KeptRecords.open(log, CLOCK);
    for (let at = 0; at < 20; at += 1) kept.set(String(at), { form });
    await kept.save();
  }
  const found = [...(await KeptRecords.open(log, CLOCK))].map(([, row]) => JSON.stringify(row));
  return { rows: await rowsIn("anew"), kept: [...new Set(found)] };
}

const stories = {
  index: ofIndex,
  otherForm,
  records: ofRecords,
  twoWindows,
  refused,
  lostOnce,
  together,
  anew,
};

export type StoresInPage = typeof stories;

Object.assign(window, { stores: stories });
