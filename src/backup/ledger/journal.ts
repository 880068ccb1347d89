import {
  aNumber,
  anObject,
  aText,
  fitting,
  oneOf,
  optional,
  readAs,
  readJson,
  textLike,
  type AccountKey,
  type AlbumId,
  type DeviceId,
  type Fingerprint,
  type MediaItem,
  type MediaItemId,
  type NameMark,
  type RecipeKey,
  type Shape,
  type Shaped,
} from "../../model";

/** Version of a journal line's form. Lines of a newer one are left alone, and nothing is sent. */
export const JOURNAL_VERSION = 1;

const fingerprint = textLike<Fingerprint>(/^[0-9a-f]{64}$/);
const recipe = oneOf<RecipeKey>(["o", "od", "s", "sd"]);
const item = aText as Shape<MediaItemId>;
const album = optional(aText as Shape<AlbumId>);
const flag = optional(oneOf([true]));

const head = {
  v: oneOf([JOURNAL_VERSION]),
  device: aText as Shape<DeviceId>,
  /** Lamport counter: one more than the highest read in any journal. */
  n: fitting<number>((value) => Number.isSafeInteger(value) && Number(value) >= 1),
  /** Milliseconds since 1970, by the clock of the device. */
  at: aNumber,
  account: aText as Shape<AccountKey>,
};

/** What is said of one fingerprint. */
const about = { ...head, fp: fingerprint };

/** The item does not count any more: gone from Google Photos, forgotten by the person, or replaced by a newer one. */
const ended = anObject({
  ...about,
  what: oneOf(["removed", "forgotten", "superseded"]),
  id: item,
  /** Sent again, it stayed invisible: it lies in Google's bin. */
  bin: flag,
  /** The person leaves it removed. */
  left: flag,
  /** The older version has left its album. */
  out: flag,
});

const LINES = {
  /** An item is about to be made. Without a later line of the same device for it, the outcome is unknown. */
  intent: anObject({
    ...about,
    what: oneOf(["intent"]),
    recipe,
    /** SHA-256 of the sent bytes. */
    hash: aText,
    name: aText,
    captured: optional(aText),
    /** What lay in the file before, and was backed up. */
    replaces: optional(fingerprint),
  }),
  /** Google Photos holds an item for the fingerprint. */
  item: anObject({
    ...about,
    what: oneOf(["item"]),
    recipe,
    id: item,
    /** Left out where it is the usual one. */
    url: optional(aText),
    origin: oneOf(["created", "found", "preexisting"]),
    album,
    /** Size of the sent bytes. */
    bytes: optional(aNumber),
    /** SHA-256 of the sent bytes. */
    hash: optional(aText),
    /** It has over 100 million pixels. */
    huge: flag,
    /** Where the file lay then; tells later which image is missing. */
    path: optional(aText),
    /** Size of the file, in bytes. */
    size: optional(aNumber),
    /** The file is written back from the item: with the bytes that were backed up, or as Google's own copy. */
    restored: optional(oneOf(["same", "copy"])),
  }),
  /** The intent did not come about, for certain. */
  dropped: anObject({ ...about, what: oneOf(["dropped"]), recipe }),
  /** Google says that the bytes are no image. */
  refused: anObject({ ...about, what: oneOf(["refused"]), recipe }),
  removed: ended,
  forgotten: ended,
  superseded: ended,
  /** The person wants what is gone, or only looked as if it were there, to be sent. */
  again: anObject({ ...about, what: oneOf(["again"]) }),
  /** An item without our mark looks like the image. */
  guess: anObject({ ...about, what: oneOf(["guess"]), id: item, url: optional(aText), album }),
  /** A look has found an item of ours in the account; which fingerprint it stands for, its name tells in part. */
  seen: anObject({
    ...head,
    what: oneOf(["seen"]),
    mark: textLike<NameMark>(/^[0-9a-f]{16}[os]$/),
    id: item,
    /** Left out where it is the usual one. */
    url: optional(aText),
    album,
    /** The name it was sent under, without the mark. */
    name: optional(aText),
    /** It lay among the older versions. */
    older: flag,
  }),
  /** A found item that no fingerprint is known of is `gone` from Google Photos, or forgotten by the person. */
  unseen: anObject({ ...head, what: oneOf(["unseen"]), id: item, gone: flag }),
};

const version = anObject({ v: aNumber });
const kind = anObject({ what: oneOf(Object.keys(LINES) as (keyof typeof LINES)[]) });

/** One line of a journal. The union of all lines of all devices is the ledger. */
export type JournalLine = Shaped<(typeof LINES)[keyof typeof LINES]>;

/** A line about one fingerprint. */
export type RecordLine = Exclude<JournalLine, { what: "seen" | "unseen" }>;

/** Whether `one` was written later than `other`, where there is one: by the counter, ties by device. */
export function isLater(
  one: Pick<JournalLine, "n" | "device">,
  other: Pick<JournalLine, "n" | "device"> | undefined,
): boolean {
  if (other === undefined) return true;
  return one.n === other.n ? one.device > other.device : one.n > other.n;
}

/** The latest of some lines. */
export function latestOf<Line extends Pick<JournalLine, "n" | "device">>(
  lines: Iterable<Line>,
): Line | undefined {
  let latest: Line | undefined;
  for (const line of lines) if (isLater(line, latest)) latest = line;
  return latest;
}

type WithoutHead<Line> = Line extends unknown ? Omit<Line, "v" | "device" | "n" | "at"> : never;

/** What a line says, before the ledger gives it device, counter and time: a new line, or an old one to be told again. */
export type JournalEntry = WithoutHead<JournalLine>;

/** The line of a kind. */
export type LineOf<What extends JournalLine["what"]> = Extract<JournalLine, { what: What }>;

/** What reading a journal gave. Lines that make no sense are passed over: torn, foreign or damaged ones. */
export interface ReadJournal {
  readonly lines: readonly JournalLine[];
  /** Whether a newer version of the plugin wrote any of it. */
  readonly newer: boolean;
}

/** Reads the text of a journal, whoever wrote it. */
export function readJournal(content: string): ReadJournal {
  const lines: JournalLine[] = [];
  let newer = false;
  for (const row of content.split("\n")) {
    if (!row.startsWith("{")) continue;
    const parsed = readJson((value) => value, row); // nothing of a torn line
    const line = readAs((value) => LINES[kind(value).what](value), parsed);
    if (line !== undefined) lines.push(line);
    else newer ||= (readAs(version, parsed)?.v ?? 0) > JOURNAL_VERSION;
  }
  return { lines, newer };
}

/** One line as it stands in the file, line break included. */
export function writeLine(entry: JournalLine): string {
  return `${JSON.stringify(entry)}\n`;
}

/** An item's address as it is written down: not at all where it is the usual one. */
export function writtenUrl({ id, url }: Pick<MediaItem, "id" | "url">): string | undefined {
  return url === usualUrl(id) ? undefined : url;
}

/** Google's usual address of an item (fact sheet §5); only another one is worth noting. */
export function usualUrl(id: MediaItemId): string {
  return `https://photos.google.com/lr/photo/${id}`;
}

/** What a line tells of an item. */
export function mediaItem(
  line: Pick<
    LineOf<"item">,
    "id" | "url" | "recipe" | "origin" | "album" | "at" | "bytes" | "huge" | "restored"
  >,
): MediaItem {
  const { id, url = usualUrl(id), recipe, origin, album, at, bytes, huge, restored } = line;
  return { id, url, recipe, origin, album, since: at, bytes, huge, restored };
}

/** The size of the file that an item was made of, in bytes, where that was noted. */
export function fileSize({ size, recipe, bytes }: LineOf<"item">): number | undefined {
  // What was sent as it is has the file's own size.
  return size ?? (recipe === "o" ? bytes : undefined);
}

export type ItemEntry = Omit<Extract<JournalEntry, { what: "item" }>, "account">;

/** An item that a look has found, as the one that counts for a fingerprint. */
export function itemOfSeen(
  fp: Fingerprint,
  seen: Pick<LineOf<"seen">, "id" | "url" | "album">,
  recipe: RecipeKey,
): ItemEntry {
  const { id, url, album } = seen;
  return { what: "item", fp, recipe, id, url, origin: "found", album };
}
