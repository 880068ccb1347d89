/** A record under a key that is no part of it. */
export type Rows<Row> = ReadonlyMap<string, Row>;

/** One object store of one IndexedDB database: named records, read whole and written in one transaction. */
export class RecordStore<Row> {
  #opened: Promise<IDBDatabase> | undefined;

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

  /** Writes and removes records together; resolves when the transaction is done. */
  async save(put: Rows<Row>, removed: Iterable<string>): Promise<void> {
    const transaction = (await this.#open()).transaction(this.store, "readwrite");
    const objects = transaction.objectStore(this.store);
    for (const [key, row] of put) objects.put(row, key);
    for (const key of removed) objects.delete(key);
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not saved"));
    });
  }

  /** Closes the database; a later call opens it again. */
  async close(): Promise<void> {
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
