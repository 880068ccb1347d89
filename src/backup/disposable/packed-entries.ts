import {
  inSlices,
  scatter,
  type Clock,
  type FileStamp,
  type Fingerprint,
  type SkipReason,
  type VaultPath,
} from "../../model";
import type { Packing, Part } from "./kept-records";

/** A file as this device has fingerprinted it, and when. */
export interface IndexEntry extends FileStamp {
  readonly fingerprint: Fingerprint;
  /** When reading it began, milliseconds since 1970. */
  readonly readAt: number;
  /** What was backed up from this path before: the image is a changed one. */
  readonly before?: Fingerprint | undefined;
  /** Why its content cannot be sent, where that was found. */
  readonly skip?: SkipReason | undefined;
}

/** Hex digits of a fingerprint, and numbers of an entry: size, time, when it was read. */
const DIGITS = 64;
const NUMBERS = 3;

/** What the hashes of paths begin with: FNV-1a's own. */
const FNV_START = 0x811c9dc5;

/** What few entries have. */
interface More {
  readonly before?: Fingerprint | undefined;
  readonly skip?: SkipReason | undefined;
}

/**
 * Entries of the index in columns, with a hash table of their paths: what comes out of a database is looked up as it is,
 * and nothing of it is unpacked that nobody asks for.
 */
export interface PackedEntries {
  /** All paths, one after another, and where each ends. */
  readonly paths: string;
  readonly ends: Uint32Array;
  readonly fingerprints: string;
  readonly numbers: Float64Array;
  /** By the row. */
  readonly more: ReadonlyMap<number, More>;
  /** Rows by the hash of their paths, counted from one, each in the first free place; more than half stay free: a search ends. */
  readonly table: Uint32Array;
}

/** Entries by their paths, packed in slices. So few of them are saved at a time that their segments cost a start little. */
export function inColumns(clock: Pick<Clock, "breath">): Packing<IndexEntry> {
  return {
    form: "index 3",
    mostSegments: 128,
    pack: (entries) => packEntries(entries, clock),
    unpack: (packed) => new PackedPart(packed),
  };
}

async function packEntries(
  entries: Iterable<readonly [VaultPath, IndexEntry]>,
  clock: Pick<Clock, "breath">,
): Promise<PackedEntries> {
  const latest = new Map<VaultPath, IndexEntry>();
  await inSlices(entries, clock, ([path, entry]) => latest.set(path, entry));
  const ends = new Uint32Array(latest.size);
  const numbers = new Float64Array(NUMBERS * latest.size);
  const table = new Uint32Array(2 ** Math.ceil(Math.log2(2 * latest.size + 1)));
  const more = new Map<number, More>();
  let [paths, fingerprints, row] = ["", "", 0];
  await inSlices(latest, clock, ([path, { fingerprint, size, mtime, readAt, before, skip }]) => {
    paths += path;
    fingerprints += fingerprint;
    ends[row] = paths.length;
    numbers.set([size, mtime, readAt], NUMBERS * row);
    if (before !== undefined || skip !== undefined) more.set(row, { before, skip });
    let at = scatter(path, FNV_START) % table.length;
    while (table[at] !== 0) at = (at + 1) % table.length;
    row += 1;
    table[at] = row;
  });
  return { paths, ends, fingerprints, numbers, more, table };
}

/** The entries again, each made when it is asked for. */
class PackedPart implements Part<IndexEntry> {
  /** The row after the one that was asked for last: a vault is listed much as it was read, one file after another. */
  #next = 0;

  constructor(private readonly packed: PackedEntries) {}

  get size(): number {
    return this.packed.ends.length;
  }

  get(path: VaultPath): IndexEntry | undefined {
    const row = this.#has(this.#next, path) ? this.#next : this.#find(path);
    if (row === undefined) return undefined;
    this.#next = row + 1;
    return this.#entry(row);
  }

  #find(path: VaultPath): number | undefined {
    const { table } = this.packed;
    for (let at = scatter(path, FNV_START); ; at += 1) {
      const row = (table[at % table.length] ?? 0) - 1;
      if (row < 0) return undefined;
      if (this.#has(row, path)) return row;
    }
  }

  #has(row: number, path: VaultPath): boolean {
    const { paths, ends } = this.packed;
    const start = ends[row - 1] ?? 0;
    const end = ends[row];
    return end === start + path.length && paths.slice(start, end) === path;
  }

  #entry(row: number): IndexEntry {
    const { fingerprints, numbers, more } = this.packed;
    const at = NUMBERS * row;
    return {
      fingerprint: fingerprints.slice(DIGITS * row, DIGITS * (row + 1)) as Fingerprint,
      size: numbers[at] ?? NaN,
      mtime: numbers[at + 1] ?? NaN,
      readAt: numbers[at + 2] ?? NaN,
      ...more.get(row),
    };
  }

  *[Symbol.iterator](): Iterator<readonly [VaultPath, IndexEntry]> {
    const { paths, ends } = this.packed;
    let start = 0;
    for (const [row, end] of ends.entries()) {
      yield [paths.slice(start, end), this.#entry(row)];
      start = end;
    }
  }
}
