import type { Fingerprint, IndexEntry, IndexPart, SkipReason, VaultPath } from "../model";

/** Stands between paths: the one character that no file system has in a name. */
const BETWEEN = "\0";

/** Hex digits of a fingerprint, and numbers of an entry: size, time, when it was read. */
const DIGITS = 64;
const NUMBERS = 3;

/** What few entries have. */
interface More {
  readonly row: number;
  readonly before?: Fingerprint;
  readonly skip?: SkipReason;
}

/** Entries of the index in columns: quick to get out of a database, and small in memory. */
export interface PackedEntries {
  readonly paths: string;
  readonly fingerprints: string;
  readonly numbers: Float64Array;
  readonly more: readonly More[];
}

export function packEntries(entries: Iterable<IndexEntry>): PackedEntries {
  const rows = [...entries];
  const numbers = new Float64Array(NUMBERS * rows.length);
  const more: More[] = [];
  rows.forEach(({ size, mtime, readAt, before, skip }, row) => {
    numbers.set([size, mtime, readAt], NUMBERS * row);
    if (before !== undefined || skip !== undefined)
      more.push({
        row,
        ...(before === undefined ? {} : { before }),
        ...(skip === undefined ? {} : { skip }),
      });
  });
  return {
    paths: rows.map(({ path }) => path).join(BETWEEN),
    fingerprints: rows.map(({ fingerprint }) => fingerprint).join(""),
    numbers,
    more,
  };
}

/** The entries again; of what comes back from a database in another form, none. */
export function unpackEntries(packed: unknown): readonly IndexPart[] {
  if (!isPacked(packed) || packed.paths === "") return [];
  const more = new Map(packed.more.map((one) => [one.row, one]));
  const paths = packed.paths.split(BETWEEN);
  return [{ paths, entry: (row) => new PackedEntry(paths[row] ?? "", packed, row, more.get(row)) }];
}

function isPacked(packed: unknown): packed is PackedEntries {
  const { paths, numbers } = (packed ?? {}) as Partial<PackedEntries>;
  return typeof paths === "string" && numbers instanceof Float64Array;
}

/** One entry, of which nothing is unpacked until it is looked at. */
class PackedEntry implements IndexEntry {
  constructor(
    readonly path: VaultPath,
    private readonly packed: PackedEntries,
    private readonly row: number,
    private readonly more: More | undefined,
  ) {}

  get fingerprint(): Fingerprint {
    return this.packed.fingerprints.slice(DIGITS * this.row, DIGITS * (this.row + 1)) as Fingerprint;
  }

  get size(): number {
    return this.#number(0);
  }

  get mtime(): number {
    return this.#number(1);
  }

  get readAt(): number {
    return this.#number(2);
  }

  get before(): Fingerprint | undefined {
    return this.more?.before;
  }

  get skip(): SkipReason | undefined {
    return this.more?.skip;
  }

  #number(which: number): number {
    return this.packed.numbers[NUMBERS * this.row + which] ?? NaN;
  }
}
