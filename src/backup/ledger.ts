import type {
  AccountKey,
  AlbumId,
  DeviceId,
  DeviceMemory,
  Fingerprint,
  JournalFile,
  MediaItemId,
  Random,
} from "../model";
import { deviceId, nameMark, recipeFrom } from "../model";
import { ByFingerprint } from "./by-fingerprint";
import {
  isLater,
  JOURNAL_VERSION,
  writeLine,
  type JournalEntry,
  type JournalLine,
  type LineOf,
} from "./journal";
import { JournalReader, type ReaderPorts } from "./journal-reader";
import { LedgerRecord, type Known } from "./ledger-record";
import { otherLines, PackedItem, type PackedJournal } from "./packed-journal";

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
  readonly #accounts = new Map<AccountKey, AccountLedger>();
  readonly #reader: JournalReader;
  #device: DeviceId;
  #counter = 0;
  #highestOwn = 0;
  #file = "";
  /** Whether this is the window that writes: then it knows what its file holds. */
  #isWriting = false;
  #fileLength = 0;
  /** Whether the file may end in a line that a kill or a full disk tore. */
  #mayBeTorn = true;
  #newer = false;
  #last: PackedJournal["last"];
  #touched: Set<Fingerprint> | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(private readonly ports: LedgerPorts) {
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

  get device(): DeviceId {
    return this.#device;
  }

  /** All that is known of a fingerprint in an account. */
  known(account: AccountKey, fingerprint: Fingerprint): Known | undefined {
    return this.#accounts.get(account)?.records.get(fingerprint);
  }

  /** The same as a record, which hears of what is told later. */
  record(account: AccountKey, fingerprint: Fingerprint): LedgerRecord | undefined {
    const known = this.known(account, fingerprint);
    if (!(known instanceof PackedItem)) return known;
    const record = new LedgerRecord(fingerprint);
    record.take(known.line);
    this.#accountOf(account).records.put(record);
    return record;
  }

  /** Everything that is known of an account, by fingerprint. */
  all(account: AccountKey): Iterable<Known> {
    return this.#accounts.get(account)?.records ?? NONE;
  }

  /** Of how many fingerprints anything is known in an account. */
  sizeOf(account: AccountKey): number {
    return this.#accounts.get(account)?.records.size ?? 0;
  }

  /**
   * An item that a look has found, whose name carries this fingerprint's mark, in whichever quality. One that is known
   * to have gone since is none.
   *
   * @param but  another one than this
   */
  seen(account: AccountKey, fingerprint: Fingerprint, but?: MediaItemId): SeenItem | undefined {
    return this.#seenOf(account, fingerprint)
      .filter(({ id }) => id !== but)
      .at(-1);
  }

  /** Items that stand for a record's fingerprint beside the one that counts, in the same quality: two devices have met. */
  doubles(account: AccountKey, known: Known): readonly MediaItemId[] {
    const { fingerprint } = known;
    const found = this.#seenOf(account, fingerprint);
    if (found.length === 0 && known instanceof PackedItem) return NONE;
    const record = this.record(account, fingerprint);
    if (record?.item === undefined) return NONE;
    const { item, present } = record;
    const mark = nameMark(fingerprint, recipeFrom(item.recipe).quality);
    const seen = found.filter((one) => one.mark === mark && record.told(one.id) === undefined);
    return [...present, ...seen.map(({ id }) => id)].filter((id) => id !== item.id);
  }

  /** Items that looks have found and no record tells of; the same list for as long as there are no others. */
  unlinked(account: AccountKey): readonly SeenItem[] {
    const known = this.#accounts.get(account);
    if (known === undefined || known.seen.size === 0) return NONE;
    return (known.unlinked ??= unlinkedIn(known));
  }

  /** Fingerprints of which something was told since this was last asked; `undefined` where it never was. */
  takeTouched(): ReadonlySet<Fingerprint> | undefined {
    const touched = this.#touched;
    this.#touched = new Set();
    return touched;
  }

  #seenOf(account: AccountKey, fingerprint: Fingerprint): readonly SeenItem[] {
    const all = this.#accounts.get(account)?.seen;
    const seen = all === undefined || all.size === 0 ? undefined : all.get(fingerprint.slice(0, 16));
    if (seen === undefined) return NONE;
    const record = this.record(account, fingerprint);
    const gone = this.#accounts.get(account)?.gone;
    return [...seen.values()].filter(
      ({ id, n }) => record?.endingOf(id, n) === undefined && (gone?.get(id) ?? 0) < n,
    );
  }

  /** Whose items were told of last, by whichever device. */
  get lastAccount(): AccountKey | undefined {
    return this.#last?.account;
  }

  /** Whether nothing at all is known of an account. */
  isEmpty(account: AccountKey): boolean {
    return !this.#accounts.has(account);
  }

  /** Older versions that this device has still to take out of their albums. */
  *toTakeOut(account: AccountKey): Iterable<LineOf<"item">> {
    for (const known of this.all(account))
      if (!(known instanceof PackedItem)) yield* known.toTakeOut(this.#device);
  }

  /** Whether an item is known already, seen or linked; one that went and was not seen again since is not. */
  knows(account: AccountKey, id: MediaItemId): boolean {
    const known = this.#noted(account);
    if (known?.ids.has(id) !== true) return false;
    const gone = known.gone.get(id);
    if (gone === undefined) return true;
    for (const items of known.seen.values()) if ((items.get(id)?.n ?? 0) > gone) return true;
    return false;
  }

  /** How many items of an album are known, seen or linked. */
  knownIn(account: AccountKey, album: AlbumId): number {
    return this.#noted(account)?.albums.get(album)?.size ?? 0;
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
    const own = this.#isWriting ? this.#file : undefined;
    const { files, journals } = await this.#reader.changed(own, isStart);
    for (const { highest } of journals) this.#count(highest);
    for (const journal of journals) if (await this.#takeJournal(journal)) news = true;
    if (isStart) this.#chooseFile(files);
    return news;
  }

  /** Keeps what was made of the journals, so that the next start need not read them. */
  keep(): Promise<void> {
    return this.#reader.keep();
  }

  #count(highest: PackedJournal["highest"]): void {
    for (const [device, n] of Object.entries(highest)) {
      this.#counter = Math.max(this.#counter, n);
      if (device === this.#device) this.#highestOwn = Math.max(this.#highestOwn, n);
    }
  }

  /** Answers whether there was anything in it. */
  async #takeJournal(journal: PackedJournal): Promise<boolean> {
    const isNewer = journal.newer && !this.#newer;
    this.#newer ||= journal.newer;
    const { last } = journal;
    if (last !== undefined && isLater(last, this.#last)) this.#last = last;
    for (const { account } of journal.common) {
      const known = this.#accountOf(account);
      known.unnoted.add(journal);
      known.unlinked = undefined;
    }
    const homes = journal.common.map(({ account }) => this.#accountOf(account).records);
    for (let row = 0; row < journal.commonOf.length; row += 1) {
      const pause = this.ports.clock.breath();
      if (pause !== undefined) await pause;
      const records = homes[journal.commonOf[row] ?? 0];
      const item = new PackedItem(journal, row);
      const { fingerprint } = item;
      this.#touched?.add(fingerprint);
      if (records?.get(fingerprint) === undefined) records?.put(item);
      else this.record(item.account, fingerprint)?.take(item.line);
    }
    for (const line of otherLines(journal)) this.#take(line);
    return isNewer || journal.commonOf.length > 0 || journal.others !== "";
  }

  /** Writes entries down, all or none; when it resolves they are on disk and count. */
  append(entries: readonly JournalEntry[]): Promise<void> {
    if (entries.length === 0) return Promise.resolve();
    const done = this.#writing.then(() => this.#write(entries));
    this.#writing = done.catch(() => undefined);
    return done;
  }

  async #write(entries: readonly JournalEntry[]): Promise<void> {
    const at = this.ports.clock.now();
    // Another window may count on meanwhile.
    if (!this.#isWriting) this.#counter = Math.max(this.#counter, this.#counted());
    const lines = entries.map((entry): JournalLine => ({
      v: JOURNAL_VERSION,
      device: this.#device,
      n: ++this.#counter,
      at,
      ...entry,
    }));
    this.ports.memory.set(COUNTER_KEY, this.#counter);
    const text = lines.map(writeLine).join("");
    if (this.#fileLength > 0 && this.#fileLength + text.length > FULL_JOURNAL) this.#nextFile();
    // A torn line must not swallow the next one.
    const apart = this.#mayBeTorn && this.#fileLength > 0 ? "\n" : "";
    this.#mayBeTorn = true;
    await this.ports.journals.append(this.#file, apart + text);
    this.#mayBeTorn = false;
    this.#fileLength += text.length;
    for (const line of lines) this.#take(line);
  }

  #take(line: JournalLine): void {
    if (line.what === "item" && isLater(line, this.#last)) this.#last = line;
    const account = this.#accountOf(line.account);
    if (line.what === "seen" || line.what === "item") note(account, line);
    if (line.what === "unseen") {
      for (const times of line.gone === true ? [account.unseen, account.gone] : [account.unseen])
        times.set(line.id, Math.max(times.get(line.id) ?? 0, line.n));
      account.unlinked = undefined;
      return;
    }
    if (line.what === "seen") {
      const prefix = line.mark.slice(0, 16);
      const items = account.seen.get(prefix) ?? new Map<MediaItemId, SeenItem>();
      const known = items.get(line.id);
      if (isLater(line, known)) items.set(line.id, line);
      account.seen.set(prefix, items);
      account.unlinked = undefined;
      return;
    }
    this.#touched?.add(line.fp);
    let record = this.record(line.account, line.fp);
    if (record === undefined) {
      account.records.put((record = new LedgerRecord(line.fp)));
      account.unlinked = undefined;
    }
    record.take(line);
  }

  #accountOf(key: AccountKey): AccountLedger {
    let account = this.#accounts.get(key);
    if (account === undefined) {
      account = {
        records: new ByFingerprint(),
        seen: new Map(),
        unlinked: undefined,
        unseen: new Map(),
        gone: new Map(),
        unnoted: new Set(),
        ids: new Set(),
        albums: new Map(),
      };
      this.#accounts.set(key, account);
    }
    return account;
  }

  /** An account with ids and albums of all its items, which nobody asks for until there is something to do. */
  #noted(key: AccountKey): AccountLedger | undefined {
    const account = this.#accounts.get(key);
    for (const journal of account?.unnoted ?? []) {
      for (const item of PackedItem.of(journal)) if (item.account === key && account) note(account, item);
    }
    account?.unnoted.clear();
    return account;
  }

  #ownName(): DeviceId {
    const kept = this.ports.memory.get(DEVICE_KEY);
    return typeof kept === "string" && /^[0-9a-z]{12}$/.test(kept) ? deviceId(kept) : this.#newName();
  }

  #newName(): DeviceId {
    const name = Array.from({ length: 12 }, () =>
      Math.floor(this.ports.random.next() * 36).toString(36),
    ).join("");
    this.ports.memory.set(DEVICE_KEY, name);
    this.ports.memory.set(COUNTER_KEY, 0);
    return deviceId(name);
  }

  /**
   * Two devices with one name (a copied disk image) would write one file apart and lose lines to a sync tool. A line
   * in our name that this device never counted gives the other one away: we take a new name.
   */
  #chooseFile(files: readonly JournalFile[]): void {
    if (this.#highestOwn > this.#counted()) this.#device = this.#newName();
    let last: { readonly file: JournalFile; readonly number: number } | undefined;
    for (const file of files) {
      const number = numberOf(file.name, this.#device);
      if (number !== undefined && (last === undefined || number > last.number)) last = { file, number };
    }
    this.#file = last?.file.name ?? `${this.#device}-1.jsonl`;
    this.#fileLength = last?.file.size ?? 0;
    this.#mayBeTorn = true;
  }

  #counted(): number {
    const counted = this.ports.memory.get(COUNTER_KEY);
    return typeof counted === "number" ? counted : 0;
  }

  #nextFile(): void {
    this.#file = `${this.#device}-${(numberOf(this.#file, this.#device) ?? 0) + 1}.jsonl`;
    this.#fileLength = 0;
  }
}

const NONE: readonly never[] = [];

/** An item that a look has found. */
export type SeenItem = LineOf<"seen">;

interface AccountLedger {
  readonly records: ByFingerprint<Known>;
  /** By the fingerprint's first 16 hex digits; more than one where two devices have met. */
  readonly seen: Map<string, Map<MediaItemId, SeenItem>>;
  /** Of these, the ones that no record tells of; made anew when asked for after a change. */
  unlinked: readonly SeenItem[] | undefined;
  /** When found items went, or were forgotten, by the counter; and those alone that went. */
  readonly unseen: Map<MediaItemId, number>;
  readonly gone: Map<MediaItemId, number>;
  /** Journals whose plain items are not among the ids and albums yet. */
  readonly unnoted: Set<PackedJournal>;
  readonly ids: Set<MediaItemId>;
  readonly albums: Map<AlbumId, Set<MediaItemId>>;
}

function unlinkedIn({ records, seen, unseen }: AccountLedger): readonly SeenItem[] {
  const linked = new Set<string>();
  for (const { fingerprint } of records) linked.add(fingerprint.slice(0, 16));
  const unlinked: SeenItem[] = [];
  for (const [prefix, items] of seen) {
    if (linked.has(prefix)) continue;
    for (const item of items.values()) if ((unseen.get(item.id) ?? 0) < item.n) unlinked.push(item);
  }
  return unlinked;
}

function note(
  { ids, albums }: AccountLedger,
  { id, album }: Pick<LineOf<"item" | "seen">, "id" | "album">,
): void {
  ids.add(id);
  if (album === undefined) return;
  const known = albums.get(album);
  if (known === undefined) albums.set(album, new Set([id]));
  else known.add(id);
}

/** The number in a journal's name, where it is one of this device's own; conflict copies have other names. */
function numberOf(name: string, device: DeviceId): number | undefined {
  const match = /^([0-9a-z]{12})-(\d+)\.jsonl$/.exec(name);
  return match?.[1] === device ? Number(match[2]) : undefined;
}
