import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** The bytes of everything uploaded, by their SHA-256: in memory, or as files that survive the process. */
export class ByteStore {
  readonly #kept = new Map<string, Uint8Array>();
  /** What this process has written and made, so that it need not ask the disk. */
  readonly #written = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #folder: string | undefined;

  constructor(folder?: string) {
    this.#folder = folder === undefined ? undefined : join(folder, "bytes");
    if (this.#folder !== undefined) mkdirSync(join(this.#folder, "arriving"), { recursive: true });
  }

  /** Keeps bytes; a file is written aside and then named, so that none is ever found half there. */
  async put(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    if (this.#folder === undefined) {
      this.#kept.set(hash, bytes);
      return hash;
    }
    if (this.#written.has(hash)) return hash;
    const path = this.#path(this.#folder, hash);
    const aside = join(this.#folder, "arriving", randomUUID());
    await writeFile(aside, bytes);
    const folder = dirname(path);
    if (!this.#folders.has(folder)) await mkdir(folder, { recursive: true });
    this.#folders.add(folder);
    await rename(aside, path);
    this.#written.add(hash);
    return hash;
  }

  /** @throws Error where no such bytes were kept: a bug, since every item's bytes are */
  get(hash: string): Uint8Array {
    if (this.#folder !== undefined) return readFileSync(this.#path(this.#folder, hash));
    const bytes = this.#kept.get(hash);
    if (bytes === undefined) throw new Error(`no bytes are kept for ${hash}`);
    return bytes;
  }

  #path(folder: string, hash: string): string {
    return join(folder, hash.slice(0, 2), hash);
  }
}
