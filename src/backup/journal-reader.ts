import type { Clock, JournalCache, JournalFile, JournalStore } from "../model";
import { isPacked, packJournal, type PackedJournal } from "./packed-journal";

/** Journals that are read at a time: each wait is for the disk, and a whole ledger is too much to hold as text. */
const AT_A_TIME = 8;

export interface ReaderPorts {
  readonly journals: JournalStore;
  readonly journalCache: JournalCache;
  readonly clock: Clock;
}

/** A packed journal with the file that it was read from, as that was then. */
interface Kept {
  readonly size: number;
  readonly mtime: number;
  readonly packed: PackedJournal;
}

/**
 * Reads journals, each only where it has changed since. What was made of one is kept for the next start, by its size
 * and time: the journal itself stays the truth, and one that is another in either is read anew (decision 0015).
 */
export class JournalReader {
  /** The size of each journal as it was last read. */
  readonly #sizes = new Map<string, number>();
  /** What was read and is not kept yet. */
  #fresh = new Map<string, Kept>();
  /** What is kept of journals that are gone. */
  readonly #stale = new Set<string>();
  #cached: Promise<ReadonlyMap<string, unknown>> | undefined;

  constructor(private readonly ports: ReaderPorts) {
    this.#cached = ports.journalCache.load();
  }

  /**
   * What journals say that are new or have changed, and all files that there are.
   *
   * @param own      the one that this window is writing, if any
   * @param isStart  everything must be known: what cannot be read is thrown
   */
  async changed(
    own: string | undefined,
    isStart: boolean,
  ): Promise<{ readonly files: readonly JournalFile[]; readonly journals: readonly PackedJournal[] }> {
    const { clock, journals } = this.ports;
    const at = clock.now();
    const [files, cached] = await Promise.all([journals.list(), this.#cached]);
    this.#cached = undefined;
    const found = new Map<JournalFile, PackedJournal>();
    const unread: JournalFile[] = [];
    for (const file of files) {
      if (file.name === own || this.#sizes.get(file.name) === file.size) continue;
      const kept = keptOf(cached?.get(file.name), file);
      if (kept === undefined) unread.push(file);
      else found.set(file, kept);
    }
    for (let from = 0; from < unread.length; from += AT_A_TIME) {
      await Promise.all(
        unread.slice(from, from + AT_A_TIME).map(async (file) => {
          const text = await this.#read(file.name, isStart);
          if (text === undefined) return;
          const packed = packJournal(text);
          found.set(file, packed);
          const { size, mtime } = file;
          // A file that is as young as its reading may change again within the same tick of its clock.
          if (mtime < at) this.#fresh.set(file.name, { size, mtime, packed });
        }),
      );
    }
    const names = new Set(files.map(({ name }) => name));
    for (const name of cached?.keys() ?? []) if (!names.has(name)) this.#stale.add(name);
    for (const { name, size } of found.keys()) this.#sizes.set(name, size);
    // Lines of equal counters are a cloned device's: every start is to take them in the same order.
    return { files, journals: files.flatMap((file) => found.get(file) ?? []) };
  }

  /** At the start everything must be known; later, what a sync tool has in its hands is read the next time. */
  async #read(name: string, isStart: boolean): Promise<string | undefined> {
    try {
      return await this.ports.journals.read(name);
    } catch (error) {
      if (isStart) throw error;
      return undefined;
    }
  }

  /** Keeps what was read, for the next start. */
  async keep(): Promise<void> {
    const fresh = this.#fresh;
    if (fresh.size === 0 && this.#stale.size === 0) return;
    this.#fresh = new Map();
    const stale = [...this.#stale];
    this.#stale.clear();
    await this.ports.journalCache.save(fresh, stale);
  }
}

/** What is kept of a journal, where that is still as it was read. */
function keptOf(value: unknown, { size, mtime }: JournalFile): PackedJournal | undefined {
  const kept = value as Partial<Kept> | undefined;
  return kept?.size === size && kept.mtime === mtime && isPacked(kept.packed) ? kept.packed : undefined;
}
