import {
  sameStamp,
  type Clock,
  type FileStamp,
  type Fingerprint,
  type IndexEntry,
  type IndexPart,
  type IndexStore,
  type SkipReason,
  type VaultPath,
} from "../model";

/**
 * A device's own disposable record: path, size and time → fingerprint. Kept in memory and saved in batches; what a
 * kill loses is read again.
 */
export class FingerprintIndex {
  /** What the store had written down first, mostly nearly everything: it is looked up as it lies there. */
  #first: IndexPart | undefined;
  /** What was noted after that; `undefined` for what lies there and was forgotten. */
  readonly #later = new Map<VaultPath, IndexEntry | undefined>();
  /** What of that is not saved yet. */
  #unsaved = new Map<VaultPath, IndexEntry | undefined>();
  #saving: Promise<void> = Promise.resolve();

  private constructor(private readonly store: IndexStore) {}

  static async open(store: IndexStore, clock: Clock): Promise<FingerprintIndex> {
    const index = new FingerprintIndex(store);
    const [first, ...later] = await store.load();
    index.#first = first?.put;
    for (const { removed, put } of later) {
      for (const path of removed) index.#later.set(path, undefined);
      for (const entry of put.all()) {
        const pause = clock.breath();
        if (pause !== undefined) await pause;
        index.#later.set(entry.path, entry);
      }
    }
    return index;
  }

  /** What was last known of a path, whether or not it still holds. */
  last(path: VaultPath): IndexEntry | undefined {
    return this.#later.has(path) ? this.#later.get(path) : this.#first?.get(path);
  }

  /**
   * What is known of a file with this stamp. A file whose time is not older than the moment it was read may have
   * changed again within the same tick of the file system's clock: it is looked at again, as git does.
   */
  known(path: VaultPath, stamp: FileStamp): IndexEntry | undefined {
    const entry = this.last(path);
    return entry !== undefined && sameStamp(entry, stamp) && stamp.mtime < entry.readAt ? entry : undefined;
  }

  /** Notes what a file holds, and what it held before where that is known and was something else. */
  note(path: VaultPath, stamp: FileStamp, fingerprint: Fingerprint, readAt: number, skip?: SkipReason): void {
    const last = this.last(path);
    const before = last === undefined || last.fingerprint === fingerprint ? last?.before : last.fingerprint;
    const { size, mtime } = stamp;
    this.#put(path, { path, size, mtime, fingerprint, readAt, before, skip });
  }

  #put(path: VaultPath, entry: IndexEntry | undefined): void {
    this.#later.set(path, entry);
    this.#unsaved.set(path, entry);
  }

  /** Follows a rename: the bytes are the same. */
  move(from: VaultPath, to: VaultPath): void {
    const entry = this.last(from);
    if (entry === undefined) return;
    this.forget(from);
    const { size, mtime, fingerprint, readAt, before, skip } = entry;
    this.#put(to, { path: to, size, mtime, fingerprint, readAt, before, skip });
  }

  forget(path: VaultPath): void {
    if (this.last(path) !== undefined) this.#put(path, undefined);
  }

  /** Writes down what has changed since the last time. */
  save(): Promise<void> {
    this.#saving = this.#saving.then(async () => {
      const unsaved = this.#unsaved;
      if (unsaved.size === 0) return;
      this.#unsaved = new Map();
      const put = [...unsaved.values()].filter((entry) => entry !== undefined);
      const removed = [...unsaved.keys()].filter((path) => unsaved.get(path) === undefined);
      await this.store.save(put, removed, () => this.#all());
    });
    return this.#saving;
  }

  *#all(): Iterable<IndexEntry> {
    for (const entry of this.#first?.all() ?? []) if (!this.#later.has(entry.path)) yield entry;
    for (const entry of this.#later.values()) if (entry !== undefined) yield entry;
  }
}
