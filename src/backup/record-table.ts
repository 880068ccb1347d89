import type { Fingerprint } from "../model";
import { LedgerRecord } from "./ledger-record";
import { fingerprintAt, PackedItem, type PackedJournal } from "./packed-journal";

/** More rows than a journal has. */
const ROWS = 2 ** 20;

/**
 * What is known of an account by fingerprint: of most that is one plain item, which is made when it is first asked for. A
 * hash table of our own, so that a start makes no more of 50,000 than it shows (decision 18).
 */
export class RecordTable {
  /** Each for as long as anything stands in it, so that one which has given way to a longer one can go. */
  readonly #journals: (PackedJournal | undefined)[] = [];
  /** How much still stands in each of them. */
  readonly #standing: number[] = [];
  /** What is known, or where it stands: the journal times `ROWS`, and the row in it. */
  readonly #known: (LedgerRecord | PackedItem | number)[] = [];
  /** One more than a place in `#known`; 0 where a slot is empty, as every second one is at least. */
  #slots = new Uint32Array(16);

  /** Adds what stands in a journal's row; answers `false`, and adds nothing, where of its fingerprint something is known. */
  add(journal: PackedJournal, row: number): boolean {
    const slot = this.#slotOf(fingerprintAt(journal, row));
    if (this.#slots[slot] !== 0) return false;
    if (this.#journals.at(-1) !== journal) this.#standing[this.#journals.push(journal) - 1] = 0;
    const last = this.#journals.length - 1;
    this.#standing[last] = (this.#standing[last] ?? 0) + 1;
    this.#fill(slot, ROWS * last + row);
    return true;
  }

  /** Puts a record in the place of what was known of its fingerprint. */
  set(record: LedgerRecord): void {
    // What stands in a journal does so no longer.
    this.get(record.fingerprint);
    const slot = this.#slotOf(record.fingerprint);
    const place = (this.#slots[slot] ?? 0) - 1;
    if (place < 0) this.#fill(slot, record);
    else this.#known[place] = record;
  }

  /** The same item or record for the same fingerprint, until a record is set. */
  get(fingerprint: Fingerprint): LedgerRecord | PackedItem | undefined {
    const place = (this.#slots[this.#slotOf(fingerprint)] ?? 0) - 1;
    const known = this.#known[place];
    if (typeof known !== "number") return known;
    const made = new PackedItem(this.#journalOf(known), known % ROWS, fingerprint);
    const number = Math.floor(known / ROWS);
    const left = (this.#standing[number] ?? 0) - 1;
    this.#standing[number] = left;
    if (left === 0) this.#journals[number] = undefined;
    return (this.#known[place] = made);
  }

  *fingerprints(): Iterable<Fingerprint> {
    for (const known of this.#known) yield this.#fingerprintOf(known);
  }

  /** Those of which there is more than a plain item, or was once asked for. */
  *records(): Iterable<LedgerRecord> {
    for (const known of this.#known) if (known instanceof LedgerRecord) yield known;
  }

  #fill(slot: number, known: LedgerRecord | number): void {
    this.#slots[slot] = this.#known.push(known);
    if (2 * this.#known.length < this.#slots.length) return;
    this.#slots = new Uint32Array(2 * this.#slots.length);
    this.#known.forEach((one, place) => {
      this.#slots[this.#slotOf(this.#fingerprintOf(one))] = place + 1;
    });
  }

  /** Where a fingerprint stands, or would: a hash itself, it begins its search at the number that its first digits are. */
  #slotOf(fingerprint: Fingerprint): number {
    const last = this.#slots.length - 1;
    let slot = Number.parseInt(fingerprint.slice(0, 7), 16) & last;
    for (;;) {
      const known = this.#known[(this.#slots[slot] ?? 0) - 1];
      if (known === undefined || this.#fingerprintOf(known) === fingerprint) return slot;
      slot = (slot + 1) & last;
    }
  }

  #fingerprintOf(known: LedgerRecord | PackedItem | number): Fingerprint {
    return typeof known === "number"
      ? fingerprintAt(this.#journalOf(known), known % ROWS)
      : known.fingerprint;
  }

  #journalOf(standing: number): PackedJournal {
    const journal = this.#journals[Math.floor(standing / ROWS)];
    if (journal === undefined) throw new RangeError("no journal is known by this number");
    return journal;
  }
}
