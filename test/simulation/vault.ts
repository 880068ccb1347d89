import type { VaultChange, VaultImage, VaultPath } from "../../src/model";

interface StoredFile {
  readonly content: string;
  readonly mtime: number;
  readonly ctime: number;
}

/** The files of a vault as one device has them. */
export class SimulatedVault {
  readonly files = new Map<VaultPath, StoredFile>();
  /** Files that are there and cannot be read. */
  readonly unreadable = new Set<VaultPath>();
  /** Nothing can be written. */
  isReadOnly = false;
  /** Everything that any file has ever held. */
  readonly contents = new Set<string>();
  readonly #listeners = new Set<(change: VaultChange) => void>();

  constructor(private readonly now: () => number) {}

  /** @param mtime  what tools that carry files keep; now, where it is written here */
  write(path: VaultPath, content: string, mtime = this.now()): void {
    const before = this.files.get(path);
    this.files.set(path, { content, mtime, ctime: before?.ctime ?? this.now() });
    this.contents.add(content);
    this.#tell({ type: before === undefined ? "created" : "changed", image: this.image(path) });
  }

  rename(from: VaultPath, to: VaultPath): void {
    const file = this.files.get(from);
    if (file === undefined || this.files.has(to)) return;
    this.files.delete(from);
    this.files.set(to, file);
    this.#tell({ type: "renamed", from, image: this.image(to) });
  }

  /** Something touches a file and leaves all as it was. */
  touch(path: VaultPath): void {
    this.#tell({ type: "changed", image: this.image(path) });
  }

  remove(path: VaultPath): void {
    if (this.files.delete(path)) this.#tell({ type: "deleted", path });
  }

  image(path: VaultPath): VaultImage {
    const file = this.files.get(path);
    if (file === undefined) throw new Error(`no file ${path}`);
    return {
      path,
      size: new TextEncoder().encode(file.content).byteLength,
      mtime: file.mtime,
      ctime: file.ctime,
    };
  }

  watch(listener: (change: VaultChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Nobody listens any more: the app is gone. */
  deafen(): void {
    this.#listeners.clear();
  }

  #tell(change: VaultChange): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
