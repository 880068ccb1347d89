import type { DeviceId, Fingerprint, MediaItem, MediaItemId, Removal, VaultPath } from "../model";
import { fileSize, isLater, mediaItem, type LineOf, type RecordLine } from "./journal";
import type { PackedItem } from "./packed-journal";

/** Why an item that was ours does not count any more. */
export type Ending = "removed" | "forgotten" | "superseded";

type EndingLine = LineOf<Ending>;

/** An intent without a result: its outcome is unknown until it is settled. */
export type Intent = LineOf<"intent">;

/** What is known of a fingerprint: for most it is one plain item, which stays packed. */
export type Known = LedgerRecord | PackedItem;

/** All that the journals say of one fingerprint in one account. Taking in a line twice, or in any order, changes nothing. */
export class LedgerRecord {
  readonly #items = new Map<MediaItemId, LineOf<"item">>();
  readonly #endings = new Map<MediaItemId, EndingLine>();
  /** Intents, and when they were settled, by device and recipe. */
  readonly #intents = new Map<string, Intent>();
  readonly #settled = new Map<string, number>();
  #isRefused = false;
  #guess: LineOf<"guess"> | undefined;
  /** When the person last asked for it to be sent all the same. */
  #again = 0;

  constructor(readonly fingerprint: Fingerprint) {}

  take(line: RecordLine): void {
    switch (line.what) {
      case "intent": {
        const key = `${line.device} ${line.recipe}`;
        if (isLater(line, this.#intents.get(key))) this.#intents.set(key, line);
        return;
      }
      case "item":
        if (isLater(line, this.#items.get(line.id))) this.#items.set(line.id, line);
        this.#settle(line);
        return;
      case "dropped":
        this.#settle(line);
        return;
      case "refused":
        this.#isRefused = true;
        this.#settle(line);
        return;
      case "removed":
      case "forgotten":
      case "superseded":
        if (line.n > (this.#endings.get(line.id)?.n ?? 0)) this.#endings.set(line.id, line);
        return;
      case "again":
        this.#again = Math.max(this.#again, line.n);
        return;
      case "guess":
        if (isLater(line, this.#guess)) this.#guess = line;
    }
  }

  #settle(line: LineOf<"item" | "dropped" | "refused">): void {
    const key = `${line.device} ${line.recipe}`;
    this.#settled.set(key, Math.max(this.#settled.get(key) ?? 0, line.n));
  }

  /**
   * The item that counts: the one told of last among those that still do. A superseded one counts too: should the old
   * bytes come back, they are safe already.
   */
  get item(): MediaItem | undefined {
    const line =
      this.#latest(({ id }) => this.endingOf(id) === undefined) ??
      this.#latest(({ id }) => this.endingOf(id)?.what === "superseded");
    return line && mediaItem(line);
  }

  /** Whether the item that counts had given way to a newer version of its file. */
  get isSuperseded(): boolean {
    const { item } = this;
    return item !== undefined && this.endingOf(item.id) !== undefined;
  }

  /** An item that is gone from Google Photos, where no other one counts and nobody asked for it to be sent again. */
  get removed(): Removal | undefined {
    const line = this.item === undefined ? this.#ended("removed") : undefined;
    if (line === undefined) return undefined;
    const ending = this.endingOf(line.id);
    return { item: mediaItem(line), bin: ending?.bin, left: ending?.left };
  }

  /** Whether the person left it out of the backup. */
  get isForgotten(): boolean {
    return this.item === undefined && this.removed === undefined && this.#ended("forgotten") !== undefined;
  }

  /** An item without our mark that looks like the image, until the person says whether it is. */
  get guess(): LineOf<"guess"> | undefined {
    const guess = this.#guess;
    return guess === undefined || guess.n < this.#again || this.#items.has(guess.id) ? undefined : guess;
  }

  /** Whether the person has asked for it to be sent all the same. */
  get isWanted(): boolean {
    return this.#again > 0;
  }

  /** Items that do not count any more for having gone from Google Photos: they may have come back. */
  get gone(): readonly MediaItemId[] {
    return [...this.#items.keys()].filter((id) => this.endingOf(id)?.what === "removed");
  }

  /** Items that Google Photos has, as far as is told: what counts, and what gave way to a newer version. */
  get present(): readonly MediaItemId[] {
    return [...this.#items.keys()].filter((id) => (this.endingOf(id)?.what ?? "superseded") === "superseded");
  }

  /** What was last told of an item, whether or not it counts. */
  told(id: MediaItemId): LineOf<"item"> | undefined {
    return this.#items.get(id);
  }

  /** Older versions that a device has still to take out of their albums. */
  *toTakeOut(device: DeviceId): Iterable<LineOf<"item">> {
    for (const line of this.#items.values()) {
      const ending = this.endingOf(line.id);
      const isOwn = ending?.device === device && ending.out === undefined;
      if (isOwn && ending.what === "superseded") yield line;
    }
  }

  /** Why an item does not count any more since it was told of by this counter, or last. */
  endingOf(id: MediaItemId, since = this.#items.get(id)?.n ?? 0): EndingLine | undefined {
    const ending = this.#endings.get(id);
    return ending !== undefined && ending.n > since ? ending : undefined;
  }

  /** SHA-256 of the bytes that were sent, of each item of which that was noted. */
  *hashes(): Iterable<LineOf<"item"> & { readonly hash: string }> {
    for (const line of this.#items.values()) {
      if (line.hash !== undefined) yield { ...line, hash: line.hash };
    }
  }

  /** Where the file lay when it was last told of. */
  get path(): VaultPath | undefined {
    return this.#lastPlaced?.path;
  }

  /** The size of every file that has the fingerprint, in bytes, where it was noted. */
  get size(): number | undefined {
    return this.#lastPlaced && fileSize(this.#lastPlaced);
  }

  get #lastPlaced(): LineOf<"item"> | undefined {
    return this.#latest(({ path }) => path !== undefined);
  }

  /** Whether Google said that these bytes are no image, and no item says otherwise. */
  get refused(): boolean {
    return this.#isRefused && this.item === undefined;
  }

  /** Intents of any device whose outcome is unknown. */
  get openIntents(): readonly Intent[] {
    return [...this.#intents]
      .filter(([key, intent]) => intent.n > (this.#settled.get(key) ?? 0))
      .map(([, intent]) => intent);
  }

  /** The latest item that ended so, after the person last asked for it to be sent. */
  #ended(how: Ending): LineOf<"item"> | undefined {
    return this.#latest(({ id }) => {
      const ending = this.endingOf(id);
      return ending?.what === how && ending.n >= this.#again;
    });
  }

  #latest(counts: (line: LineOf<"item">) => boolean): LineOf<"item"> | undefined {
    let found: LineOf<"item"> | undefined;
    for (const line of this.#items.values()) if (counts(line) && isLater(line, found)) found = line;
    return found;
  }
}
