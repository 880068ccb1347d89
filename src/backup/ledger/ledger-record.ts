import type {
  DeviceId,
  Fingerprint,
  MediaItem,
  MediaItemId,
  RecipeKey,
  Removal,
  VaultPath,
} from "../../model";
import { fileSize, isLater, latestOf, mediaItem, type LineOf, type RecordLine } from "./journal";
import type { PackedItem } from "./packed-journal";

/** Why an item that was ours does not count any more. */
export type Ending = "removed" | "forgotten" | "superseded";

type EndingLine = LineOf<Ending>;

/** What tells the outcome of an intent. */
type Settling = LineOf<"item" | "dropped" | "refused">;

/** An intent without a result: its outcome is unknown until it is settled. */
export type Intent = LineOf<"intent">;

/** What is known of a fingerprint: for most it is one plain item, which stays packed. */
export type Known = LedgerRecord | PackedItem;

/** All that the journals say of one fingerprint in one account. Taking in a line twice, or in any order, changes nothing. */
export class LedgerRecord {
  readonly #items = new Map<MediaItemId, LineOf<"item">>();
  readonly #endings = new Map<MediaItemId, EndingLine>();
  /** The last intents, or what settled them, by device and recipe. */
  readonly #intents = new Map<string, Intent | Settling>();
  /** When Google last said that the bytes are no image, by the quality they were sent in. */
  readonly #refused = new Map<string, number>();
  #guess: LineOf<"guess"> | undefined;
  /** When the person last asked for it to be sent all the same. */
  #again = 0;

  constructor(readonly fingerprint: Fingerprint) {}

  take(line: RecordLine): void {
    switch (line.what) {
      case "intent":
        if (line.n > this.#intentBefore(line)) this.#intents.set(keyOf(line), line);
        return;
      case "item":
        if (isLater(line, this.#items.get(line.id))) this.#items.set(line.id, line);
        this.#settle(line);
        return;
      case "dropped":
        this.#settle(line);
        return;
      case "refused":
        this.#refused.set(
          qualityOf(line.recipe),
          Math.max(line.n, this.#refused.get(qualityOf(line.recipe)) ?? 0),
        );
        this.#settle(line);
        return;
      case "removed":
      case "forgotten":
      case "superseded":
        if (isLater(line, this.#endings.get(line.id))) this.#endings.set(line.id, line);
        return;
      case "again":
        this.#again = Math.max(this.#again, line.n);
        return;
      case "guess":
        if (isLater(line, this.#guess)) this.#guess = line;
    }
  }

  #settle(line: Settling): void {
    // Of equal counters, as a cloned device has them, an outcome comes after an intent in whatever order they are read.
    if (line.n >= this.#intentBefore(line)) this.#intents.set(keyOf(line), line);
  }

  #intentBefore(line: Intent | Settling): number {
    return this.#intents.get(keyOf(line))?.n ?? 0;
  }

  /**
   * The item that counts: the one told of last among those that still do. A superseded one counts too: should the old
   * bytes come back, they are safe already.
   */
  get item(): MediaItem | undefined {
    const line = latestOf(this.#thatAre(undefined)) ?? latestOf(this.#thatAre("superseded"));
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
    return guess && guess.n >= this.#again && !this.#items.has(guess.id) ? guess : undefined;
  }

  /** Whether the person has asked for it to be sent all the same. */
  get isWanted(): boolean {
    return this.#again > 0;
  }

  /** Whether it is not sent without a word: it is gone, left out or no image, or there is something that may be it. */
  get isLeftAlone(): boolean {
    const isAsked = (this.removed ?? this.guess) !== undefined;
    return this.item === undefined && (isAsked || this.isForgotten || this.isRefused());
  }

  /** Items that do not count any more for having gone from Google Photos: they may have come back. */
  get gone(): readonly MediaItemId[] {
    return this.#thatAre("removed").map(({ id }) => id);
  }

  /** Items that Google Photos has, as far as is told: what counts, and what gave way to a newer version. */
  get present(): readonly MediaItemId[] {
    return this.#thatAre(undefined, "superseded").map(({ id }) => id);
  }

  /** Of these, the ones beside the one that counts. */
  get others(): readonly MediaItemId[] {
    const counting = this.item?.id;
    return this.present.filter((id) => id !== counting);
  }

  /** All that was told of items, whether or not they count. */
  get items(): readonly LineOf<"item">[] {
    return [...this.#items.values()];
  }

  /** What was last told of an item, whether or not it counts. */
  told(id: MediaItemId): LineOf<"item"> | undefined {
    return this.#items.get(id);
  }

  /** Older versions that a device has still to take out of their albums. */
  toTakeOut(device: DeviceId): readonly LineOf<"item">[] {
    return this.#thatAre("superseded").filter(({ id }) => {
      const ending = this.endingOf(id);
      return ending?.device === device && ending.out === undefined;
    });
  }

  /** Why an item does not count any more since it was told of by this counter, or last. */
  endingOf(id: MediaItemId, since = this.#items.get(id)?.n ?? 0): EndingLine | undefined {
    const ending = this.#endings.get(id);
    return ending && ending.n > since ? ending : undefined;
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
    return latestOf(this.items.filter(({ path }) => path !== undefined));
  }

  /** Whether Google said that the bytes are no image, as they are sent in a quality or in any, and nobody has asked since. */
  isRefused(recipe?: RecipeKey): boolean {
    const refused = recipe ? [this.#refused.get(qualityOf(recipe)) ?? -1] : [...this.#refused.values()];
    return this.item === undefined && refused.some((n) => n >= this.#again);
  }

  /** Intents of any device whose outcome is unknown. */
  get openIntents(): readonly Intent[] {
    return [...this.#intents.values()].filter((line) => line.what === "intent");
  }

  /** The latest item that ended so, after the person last asked for it to be sent. */
  #ended(how: Ending): LineOf<"item"> | undefined {
    return latestOf(this.#thatAre(how).filter(({ id }) => (this.endingOf(id)?.n ?? 0) >= this.#again));
  }

  /** Items by how they ended, if they did since they were told of. */
  #thatAre(...ended: readonly (Ending | undefined)[]): readonly LineOf<"item">[] {
    return this.items.filter(({ id }) => ended.includes(this.endingOf(id)?.what));
  }
}

/** The letter of a recipe's quality: a date makes no picture of what is none. */
function qualityOf(recipe: RecipeKey): string {
  return recipe.charAt(0);
}

function keyOf({ device, recipe }: Intent | Settling): string {
  return `${device} ${recipe}`;
}
