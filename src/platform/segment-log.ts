/** So many segments are read whole as fast as one; with more of them, a row begins to cost more than what is in it. */
export const MOST_SEGMENTS = 16;

/** The first had a row for each shard and each journal: what it kept is read anew. */
const VERSION = 2;
const STORE = "segments";

interface Row<Segment> {
  readonly form: string;
  readonly segment: Segment;
}

/**
 * One IndexedDB database as a log: segments that are written once, read whole, and replaced together by one that says the
 * same. A row costs far more than its bytes: the same in hundreds of them takes a start two to three times as long, beyond
 * 64 kB each the more so, since Chromium puts those into files of their own (decision 18).
 */
export class SegmentLog<Segment> {
  #opened: Promise<IDBDatabase> | undefined;
  /** Keys of what this window has read or written. */
  #known: IDBValidKey[] = [];
  /** Whether rows of another form lie among them, which each start reads in vain. */
  #hasOthers = false;
  #writing: Promise<unknown> = Promise.resolve();

  /**
   * @param database  a name that nothing else has
   * @param form      of the segments: what another version has written in another one is passed over, and replaced
   */
  constructor(
    private readonly database: string,
    private readonly form: string,
  ) {}

  /** Whether what is written next should say all that is known, and replace what was written before. */
  get isFull(): boolean {
    return this.#hasOthers || this.#known.length >= MOST_SEGMENTS;
  }

  /** All segments, the oldest first. */
  async load(): Promise<readonly Segment[]> {
    const objects = (await this.#open()).transaction(STORE, "readonly").objectStore(STORE);
    const [keys, rows] = await Promise.all([
      answer(objects.getAllKeys()),
      answer(objects.getAll() as IDBRequest<(Partial<Row<Segment>> | undefined)[]>),
    ]);
    this.#known = keys;
    const segments = rows.flatMap((row) => (row?.form === this.form && row.segment ? [row.segment] : []));
    this.#hasOthers = segments.length < rows.length;
    return segments;
  }

  /** Resolves when the segment is on disk. */
  append(segment: Segment): Promise<void> {
    return this.#inTurn(segment, []);
  }

  /** Puts a segment in the place of all that this window knows of; resolves when it is on disk. */
  replace(segment: Segment): Promise<void> {
    this.#hasOthers = false;
    return this.#inTurn(segment, this.#known);
  }

  #inTurn(segment: Segment, replaced: readonly IDBValidKey[]): Promise<void> {
    const done = this.#writing.then(() => this.#write(segment, replaced));
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #write(segment: Segment, replaced: readonly IDBValidKey[]): Promise<void> {
    const transaction = (await this.#open()).transaction(STORE, "readwrite");
    const objects = transaction.objectStore(STORE);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error("not saved"));
    });
    // Another window may have written since.
    const last = Number((await answer(objects.getAllKeys())).at(-1) ?? 0);
    for (const key of replaced) objects.delete(key);
    objects.put({ form: this.form, segment } satisfies Row<Segment>, last + 1);
    await done;
    this.#known = [...this.#known.filter((key) => !replaced.includes(key)), last + 1];
  }

  /** Closes the database; a later call opens it again. */
  async close(): Promise<void> {
    await this.#writing;
    const opened = this.#opened;
    this.#opened = undefined;
    (await opened)?.close();
  }

  #open(): Promise<IDBDatabase> {
    return (this.#opened ??= new Promise((resolve, reject) => {
      const request = indexedDB.open(this.database, VERSION);
      request.onupgradeneeded = () => {
        const { result } = request;
        for (const name of [...result.objectStoreNames]) result.deleteObjectStore(name);
        result.createObjectStore(STORE);
      };
      // Nobody waits for another window in which an older version runs: nothing is kept then.
      request.onblocked = () => reject(new Error("Another window has an older form open."));
      answer(request).then(resolve, reject);
    }));
  }
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("no answer"));
  });
}
