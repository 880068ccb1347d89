import { SegmentLog } from "./segment-log";

/** Records under keys that are no part of them. */
export type Rows<Row> = ReadonlyMap<string, Row>;

const FORM = "records 1";

/** What one write has changed. */
interface Change<Row> {
  readonly put: Map<string, Row>;
  readonly removed: Set<string>;
}

/**
 * Named records in IndexedDB. A transaction costs far more than what is in it: what is to be saved while one is under way
 * goes together into the next.
 */
export class RecordStore<Row> {
  readonly #log: SegmentLog<Change<Row>>;
  #rows: Promise<Map<string, Row>> | undefined;
  #next: { readonly change: Change<Row>; readonly done: Promise<void> } | undefined;
  #last: Promise<void> = Promise.resolve();

  /**
   * @param database  a name that nothing else has
   * @param gather    for so many milliseconds what is to be saved is gathered before it is written
   */
  constructor(
    database: string,
    private readonly gather = 0,
  ) {
    this.#log = new SegmentLog(database, FORM);
  }

  async load(): Promise<Rows<Row>> {
    return new Map(await this.#read());
  }

  /** Writes and removes records together; resolves when they are on disk. */
  save(put: Rows<Row>, removed: Iterable<string>): Promise<void> {
    const { change, done } = (this.#next ??= this.#begin());
    for (const [key, row] of put) {
      change.put.set(key, row);
      change.removed.delete(key);
    }
    for (const key of removed) {
      change.put.delete(key);
      change.removed.add(key);
    }
    return done;
  }

  /** A change that is written as soon as the one before it is. */
  #begin(): { readonly change: Change<Row>; readonly done: Promise<void> } {
    const change = { put: new Map<string, Row>(), removed: new Set<string>() };
    const done = this.#last.then(async () => {
      if (this.gather > 0) await new Promise((resolve) => window.setTimeout(resolve, this.gather));
      this.#next = undefined;
      await this.#write(change);
    });
    this.#last = done.catch(() => undefined);
    return { change, done };
  }

  async #write(change: Change<Row>): Promise<void> {
    const rows = await this.#read();
    apply(change, rows);
    // What says most things anew would leave all that it says otherwise to be read in vain.
    const isMost = 2 * (change.put.size + change.removed.size) > rows.size;
    if (this.#log.isFull || isMost) await this.#log.replace({ put: rows, removed: new Set() });
    else await this.#log.append(change);
  }

  /** Reads what is kept, once. */
  #read(): Promise<Map<string, Row>> {
    return (this.#rows ??= this.#log.load().then((changes) => {
      const rows = new Map<string, Row>();
      for (const change of changes) apply(change, rows);
      return rows;
    }));
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#log.close();
  }
}

function apply<Row>({ put, removed }: Change<Row>, rows: Map<string, Row>): void {
  for (const [key, row] of put) rows.set(key, row);
  for (const key of removed) rows.delete(key);
}
