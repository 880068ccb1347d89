import type { Fingerprint } from "../../model";

/** Hex digits that make a key: with more of them it would be no small integer, which a browser's maps find fastest. */
const DIGITS = 7;

/**
 * Values by the fingerprint that each has. Keys are numbers, cut from the fingerprints: to hash and compare the texts of
 * 50,000 takes twice as long (decision 18).
 */
export class ByFingerprint<Value extends { readonly fingerprint: Fingerprint }> {
  readonly #values = new Map<number, Value>();
  /** Those whose key another fingerprint has already: of 50,000, four or five. */
  readonly #others = new Map<Fingerprint, Value>();

  get(fingerprint: Fingerprint): Value | undefined {
    const found = this.#values.get(keyOf(fingerprint));
    return found === undefined || found.fingerprint === fingerprint ? found : this.#others.get(fingerprint);
  }

  /** A value whose fingerprint begins with these digits, sixteen of them. */
  like(prefix: string): Value | undefined {
    const all = [this.#values.get(keyOf(prefix)), ...this.#others.values()];
    return all.find((value) => value?.fingerprint.startsWith(prefix));
  }

  /** Puts a value in, or in the place of the one that has its fingerprint. */
  put(value: Value): void {
    if (this.add(value)) return;
    const { fingerprint } = value;
    if (this.#others.has(fingerprint)) this.#others.set(fingerprint, value);
    else this.#values.set(keyOf(fingerprint), value);
  }

  /** Puts a value in where none has its fingerprint yet; answers whether that is so. */
  add(value: Value): boolean {
    const { fingerprint } = value;
    const key = keyOf(fingerprint);
    if (!this.#values.has(key)) this.#values.set(key, value);
    else if (this.get(fingerprint) === undefined) this.#others.set(fingerprint, value);
    else return false;
    return true;
  }

  get size(): number {
    return this.#values.size + this.#others.size;
  }

  *[Symbol.iterator](): Iterator<Value> {
    yield* this.#values.values();
    yield* this.#others.values();
  }
}

function keyOf(fingerprint: string): number {
  return Number.parseInt(fingerprint.slice(0, DIGITS), 16);
}
