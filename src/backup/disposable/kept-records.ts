import { inSlices, type Clock, type SegmentLog } from "../../model";

/** Records as they lie in what was written down together, each made when it is asked for. */
export interface Part<Value> extends Iterable<readonly [string, Value]> {
  readonly size: number;
  get(name: string): Value | undefined;
}

/** How records are written down. */
export interface Packing<Value> {
  /** What was written down in another form is passed over, and replaced. */
  readonly form: string;
  /** With more segments than these, a start takes the longer; with fewer, everything is written anew the more often. */
  readonly mostSegments: number;
  /** Of a name that comes twice, as it does where the record changes meanwhile, the last counts. */
  pack(records: Iterable<readonly [string, Value]>): unknown;
  unpack(packed: never): Part<Value>;
}

/** What one save has written down. */
interface Segment {
  readonly put: never;
  readonly removed: Iterable<string>;
}

interface Row {
  readonly form: string;
  readonly segment: Segment;
}

/** Records as they are, for those that are few. */
export function plainly<Value>(form = "records 1"): Packing<Value> {
  return {
    form,
    mostSegments: 16,
    pack: (records) => new Map(records),
    unpack: (packed: ReadonlyMap<string, Value>) => packed,
  };
}

/**
 * Named records that a device has made for itself. In memory they are as they are; each save writes down what has changed
 * since, or everything anew once the changes have grown to as much as the rest or lie in too many segments
 * (decision 18).
 */
export class KeptRecords<Value> {
  /** What was written down whole, mostly nearly everything: it is looked up as it lies there. */
  #whole: Part<Value> | undefined;
  /** What changed after that; `undefined` for what is no more. */
  #later = new Map<string, Value | undefined>();
  /** What of that is not saved yet. */
  #unsaved = new Map<string, Value | undefined>();
  /** How many there are; endless where some are of another form, which each start reads in vain. */
  #segments = 0;
  #saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly log: SegmentLog,
    private readonly packing: Packing<Value>,
  ) {}

  /** Reads what was written down. */
  static async open<Value>(
    log: SegmentLog,
    clock: Pick<Clock, "breath">,
    packing: Packing<Value> = plainly(),
  ): Promise<KeptRecords<Value>> {
    const kept = new KeptRecords(log, packing);
    for (const row of await log.load()) {
      kept.#segments += 1;
      const { form, segment } = (row ?? {}) as Partial<Row>;
      if (form !== packing.form || segment === undefined) {
        kept.#segments = Infinity;
        continue;
      }
      const put = packing.unpack(segment.put);
      if (kept.#whole === undefined) {
        kept.#whole = put;
        continue;
      }
      for (const name of segment.removed) kept.#later.set(name, undefined);
      await inSlices(put, clock, ([name, value]) => kept.#later.set(name, value));
    }
    return kept;
  }

  get(name: string): Value | undefined {
    return this.#later.has(name) ? this.#later.get(name) : this.#whole?.get(name);
  }

  /** Puts a record in the place of the one of that name; `undefined` removes it. */
  set(name: string, value: Value | undefined): void {
    this.#later.set(name, value);
    this.#unsaved.set(name, value);
  }

  /** Removes the record of that name, where there is one. */
  remove(name: string): void {
    if (this.get(name) !== undefined) this.set(name, undefined);
  }

  *[Symbol.iterator](): Iterator<readonly [string, Value]> {
    for (const record of this.#whole ?? []) if (!this.#later.has(record[0])) yield record;
    yield* present(this.#later);
  }

  /** Writes down what has changed since the last time; resolves when it is on disk, if it can be kept. */
  save(): Promise<void> {
    return (this.#saving = this.#saving.then(() => this.#save()));
  }

  async #save(): Promise<void> {
    const unsaved = this.#unsaved;
    if (unsaved.size === 0) return;
    this.#unsaved = new Map();
    const { form, mostSegments } = this.packing;
    const isWhole = this.#segments >= mostSegments || this.#later.size >= (this.#whole?.size ?? 0);
    const put = (await this.packing.pack(isWhole ? this : present(unsaved))) as never;
    const removed = isWhole ? [] : [...unsaved.keys()].filter((name) => unsaved.get(name) === undefined);
    if (isWhole) {
      this.#whole = this.packing.unpack(put);
      this.#later = new Map(this.#unsaved);
      this.#segments = 0;
    }
    this.#segments += 1;
    if (await this.log.write({ form, segment: { put, removed } } satisfies Row, isWhole)) return;
    // As where iOS loses its connection to the database: the next save writes everything.
    this.#segments = Infinity;
    this.#unsaved = new Map([...unsaved, ...this.#unsaved]);
  }
}

function* present<Value>(
  records: ReadonlyMap<string, Value | undefined>,
): Iterable<readonly [string, Value]> {
  for (const [name, value] of records) if (value !== undefined) yield [name, value];
}
