/** A record under a key that is no part of it. */
export type Rows<Row> = ReadonlyMap<string, Row>;

/** What is to be written by the next transaction: rows, and `undefined` for those that go. */
interface Batch<Row> {
  readonly rows: Map<string, Row | undefined>;
  readonly done: Promise<void>;
}

/**
 * One object store of one IndexedDB database: named records, read whole. A transaction costs far more than what is in
 * it: what is to be saved while one is under way goes together into the next.
 */
export class RecordStore<Row> {
  #opened: Promise<IDBDatabase> | undefined;
  #next: Batch<Row> | undefined;
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: string,
    private readonly store: string,
  ) {}

  async load(): Promise<Map<string, Row>> {
    const transaction = (await this.#open()).transaction(this.store, "readonly");
    const objects = transaction.objectStore(this.store);
    const [keys, rows] = await Promise.all([answer(objects.getAllKeys()), answer(objects.getAll())]);
    return new Map(
      keys.flatMap((key, place) => (typeof key === "string" ? [[key, rows[place] as Row] as const] : [])),
    );
  }

  /** Writes and removes records together; resolves when they are on disk. */
  save(put: Rows<Row>, removed: Iterable<string>): Promise<void> {
    const batch = (this.#next ??= this.#begin());
    for (const [key, row] of put) batch.rows.set(key, row);
    for (const key of removed) batch.rows.set(key, undefined);
    return batch.done;
  }

  /** A batch that is written as soon as the one before it is. */
  #begin(): Batch<Row> {
    const rows = new Map<string, Row | undefined>();
    const done = this.#last.then(() => {
      this.#next = undefined;
      return this.#write(rows);
    });
    this.#last = done.catch(() => undefined);
    return { rows, done };
  }

  async #write(rows: ReadonlyMap<string, Row | undefined>): Promise<void> {
    const transaction = (await this.#open()).transaction(this.store, "readwrite");
    const objects = transaction.objectStore(this.store);
    for (const [key, row] of rows) {
      if (row === undefined) objects.delete(key);
      else objects.put(row, key);
    }
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not saved"));
    });
  }

  /** Closes the database; a later call opens it again. */
  async close(): Promise<void> {
    await this.#last;
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened)?.close();
  }

  #open(): Promise<IDBDatabase> {
    return (this.#opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.database, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(this.store);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("The database cannot be opened."));
    }));
  }
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not read"));
  });
}
