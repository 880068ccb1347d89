import {
  extensionOf,
  sameStamp,
  type Clock,
  type FileStamp,
  type Fingerprint,
  type SegmentLog,
  type SkipReason,
  type VaultPath,
} from "../../model";
import { Together } from "../together";
import { KeptRecords } from "./kept-records";
import { inColumns, type IndexEntry } from "./packed-entries";

/** Files that are renamed or deleted one after another are saved once in so many milliseconds. */
const SAVE_REST = 5_000;

/**
 * A device's own disposable record: path, size and time → fingerprint. Kept in memory and saved in batches; what a
 * kill loses is read again.
 */
export class FingerprintIndex {
  /** Of nothing to be sent no run would save it, and at the next start all of a renamed folder were read again. */
  readonly #saving: Together;

  private constructor(
    private readonly entries: KeptRecords<IndexEntry>,
    clock: Clock,
    signal: AbortSignal,
  ) {
    this.#saving = new Together(() => void this.save(), clock, signal, SAVE_REST);
  }

  static async open(log: SegmentLog, clock: Clock, signal: AbortSignal): Promise<FingerprintIndex> {
    return new FingerprintIndex(await KeptRecords.open(log, clock, inColumns(clock)), clock, signal);
  }

  /** What was last known of a path, whether or not it still holds. */
  last(path: VaultPath): IndexEntry | undefined {
    return this.entries.get(path);
  }

  /**
   * What is known of a file with this stamp. A file whose time is not older than the moment it was read may have
   * changed again within the same tick of the file system's clock: it is looked at again, as git does.
   */
  known(path: VaultPath, stamp: FileStamp): IndexEntry | undefined {
    const entry = this.last(path);
    return entry && sameStamp(entry, stamp) && stamp.mtime < entry.readAt ? entry : undefined;
  }

  /** Notes what a file holds, and what was backed up from it before, where that was something else. */
  note(
    path: VaultPath,
    { size, mtime }: FileStamp,
    fingerprint: Fingerprint,
    readAt: number,
    before?: Fingerprint,
    skip?: SkipReason,
  ): void {
    this.entries.set(path, { size, mtime, fingerprint, readAt, before, skip });
  }

  /** Follows a rename: the bytes are the same. Why they cannot be sent may have been the name's. */
  move(from: VaultPath, to: VaultPath): void {
    const entry = this.last(from);
    if (entry === undefined) return;
    this.forget(from);
    this.entries.set(to, extensionOf(from) === extensionOf(to) ? entry : { ...entry, skip: undefined });
  }

  forget(path: VaultPath): void {
    this.entries.remove(path);
    this.#saving.note();
  }

  /** Writes down at once what has changed since the last time. */
  save(): Promise<void> {
    return this.entries.save();
  }
}
