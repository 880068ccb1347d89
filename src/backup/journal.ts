import * as v from "valibot";
import type { AccountKey, AlbumId, DeviceId, Fingerprint, MediaItemId, NameMark, RecipeKey } from "../model";

/** Version of a journal line's form. Lines of a newer one are left alone, and nothing is sent. */
export const JOURNAL_VERSION = 1;

const text = v.string();
const branded = <Name extends string>() => v.custom<Name>((value) => typeof value === "string");
const fingerprint = v.custom<Fingerprint>(
  (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
);
const recipe = v.custom<RecipeKey>(
  (value) => value === "o" || value === "od" || value === "s" || value === "sd",
);
const item = branded<MediaItemId>();

const head = {
  v: v.literal(JOURNAL_VERSION),
  device: branded<DeviceId>(),
  /** Lamport counter: one more than the highest read in any journal. */
  n: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  /** Milliseconds since 1970, by the clock of the device. */
  at: v.number(),
  account: branded<AccountKey>(),
};

/** What is said of one fingerprint. */
const about = { ...head, fp: fingerprint };

const line = v.variant("what", [
  /** An item is about to be made. Without a later line of the same device for it, the outcome is unknown. */
  v.object({
    ...about,
    what: v.literal("intent"),
    recipe,
    /** SHA-256 of the sent bytes. */
    hash: text,
    name: text,
    captured: v.optional(text),
    /** What lay in the file before, and was backed up. */
    replaces: v.optional(fingerprint),
  }),
  /** Google Photos holds an item for the fingerprint. */
  v.object({
    ...about,
    what: v.literal("item"),
    recipe,
    id: item,
    /** Left out where it is the usual one. */
    url: v.optional(text),
    origin: v.picklist(["created", "found", "preexisting"]),
    album: v.optional(branded<AlbumId>()),
    /** Size of the sent bytes. */
    bytes: v.optional(v.number()),
    /** SHA-256 of the sent bytes. */
    hash: v.optional(text),
    /** It has over 100 million pixels. */
    huge: v.optional(v.literal(true)),
    /** Where the file lay then; tells later which image is missing. */
    path: v.optional(text),
    /** Size of the file, in bytes. */
    size: v.optional(v.number()),
    /** The file is written back from the item: with the bytes that were backed up, or as Google's own copy. */
    restored: v.optional(v.picklist(["same", "copy"])),
  }),
  /** The intent did not come about, for certain. */
  v.object({ ...about, what: v.literal("dropped"), recipe }),
  /** Google says that the bytes are no image. */
  v.object({ ...about, what: v.literal("refused"), recipe }),
  /** The item does not count any more: gone from Google Photos, forgotten by the person, or replaced by a newer one. */
  v.object({
    ...about,
    what: v.picklist(["removed", "forgotten", "superseded"]),
    id: item,
    /** Sent again, it stayed invisible: it lies in Google's bin. */
    bin: v.optional(v.literal(true)),
    /** The person leaves it removed. */
    left: v.optional(v.literal(true)),
    /** The older version has left its album. */
    out: v.optional(v.literal(true)),
  }),
  /** The person wants what is gone, or only looked as if it were there, to be sent. */
  v.object({ ...about, what: v.literal("again") }),
  /** An item without our mark looks like the image. */
  v.object({
    ...about,
    what: v.literal("guess"),
    id: item,
    url: v.optional(text),
    album: v.optional(branded<AlbumId>()),
  }),
  /** A look has found an item of ours in the account; which fingerprint it stands for, its name tells in part. */
  v.object({
    ...head,
    what: v.literal("seen"),
    mark: v.custom<NameMark>((value) => typeof value === "string" && /^[0-9a-f]{16}[os]$/.test(value)),
    id: item,
    /** Left out where it is the usual one. */
    url: v.optional(text),
    album: v.optional(branded<AlbumId>()),
    /** The name it was sent under, without the mark. */
    name: v.optional(text),
  }),
  /** A found item that no fingerprint is known of is gone from Google Photos, or forgotten by the person. */
  v.object({ ...head, what: v.literal("unseen"), id: item }),
]);

/** One line of a journal. The union of all lines of all devices is the ledger. */
export type JournalLine = v.InferOutput<typeof line>;

/** A line about one fingerprint. */
export type RecordLine = Exclude<JournalLine, { what: "seen" | "unseen" }>;

/** Whether `one` was written later than `other`: by the counter, ties by device. */
export function isLater(
  one: Pick<JournalLine, "n" | "device">,
  other: Pick<JournalLine, "n" | "device">,
): boolean {
  return one.n === other.n ? one.device > other.device : one.n > other.n;
}

type WithoutHead<Line> = Line extends unknown ? Omit<Line, "v" | "device" | "n" | "at"> : never;

/** What a line says, before the ledger gives it device, counter and time. */
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
    const parsed = parse(row);
    if (parsed === undefined) continue;
    const checked = v.safeParse(line, parsed);
    if (checked.success) lines.push(checked.output);
    else newer ||= v.is(v.object({ v: v.pipe(v.number(), v.minValue(JOURNAL_VERSION + 1)) }), parsed);
  }
  return { lines, newer };
}

function parse(row: string): unknown {
  try {
    return JSON.parse(row);
  } catch {
    return undefined; // a torn line
  }
}

/** One line as it stands in the file, line break included. */
export function writeLine(entry: JournalLine): string {
  return `${JSON.stringify(entry)}\n`;
}

/** An item's address as it is written down: not at all where it is the usual one. */
export function writtenUrl(id: MediaItemId, url: string): { readonly url?: string } {
  return url === usualUrl(id) ? {} : { url };
}

/** Google's usual address of an item (fact sheet §5); only another one is worth noting. */
export function usualUrl(id: MediaItemId): string {
  return `https://photos.google.com/lr/photo/${id}`;
}

type ItemEntry = Omit<Extract<JournalEntry, { what: "item" }>, "account">;

/** An item as it was told of before, to be told of again: it counts once more. */
export function itemAgain(line: LineOf<"item">): ItemEntry {
  const { v: _v, device: _device, n: _n, at: _at, account: _account, ...told } = line;
  return told;
}

/** An item that a look has found, as the one that counts for a fingerprint. */
export function itemOfSeen(fp: Fingerprint, seen: LineOf<"seen" | "guess">, recipe: RecipeKey): ItemEntry {
  const { id, url, album } = seen;
  return {
    what: "item",
    fp,
    recipe,
    id,
    ...(url === undefined ? {} : { url }),
    origin: "found",
    ...(album === undefined ? {} : { album }),
  };
}
