import type { Clock, JournalFile, JournalStore, SegmentLog } from "../../model";
import { KeptRecords, plainly } from "../disposable/kept-records";
import { PACKED_FORM, packJournal, type PackedJournal } from "./packed-journal";

/** Journals that are read at a time: each wait is for the disk, and a whole ledger is too much to hold as text. */
const AT_A_TIME = 8;

export interface ReaderPorts {
  readonly journals: JournalStore;
  readonly journalCache: SegmentLog;
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
  readonly #ports: ReaderPorts;
  /** The size of each journal as it was last read. */
  readonly #sizes = new Map<string, number>();
  readonly #kept: Promise<KeptRecords<Kept>>;

  constructor(ports: ReaderPorts) {
    this.#ports = ports;
    this.#kept = KeptRecords.open(ports.journalCache, ports.clock, plainly<Kept>(PACKED_FORM));
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
    const [files, kept] = await Promise.all([this.#ports.journals.list(), this.#kept]);
    for (const [name] of [...kept]) if (!files.some((file) => file.name === name)) kept.remove(name);
    const changed = files.filter(({ name, size }) => name !== own && this.#sizes.get(name) !== size);
    const journals: PackedJournal[] = [];
    // Lines of equal counters are a cloned device's: every start is to take them in the same order.
    for (let from = 0; from < changed.length; from += AT_A_TIME) {
      const some = changed.slice(from, from + AT_A_TIME).map((file) => this.#packed(file, kept, isStart));
      journals.push(...(await Promise.all(some)).flat());
    }
    return { files, journals };
  }

  /** What a journal says; nothing where it cannot be read now. */
  async #packed(
    { name, size, mtime }: JournalFile,
    kept: KeptRecords<Kept>,
    isStart: boolean,
  ): Promise<readonly PackedJournal[]> {
    const { clock, journals } = this.#ports;
    const last = kept.get(name);
    let packed = last?.size === size && last.mtime === mtime ? last.packed : undefined;
    if (packed === undefined) {
      const at = clock.now();
      try {
        packed = packJournal(await journals.read(name));
      } catch (error) {
        // At the start everything must be known; later, what a sync tool has in its hands is read the next time.
        if (isStart) throw error;
        return [];
      }
      // A file that is as young as its reading may change again within the same tick of its clock.
      if (mtime < at) kept.set(name, { size, mtime, packed });
    }
    this.#sizes.set(name, size);
    return [packed];
  }

  /** Keeps what was read, for the next start. */
  async keep(): Promise<void> {
    await (await this.#kept).save();
  }
}
