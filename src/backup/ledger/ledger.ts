import type {
  AccountKey,
  AlbumId,
  DeviceId,
  DeviceMemory,
  Fingerprint,
  JournalFile,
  MediaItemId,
  NameMark,
  Random,
} from "../../model";
import { deviceId, inSlices, markOf, nameMark, recipeFrom } from "../../model";
import { ByFingerprint } from "./by-fingerprint";
import {
  isLater,
  JOURNAL_VERSION,
  latestOf,
  writeLine,
  type JournalEntry,
  type JournalLine,
  type LineOf,
} from "./journal";
import { JournalReader, type ReaderPorts } from "./journal-reader";
import { LedgerRecord, type Known } from "./ledger-record";
import { otherLines, PackedItem, type Latest, type PackedJournal, type PlainItems } from "./packed-journal";

/** A new journal file is begun once the last one has grown to this many characters. */
const FULL_JOURNAL = 256 * 1024;

/** Where the device keeps its own name, and how far it had counted when it last wrote. */
const DEVICE_KEY = "device";
const COUNTER_KEY = "counter";

export interface LedgerPorts extends ReaderPorts {
  readonly memory: DeviceMemory;
  readonly random: Random;
}

/**
 * The precious record: account × fingerprint × recipe → media item, as the union of all journal lines. A device
 * appends to its own journals and reads all; nothing is ever rewritten.
 */
export class Ledger {
  readonly #ports: LedgerPorts;
  readonly #accounts = new Map<AccountKey, AccountLedger>();
  readonly #reader: JournalReader;
  #device: DeviceId;
  #highestOwn = 0;
  #number = 1;
  /** Whether this is the window that writes: then it knows what its file holds. */
  #isWriting = false;
  #fileLength = 0;
  #newer = false;
  /** Where the latest line of all stands. */
  #last: Latest | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(ports: LedgerPorts) {
    this.#ports = ports;
    this.#device = this.#ownName();
    this.#reader = new JournalReader(ports);
  }

  /** Reads every journal there is. */
  static async open(ports: LedgerPorts): Promise<Ledger> {
    const ledger = new Ledger(ports);
    await ledger.#readNew(true);
    return ledger;
  }

  /**
   * From here on this window writes, and no other one of the device. What another one wrote before counts, and its file
   * is gone on with. Answers whether anything was new.
   */
  async takeOver(): Promise<boolean> {
    const news = await this.#readNew(true);
    this.#isWriting = true;
    return news;
  }

  /** Whether a newer version of the plugin has written here; nothing may be sent then. */
  get newer(): boolean {
    return this.#newer;
  }

  /** All that is known of a fingerprint in an account. */
  known(account: AccountKey, fingerprint: Fingerprint): Known | undefined {
    return this.#of(account).records.get(fingerprint);
  }

  /** The same as a record, which hears of what is told later. */
  record(account: AccountKey, fingerprint: Fingerprint): LedgerRecord | undefined {
    const known = this.known(account, fingerprint);
    if (!(known instanceof PackedItem)) return known;
    const record = new LedgerRecord(fingerprint);
    record.take(structuredClone(known.line));
    this.#of(account).records.put(record);
    return record;
  }

  /** Items for a fingerprint that Google Photos has, as far as is told. */
  present(account: AccountKey, fingerprint: Fingerprint | undefined): readonly MediaItemId[] {
    return (fingerprint === undefined ? undefined : this.record(account, fingerprint))?.present ?? NONE;
  }

  /** Everything that is known of an account, by fingerprint. */
  all(account: AccountKey): Iterable<Known> {
    return this.#of(account).records;
  }

  /** Of how many fingerprints anything is known in an account. */
  sizeOf(account: AccountKey): number {
    return this.#of(account).records.size;
  }

  /**
   * An item that a look has found, whose name carries this fingerprint's mark, in whichever quality: the latest, and one
   * among the older versions only where there is no other. One that is known to have gone since is none.
   *
   * @param but  another one than this
   */
  seen(account: AccountKey, fingerprint: Fingerprint, but?: MediaItemId): SeenItem | undefined {
    const found = this.#seenOf(account, fingerprint).filter(({ id }) => id !== but);
    return latestOf(found.filter(({ older }) => older !== true)) ?? latestOf(found);
  }

  /** Items that stand for a record's fingerprint beside the one that counts, in the same quality: two devices have met. */
  doubles(account: AccountKey, known: Known): readonly MediaItemId[] {
    const { fingerprint } = known;
    const seen = this.#seenOf(account, fingerprint);
    // Nearly always: a start asks of every image. What a look had found is the one that it has found.
    if (known instanceof PackedItem && seen.length <= (known.origin === "found" ? 1 : 0)) return NONE;
    const { item } = known;
    if (item === undefined) return NONE;
    const found = seen.filter(
      ({ id, mark }) =>
        mark === nameMark(fingerprint, recipeFrom(item.recipe).quality) && known.told(id) === undefined,
    );
    return [...known.others, ...found.map(({ id }) => id)];
  }

  /** Items that looks have found and no record tells of. */
  *unlinked(account: AccountKey): Iterable<SeenItem> {
    const { records, seen, unseen } = this.#of(account);
    for (const [prefix, items] of seen) {
      if (records.like(prefix) !== undefined) continue;
      for (const item of items.values()) if ((unseen.get(item.id) ?? 0) < item.n) yield item;
    }
  }

  #seenOf(account: AccountKey, fingerprint: Fingerprint): readonly SeenItem[] {
    const { records, seen, gone } = this.#of(account);
    const found = seen.size === 0 ? undefined : seen.get(markOf(fingerprint));
    if (found === undefined) return NONE;
    const known = records.get(fingerprint);
    return [...found.values()].filter(
      ({ id, n }) => known?.endingOf(id, n) === undefined && (gone.get(id) ?? 0) < n,
    );
  }

  /** Of which account anything was told last, by whichever device. */
  get lastAccount(): AccountKey | undefined {
    return this.#last?.account;
  }

  /** All that is known of the fingerprint that a mark is of. */
  like(account: AccountKey, mark: NameMark): Known | undefined {
    return this.#of(account).records.like(markOf(mark));
  }

  /** Whether a look has found an item, and not among the older versions. */
  isSeenAsNew(account: AccountKey, mark: NameMark, id: MediaItemId): boolean {
    const seen = this.#of(account).seen.get(markOf(mark))?.get(id);
    return seen !== undefined && seen.older !== true;
  }

  /**
   * Older versions that this device has still to take out of their albums.
   *
   * @param of  where they are looked for; by default in all that is known
   */
  *toTakeOut(account: AccountKey, of: Iterable<Known> = this.all(account)): Iterable<LineOf<"item">> {
    for (const known of of) yield* known.toTakeOut(this.#device);
  }

  /** Whether an item is known already, seen or linked; one that went and was not seen again since is not. */
  knows(account: AccountKey, id: MediaItemId): boolean {
    const { albums, gone, seen } = this.#noted(account);
    const went = gone.get(id);
    if (went === undefined) return albums.get(undefined)?.has(id) === true;
    return [...seen.values()].some((items) => (items.get(id)?.n ?? 0) > went);
  }

  /** Whether an item for a fingerprint, one that is told of or only was found, does not count any more or once was gone. */
  hasGone(account: AccountKey, fingerprint: Fingerprint, id: MediaItemId): boolean {
    return this.known(account, fingerprint)?.endingOf(id) !== undefined || this.#of(account).gone.has(id);
  }

  /** How many items of an album are known, seen or linked; without one, how many there are. */
  knownIn(account: AccountKey, album: AlbumId | undefined): number {
    return this.#noted(account).albums.get(album)?.size ?? 0;
  }

  /**
   * Reads what other devices, or a sync tool, have brought since. Answers whether anything was new. A file is read
   * again only where its size tells that it grew or was replaced.
   */
  readAll(): Promise<boolean> {
    return this.#readNew(false);
  }

  /** @param isStart  everything must be known, and the own file is chosen by it */
  async #readNew(isStart: boolean): Promise<boolean> {
    let news = false;
    const own = this.#isWriting ? this.#fileOf(this.#number) : undefined;
    const { files, journals } = await this.#reader.changed(own, isStart);
    for (const line of journals.flatMap(({ latest }) => latest)) {
      if (isLater(line, this.#last)) this.#last = line;
      if (line.device === this.#device) this.#highestOwn = Math.max(this.#highestOwn, line.n);
    }
    for (const journal of journals) if (await this.#takeJournal(journal)) news = true;
    if (isStart) this.#chooseFile(files);
    return news;
  }

  /** Keeps what was made of the journals, so that the next start need not read them. */
  keep(): Promise<void> {
    return this.#reader.keep();
  }

  /** Answers whether there was anything in it. */
  async #takeJournal(journal: PackedJournal): Promise<boolean> {
    const isNewer = journal.newer && !this.#newer;
    this.#newer ||= journal.newer;
    for (const items of journal.plain) {
      const { account } = items.common;
      const known = this.#of(account);
      known.unnoted.push(items);
      await inSlices(PackedItem.of(items), this.#ports.clock, (item) => {
        if (!known.records.add(item))
          this.record(account, item.fingerprint)?.take(structuredClone(item.line));
      });
    }
    const others = otherLines(journal);
    for (const line of others) this.#take(line);
    return isNewer || journal.plain.length + others.length > 0;
  }

  #fileOf(number: number): string {
    return `${this.#device}-${number}.jsonl`;
  }

  /** Writes entries down, all or none; when it resolves they are on disk and count. */
  append(entries: readonly JournalEntry[]): Promise<void> {
    return entries.length === 0 ? Promise.resolve() : this.#append(entries);
  }

  /** Tells whether anything can be written down: rejects where it cannot. */
  probe(): Promise<void> {
    return this.#append([]);
  }

  #append(entries: readonly JournalEntry[]): Promise<void> {
    const done = this.#writing.then(() => this.#write(entries));
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const at = this.#ports.clock.now();
    // Another window may have counted on, and lines of this one have been lost on their way to the disk.
    let n = Math.max(this.#last?.n ?? 0, this.#counted());
    const lines = entries.map((entry): JournalLine => ({
      ...entry,
      v: JOURNAL_VERSION,
      device: this.#device,
      n: ++n,
      at,
    }));
    this.#ports.memory.set(COUNTER_KEY, n);
    // A line that a kill or a full disk tore before must not swallow the first.
    const text = `\n${lines.map(writeLine).join("")}`;
    if (this.#fileLength > 0 && this.#fileLength + text.length > FULL_JOURNAL) this.#beginFile();
    await this.#ports.journals.append(this.#fileOf(this.#number), text);
    this.#fileLength += text.length;
    for (const line of lines) this.#take(line);
  }

  #take(line: JournalLine): void {
    if (isLater(line, this.#last)) this.#last = line;
    const account = this.#of(line.account);
    if (line.what === "seen" || line.what === "item") note(account, line);
    if (line.what === "unseen") {
      for (const times of line.gone === true ? [account.unseen, account.gone] : [account.unseen])
        times.set(line.id, Math.max(times.get(line.id) ?? 0, line.n));
      return;
    }
    if (line.what === "seen") {
      const prefix = markOf(line.mark);
      const items = account.seen.get(prefix) ?? new Map<MediaItemId, SeenItem>();
      if (isLater(line, items.get(line.id))) items.set(line.id, line);
      account.seen.set(prefix, items);
      return;
    }
    let record = this.record(line.account, line.fp);
    if (record === undefined) account.records.put((record = new LedgerRecord(line.fp)));
    record.take(line);
  }

  #of(key: AccountKey): AccountLedger {
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = {
        records: new ByFingerprint(),
        seen: new Map(),
        unseen: new Map(),
        gone: new Map(),
        unnoted: [],
        albums: new Map(),
      };
      this.#accounts.set(key, account);
    }
    return account;
  }

  /** An account with the albums of all its items, which nobody asks for until there is something to do. */
  #noted(key: AccountKey): AccountLedger {
    const account = this.#of(key);
    for (const items of account.unnoted.splice(0))
      for (const item of PackedItem.of(items)) note(account, item);
    return account;
  }

  #ownName(): DeviceId {
    const kept = String(this.#ports.memory.get(DEVICE_KEY));
    return /^[0-9a-z]{12}$/.test(kept) ? deviceId(kept) : this.#newName();
  }

  #newName(): DeviceId {
    const name = Array.from({ length: 12 }, () =>
      Math.floor(this.#ports.random.next() * 36).toString(36),
    ).join("");
    this.#ports.memory.set(DEVICE_KEY, name);
    this.#ports.memory.set(COUNTER_KEY, 0);
    return deviceId(name);
  }

  /**
   * Two devices with one name (a copied disk image) would write one file apart and lose lines to a sync tool. A line
   * in our name that this device never counted gives the other one away: we take a new name.
   */
  #chooseFile(files: readonly JournalFile[]): void {
    if (this.#highestOwn > this.#counted()) this.#device = this.#newName();
    this.#number = 1;
    this.#fileLength = 0;
    for (const { name, size } of files) {
      const number = Number.parseInt(name.slice(this.#device.length + 1), 10);
      // Conflict copies, and other devices' journals, have other names.
      if (name === this.#fileOf(number) && number >= this.#number) {
        this.#number = number;
        this.#fileLength = size;
      }
    }
    // A newer version's journal is left alone: what is written all the same lies beside it.
    if (this.#newer) this.#beginFile();
  }

  #beginFile(): void {
    this.#number += 1;
    this.#fileLength = 0;
  }

  #counted(): number {
    const counted = this.#ports.memory.get(COUNTER_KEY);
    return typeof counted === "number" ? counted : 0;
  }
}

const NONE: readonly never[] = [];

/** An item that a look has found. */
export type SeenItem = LineOf<"seen">;

interface AccountLedger {
  readonly records: ByFingerprint<Known>;
  /** By the fingerprint's first 16 hex digits; more than one where two devices have met. */
  readonly seen: Map<string, Map<MediaItemId, SeenItem>>;
  /** When found items went, or were forgotten, by the counter; and those alone that went. */
  readonly unseen: Map<MediaItemId, number>;
  readonly gone: Map<MediaItemId, number>;
  /** Plain items that are not in `albums` yet. */
  readonly unnoted: PlainItems[];
  /** All items that are known, seen or linked, and those of each album. */
  readonly albums: Map<AlbumId | undefined, Set<MediaItemId>>;
}

function note({ albums }: AccountLedger, { id, album }: Pick<LineOf<"item" | "seen">, "id" | "album">): void {
  for (const of of [undefined, album]) {
    const known = albums.get(of) ?? new Set();
    albums.set(of, known.add(id));
  }
}
