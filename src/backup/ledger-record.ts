import type { Fingerprint, MediaItem, MediaItemId, RecipeKey, VaultPath } from "../model";
import { usualUrl, type JournalLine, type LineOf, type RecordLine } from "./journal";

/** Why an item that was ours does not count any more. */
export type Ending = "removed" | "forgotten" | "superseded";

interface KnownItem {
  readonly line: LineOf<"item">;
  readonly ending?: { readonly is: Ending; readonly n: number };
}

/** An intent without a result: its outcome is unknown until it is settled. */
export type Intent = LineOf<"intent">;

/** Whether `one` was written later than `other`: by the counter, ties by device. */
export function isLater(one: JournalLine, other: JournalLine): boolean {
  return one.n === other.n ? one.device > other.device : one.n > other.n;
}

/** All that the journals say of one fingerprint in one account. Taking in a line twice, or in any order, changes nothing. */
export class LedgerRecord {
  readonly #items = new Map<MediaItemId, KnownItem>();
  readonly #endings = new Map<MediaItemId, { is: Ending; n: number }>();
  readonly #intents = new Map<string, Intent>();
  readonly #settled = new Map<string, number>();
  #refused: LineOf<"refused"> | undefined;

  constructor(readonly fingerprint: Fingerprint) {}

  take(line: RecordLine): void {
    switch (line.what) {
      case "intent": {
        const key = `${line.device} ${line.recipe}`;
        const known = this.#intents.get(key);
        if (known === undefined || isLater(line, known)) this.#intents.set(key, line);
        return;
      }
      case "item": {
        const known = this.#items.get(line.id);
        if (known === undefined || isLater(line, known.line)) this.#items.set(line.id, { line });
        this.#settle(line);
        return;
      }
      case "dropped":
        this.#settle(line);
        return;
      case "refused":
        if (this.#refused === undefined || isLater(line, this.#refused)) this.#refused = line;
        this.#settle(line);
        return;
      case "removed":
      case "forgotten":
      case "superseded": {
        const known = this.#endings.get(line.id);
        if (known === undefined || line.n > known.n) this.#endings.set(line.id, { is: line.what, n: line.n });
      }
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
    return (
      this.#latest((ending) => ending === undefined) ?? this.#latest((ending) => ending === "superseded")
    );
  }

  /** Whether the item that counts had given way to a newer version of its file. */
  get isSuperseded(): boolean {
    return this.item !== undefined && this.#latest((ending) => ending === undefined) === undefined;
  }

  /** An item that is gone from Google Photos, where no other one counts. */
  get removed(): MediaItem | undefined {
    return this.item === undefined ? this.#latest((ending) => ending === "removed") : undefined;
  }

  /** Where the file lay when it was last told of. */
  get path(): VaultPath | undefined {
    let found: LineOf<"item"> | undefined;
    for (const { line } of this.#items.values()) {
      if (line.path !== undefined && (found === undefined || isLater(line, found))) found = line;
    }
    return found?.path;
  }

  /** Items that count beside the first; more than none means that two devices met in the window. */
  get surplus(): number {
    return Math.max(0, [...this.#living()].length - 1);
  }

  /** Whether Google said that these bytes are no image, and no item says otherwise. */
  get refused(): boolean {
    return this.#refused !== undefined && this.item === undefined;
  }

  /** Intents of any device whose outcome is unknown. */
  get openIntents(): readonly Intent[] {
    return [...this.#intents]
      .filter(([key, intent]) => intent.n > (this.#settled.get(key) ?? 0))
      .map(([, intent]) => intent);
  }

  *#living(): Iterable<LineOf<"item">> {
    for (const { line } of this.#items.values()) if (this.#endingOf(line) === undefined) yield line;
  }

  /** An ending counts unless the item was told of anew after it. */
  #endingOf(line: LineOf<"item">): Ending | undefined {
    const ending = this.#endings.get(line.id);
    return ending !== undefined && ending.n > line.n ? ending.is : undefined;
  }

  #latest(counts: (ending: Ending | undefined) => boolean): MediaItem | undefined {
    let found: LineOf<"item"> | undefined;
    for (const { line } of this.#items.values()) {
      if (counts(this.#endingOf(line)) && (found === undefined || isLater(line, found))) found = line;
    }
    return found === undefined ? undefined : mediaItem(found);
  }
}

function mediaItem(line: LineOf<"item">): MediaItem {
  return {
    id: line.id,
    url: line.url ?? usualUrl(line.id),
    recipe: line.recipe satisfies RecipeKey,
    origin: line.origin,
    since: line.at,
    ...(line.album === undefined ? {} : { album: line.album }),
    ...(line.bytes === undefined ? {} : { bytes: line.bytes }),
  };
}
