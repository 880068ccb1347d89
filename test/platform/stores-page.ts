import type { Fingerprint, IndexEntry, IndexStore, VaultPath } from "../../src/model";
import { createIndexStore } from "../../src/platform/index-store";
import { createJournalCache } from "../../src/platform/journal-cache";

/** How often a story saves, and after how many times it starts anew. */
const SAVES = 60;
const RESTART = 7;

/** What a story has found: where a restart brought back something else than was saved, and rows in the database. */
interface Story {
  readonly wrong: readonly string[];
  readonly rows: number;
}

function entry(path: VaultPath, size: number): IndexEntry {
  const fingerprint = String(size).padStart(64, "0") as Fingerprint;
  return {
    path,
    size,
    mtime: size + 1,
    readAt: size + 2,
    fingerprint,
    ...(size % 5 === 0 ? { skip: "broken" } : {}),
    ...(size % 7 === 0 ? { before: "f".repeat(64) as Fingerprint } : {}),
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

const plain = ({ path, size, mtime, readAt, fingerprint, skip, before }: IndexEntry): string =>
  JSON.stringify([path, size, mtime, readAt, fingerprint, skip ?? null, before ?? null]);

/** What a start takes from the store (src/backup/fingerprint-index.ts). */
async function latestIn(store: IndexStore): Promise<readonly IndexEntry[]> {
  const latest = new Map<VaultPath, IndexEntry>();
  for (const { removed, put } of await store.load()) {
    for (const path of removed) latest.delete(path);
    for (const entry of put.all()) latest.set(entry.path, entry);
  }
  return [...latest.values()];
}

/** Puts and removes at random, and compares after each restart with a map that does the same. */
async function index(seed: number): Promise<Story> {
  const next = chance(seed);
  const expected = new Map<VaultPath, IndexEntry>();
  const wrong: string[] = [];
  let store = createIndexStore("index");
  await store.load();
  for (let save = 1; save <= SAVES; save += 1) {
    const put = Array.from({ length: Math.floor(next() * 9) }, () =>
      entry(`${String(Math.floor(next() * 40))}.png`, Math.floor(next() * 1000)),
    );
    for (const one of put) expected.set(one.path, one);
    const removed = [...expected.keys()].filter(
      (path) => !put.some((one) => one.path === path) && next() < 0.1,
    );
    for (const path of removed) expected.delete(path);
    await store.save([...new Map(put.map((one) => [one.path, one])).values()], removed, () =>
      expected.values(),
    );
    if (save % RESTART !== 0) continue;
    await store.close();
    store = createIndexStore("index");
    const found = (await latestIn(store)).map(plain).sort();
    const wanted = [...expected.values()].map(plain).sort();
    if (JSON.stringify(found) !== JSON.stringify(wanted)) wrong.push(`after save ${String(save)}`);
  }
  await store.close();
  return { wrong, rows: await rowsIn("index") };
}

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
  return index(seed);
}

async function records(seed: number): Promise<Story> {
  const next = chance(seed);
  const expected = new Map<string, { readonly save: number }>();
  const wrong: string[] = [];
  let store = createJournalCache("records");
  for (let save = 1; save <= SAVES; save += 1) {
    const put = new Map([[`j${String(Math.floor(next() * 20))}`, { save }]]);
    for (const [key, row] of put) expected.set(key, row);
    const removed = [...expected.keys()].filter((key) => !put.has(key) && next() < 0.1);
    for (const key of removed) expected.delete(key);
    await store.save(put, removed);
    if (save % RESTART !== 0) continue;
    await store.close();
    store = createJournalCache("records");
    const found = [...(await store.load())].sort();
    if (JSON.stringify(found) !== JSON.stringify([...expected].sort()))
      wrong.push(`after save ${String(save)}`);
  }
  await store.close();
  return { wrong, rows: await rowsIn("records") };
}

/** One window saves so often that it writes all it knows anew; the other's entries are none of that. */
async function twoWindows(): Promise<{ ofOne: number; ofOther: number }> {
  const [one, other] = [createIndexStore("shared"), createIndexStore("shared")];
  await Promise.all([one.load(), other.load()]);
  const all: IndexEntry[] = [];
  for (let save = 0; save < 40; save += 1) {
    const put = [entry(`one ${String(save)}.png`, save)];
    all.push(...put);
    await one.save(put, [], () => all);
    if (save % 15 === 0) await other.save([entry(`other ${String(save)}.png`, save)], [], () => []);
  }
  const again = createIndexStore("shared");
  const paths = (await latestIn(again)).map(({ path }) => path);
  const of = (name: string): number => paths.filter((path) => path.startsWith(name)).length;
  return { ofOne: of("one "), ofOther: of("other ") };
}

/** A browser may refuse a database, as in a private window. */
async function refused(): Promise<{ entries: number; records: number }> {
  Object.defineProperty(window, "indexedDB", {
    value: {
      open: () => {
        throw new DOMException("refused", "SecurityError");
      },
    },
  });
  const store = createIndexStore("index");
  const cache = createJournalCache("records");
  await store.save([entry("a.png", 1)], [], () => []);
  await cache.save(new Map([["a", {}]]), []);
  return { entries: (await latestIn(store)).length, records: (await cache.load()).size };
}

/** Many saves at once. */
async function together(): Promise<{ rows: number; records: number }> {
  const store = createJournalCache("many");
  await Promise.all(Array.from({ length: 30 }, (_, at) => store.save(new Map([[String(at), { at }]]), [])));
  const { size } = await store.load();
  await store.close();
  return { rows: await rowsIn("many"), records: size };
}

/** All that is kept is said anew, as by a version that packs it in another form. */
async function anew(): Promise<{ rows: number; kept: readonly unknown[] }> {
  const store = createJournalCache("anew");
  const all = (form: number) => new Map(Array.from({ length: 20 }, (_, at) => [String(at), { form }]));
  await store.save(all(1), []);
  await store.save(all(2), []);
  const kept = [...new Set([...(await store.load()).values()].map((row) => JSON.stringify(row)))];
  await store.close();
  return { rows: await rowsIn("anew"), kept };
}

/** The first version had one object store of another name. */
async function firstVersion(seed: number): Promise<Story> {
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open("index", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("shards").put({ paths: "a.png" }, "7");
    request.onsuccess = () => resolve(request.result);
  });
  opened.close();
  return index(seed);
}

const stories = { index, firstVersion, otherForm, records, twoWindows, refused, together, anew };

export type StoresInPage = typeof stories;

Object.assign(window, { stores: stories });
