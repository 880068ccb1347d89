import type { DeviceId, Fingerprint, MediaItem, MediaItemId, Removal, VaultPath } from "../model";
import { isLater, mediaItem, type LineOf, type RecordLine } from "./journal";
import type { PackedItem } from "./packed-journal";

/** Why an item that was ours does not count any more. */
export type Ending = "removed" | "forgotten" | "superseded";

type EndingLine = LineOf<Ending>;

/** An intent without a result: its outcome is unknown until it is settled. */
export type Intent = LineOf<"intent">;

/** Lines by what they are about: items and their endings by id; intents, and when they were settled, by device and recipe. */
interface Told {
  readonly items: Map<MediaItemId, LineOf<"item">>;
  readonly endings: Map<MediaItemId, EndingLine>;
  readonly intents: Map<string, Intent>;
  readonly settled: Map<string, number>;
}

/** All that the journals say of one fingerprint in one account. Taking in a line twice, or in any order, changes nothing. */
export class LedgerRecord {
  /** The one thing that is told of most: a plain item. It stays packed until more is told, or asked. */
  #plain: PackedItem | undefined;
  #told: Told | undefined;
  #refused: LineOf<"refused"> | undefined;
  #guess: LineOf<"guess"> | undefined;
  /** When the person last asked for it to be sent all the same. */
  #again = 0;

  constructor(
    readonly fingerprint: Fingerprint,
    plain?: PackedItem,
  ) {
    this.#plain = plain;
  }

  get #all(): Told {
    if (this.#told !== undefined) return this.#told;
    const plain = this.#plain;
    this.#told = { items: new Map(), endings: new Map(), intents: new Map(), settled: new Map() };
    this.#plain = undefined;
    if (plain !== undefined) this.take(plain.line);
    return this.#told;
  }

  take(line: RecordLine): void {
    switch (line.what) {
      case "intent": {
        const key = `${line.device} ${line.recipe}`;
        const known = this.#all.intents.get(key);
        if (isLater(line, known)) this.#all.intents.set(key, line);
        return;
      }
      case "item": {
        const known = this.#all.items.get(line.id);
        if (isLater(line, known)) this.#all.items.set(line.id, line);
        this.#settle(line);
        return;
      }
      case "dropped":
        this.#settle(line);
        return;
      case "refused":
        if (isLater(line, this.#refused)) this.#refused = line;
        this.#settle(line);
        return;
      case "removed":
      case "forgotten":
      case "superseded": {
        const known = this.#all.endings.get(line.id);
        if (known === undefined || line.n > known.n) this.#all.endings.set(line.id, line);
        return;
      }
      case "again":
        this.#again = Math.max(this.#again, line.n);
        return;
      case "guess":
        if (isLater(line, this.#guess)) this.#guess = line;
    }
  }

  #settle(line: LineOf<"item" | "dropped" | "refused">): void {
    const key = `${line.device} ${line.recipe}`;
    this.#all.settled.set(key, Math.max(this.#all.settled.get(key) ?? 0, line.n));
  }

  /**
   * The item that counts: the one told of last among those that still do. A superseded one counts too: should the old
   * bytes come back, they are safe already.
   */
  get item(): MediaItem | undefined {
    if (this.#plain !== undefined) return this.#plain;
    const line =
      this.#latest((one) => this.#endingOf(one) === undefined) ??
      this.#latest((one) => this.#endingOf(one)?.what === "superseded");
    return line && mediaItem(line);
  }

  /** Whether the item that counts had given way to a newer version of its file. */
  get isSuperseded(): boolean {
    return (
      this.#plain === undefined &&
      this.item !== undefined &&
      this.#latest((one) => this.#endingOf(one) === undefined) === undefined
    );
  }

  /** An item that is gone from Google Photos, where no other one counts and nobody asked for it to be sent again. */
  get removed(): Removal | undefined {
    const line = this.item === undefined ? this.#ended("removed") : undefined;
    if (line === undefined) return undefined;
    const ending = this.#endingOf(line);
    return { item: mediaItem(line), bin: ending?.bin, left: ending?.left };
  }

  /** Whether the person left it out of the backup. */
  get isForgotten(): boolean {
    return this.item === undefined && this.removed === undefined && this.#ended("forgotten") !== undefined;
  }

  /** An item without our mark that looks like the image, until the person says whether it is. */
  get guess(): LineOf<"guess"> | undefined {
    const guess = this.#guess;
    return guess === undefined || guess.n < this.#again || this.#all.items.has(guess.id) ? undefined : guess;
  }

  /** Whether the person has asked for it to be sent all the same. */
  get isWanted(): boolean {
    return this.#again > 0;
  }

  /** Items that do not count any more for having gone from Google Photos: they may have come back. */
  get gone(): readonly MediaItemId[] {
    if (this.#plain !== undefined) return [];
    return [...this.#all.items.values()]
      .filter((line) => this.#endingOf(line)?.what === "removed")
      .map(({ id }) => id);
  }

  /** Items that Google Photos has, as far as is told: what counts, and what gave way to a newer version. */
  get present(): readonly MediaItemId[] {
    if (this.#plain !== undefined) return [this.#plain.id];
    return [...this.#all.items.values()]
      .filter((line) => (this.#endingOf(line)?.what ?? "superseded") === "superseded")
      .map(({ id }) => id);
  }

  /** What was last told of an item, whether or not it counts. */
  told(id: MediaItemId): LineOf<"item"> | undefined {
    return this.#all.items.get(id);
  }

  /** Older versions that a device has still to take out of their albums. */
  *toTakeOut(device: DeviceId): Iterable<LineOf<"item">> {
    if (this.#plain !== undefined) return;
    for (const line of this.#all.items.values()) {
      const ending = this.#endingOf(line);
      const isOwn = ending?.device === device && ending.out === undefined;
      if (isOwn && ending.what === "superseded") yield line;
    }
  }

  /** Why an item does not count any more; `undefined` where it does, or is not known. */
  endingOf(id: MediaItemId): Ending | undefined {
    const line = this.#all.items.get(id);
    return line && this.#endingOf(line)?.what;
  }

  /** Whether an item does not count any more since it was told of in this line, or at all. */
  isEnded(id: MediaItemId, since = this.#all.items.get(id)?.n ?? 0): boolean {
    return (this.#all.endings.get(id)?.n ?? 0) > since;
  }

  /** SHA-256 of the bytes that were sent, of each item of which that was noted. */
  *hashes(): Iterable<LineOf<"item"> & { readonly hash: string }> {
    for (const line of this.#all.items.values()) {
      if (line.hash !== undefined) yield { ...line, hash: line.hash };
    }
  }

  /** Where the file lay when it was last told of. */
  get path(): VaultPath | undefined {
    return this.#plain === undefined ? this.#lastPlaced?.path : this.#plain.path;
  }

  /** The size of every file that has the fingerprint, in bytes, where it was noted. */
  get size(): number | undefined {
    const line = this.#lastPlaced;
    if (line?.size !== undefined) return line.size;
    // What was sent as it is has the file's own size.
    return line?.recipe === "o" ? line.bytes : undefined;
  }

  get #lastPlaced(): LineOf<"item"> | undefined {
    if (this.#plain !== undefined) return this.#plain.path === undefined ? undefined : this.#plain.line;
    return this.#latest(({ path }) => path !== undefined);
  }

  /** Whether Google said that these bytes are no image, and no item says otherwise. */
  get refused(): boolean {
    return this.#refused !== undefined && this.item === undefined;
  }

  /** Intents of any device whose outcome is unknown. */
  get openIntents(): readonly Intent[] {
    if (this.#plain !== undefined) return [];
    return [...this.#all.intents]
      .filter(([key, intent]) => intent.n > (this.#all.settled.get(key) ?? 0))
      .map(([, intent]) => intent);
  }

  /** An ending counts unless the item was told of anew after it. */
  #endingOf(line: LineOf<"item">): EndingLine | undefined {
    const ending = this.#all.endings.get(line.id);
    return ending !== undefined && ending.n > line.n ? ending : undefined;
  }

  /** The latest item that ended so, after the person last asked for it to be sent. */
  #ended(how: Ending): LineOf<"item"> | undefined {
    return this.#latest((line) => {
      const ending = this.#endingOf(line);
      return ending?.what === how && ending.n >= this.#again;
    });
  }

  #latest(counts: (line: LineOf<"item">) => boolean): LineOf<"item"> | undefined {
    let found: LineOf<"item"> | undefined;
    for (const line of this.#all.items.values()) if (counts(line) && isLater(line, found)) found = line;
    return found;
  }
}
