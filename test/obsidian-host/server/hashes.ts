import { createHash, type Hash } from "node:crypto";

/** Running hashes behind the page's stand-in for Node's `crypto.createHash`. */
export class Hashes {
  readonly #running = new Map<number, Hash>();
  #next = 1;

  create(algorithm: string): number {
    this.#running.set(this.#next, createHash(algorithm));
    return this.#next++;
  }

  update(id: number, data: Uint8Array): void {
    this.#get(id).update(data);
  }

  /** The digest in hex; the hash is used up. */
  digest(id: number): string {
    const digest = this.#get(id).digest("hex");
    this.#running.delete(id);
    return digest;
  }

  #get(id: number): Hash {
    const hash = this.#running.get(id);
    if (hash === undefined) throw new Error("Digest already called");
    return hash;
  }
}
