import type { SegmentLog } from "../model";

const STORE = "segments";

/**
 * One IndexedDB database as a log. A row costs far more than its bytes: the same in hundreds of them takes a start two to
 * three times as long, beyond 64 kB each the more so, since Chromium puts those into files of their own (decision 18).
 * Where the database is lost or refused, nothing is known and nothing is kept, which is no reason to stop a backup.
 *
 * @param database  a name that nothing else has
 */
export function createSegmentLog(database: string): SegmentLog {
  /** Keys of what this window has read or written. */
  let known: IDBValidKey[] = [];

  const load = async (objects: IDBObjectStore): Promise<readonly unknown[]> => {
    const [keys, segments] = await Promise.all([
      answer(objects.getAllKeys()),
      answer(objects.getAll() as IDBRequest<unknown[]>),
    ]);
    known = keys;
    return segments;
  };

  const write = async (objects: IDBObjectStore, segment: unknown, isWhole: boolean): Promise<boolean> => {
    // Another window may have written since: what it wrote is left alone.
    const key = Number((await answer(objects.getAllKeys())).at(-1) ?? 0) + 1;
    if (isWhole) for (const one of known) objects.delete(one);
    objects.put(segment, key);
    await new Promise((resolve, reject) => {
      objects.transaction.oncomplete = resolve;
      objects.transaction.onabort = reject;
    });
    known = isWhole ? [key] : [...known, key];
    return true;
  };

  return {
    load: () => inDatabase(database, "readonly", load).catch(() => []),
    write: (segment, isWhole) =>
      inDatabase(database, "readwrite", (objects) => write(objects, segment, isWhole)).catch(() => false),
  };
}

/** Works in a database that is open for no longer than that: nobody has to close it when all ends. */
async function inDatabase<Value>(
  name: string,
  mode: IDBTransactionMode,
  work: (objects: IDBObjectStore) => Promise<Value>,
): Promise<Value> {
  const request = indexedDB.open(name);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  const database = await answer(request);
  try {
    return await work(database.transaction(STORE, mode).objectStore(STORE));
  } finally {
    database.close();
  }
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = reject;
  });
}
