import {
  MOST_IDS,
  nameMark,
  PhotosError,
  recipeFrom,
  type AccountKey,
  type ExaminedPicture,
  type ExportedFile,
  type ListedItem,
  type PhotosErrorKind,
  type Restoration,
  type Restored,
} from "../model";
import { isRecord, type AbsentImage } from "./absent";
import type { Context } from "./context";
import { writtenUrl } from "./journal";
import type { LedgerRecord } from "./ledger-record";
import { isOfSize } from "./lookalike";

/** What belongs to one image alone: the others are gone on with. */
const OF_ONE: ReadonlySet<PhotosErrorKind> = new Set(["bad-item", "permanent", "transient"]);

type Outcome = Restored | "not";

type Bytes = Uint8Array<ArrayBuffer>;

/** Fetches Google's copies of images and puts them back. Never rejects with a `PhotosError`. */
export async function restoreFromGoogle(
  images: readonly AbsentImage[],
  context: Context,
): Promise<Restoration> {
  const { pictures } = context.ports;
  const { signal } = context;
  const outcomes: Outcome[] = [];
  try {
    const { account, library } = await context.view();
    for (let at = 0; at < images.length; at += MOST_IDS) {
      const chunk = images.slice(at, at + MOST_IDS);
      const ids = [...new Set(chunk.map(({ item }) => item.id))];
      const results = await library.get(ids, signal);
      const answers = new Map(ids.map((id, place) => [id, results[place]]));
      for (const image of chunk) {
        const answer = answers.get(image.item.id);
        const bytes =
          answer?.is === "there" ? await download(() => library.download(image.item.id, signal)) : undefined;
        const examined = bytes && (await pictures.examine(bytes, signal));
        const isIt = answer?.is === "there" && examined !== undefined && fits(examined, answer.item);
        outcomes.push(isIt && bytes ? await putBack(image, bytes, examined, account, context) : "not");
      }
    }
  } catch (error) {
    if (!(error instanceof PhotosError)) throw error;
    return { ...restoration(outcomes, images.length), error };
  }
  return restoration(outcomes, images.length);
}

/**
 * Finds images in an exported folder by the hash of the bytes that were sent, whatever the export did to the names, and
 * puts them back.
 */
export async function restoreFromExport(
  images: readonly AbsentImage[],
  files: readonly ExportedFile[],
  account: AccountKey,
  context: Context,
): Promise<Restoration> {
  const { pictures } = context.ports;
  const { signal } = context;
  const outcomes: Outcome[] = [];
  const byHash = new Map<string, AbsentImage>();
  const byMark = new Map<string, AbsentImage>();
  /** Sizes that an image may have; `undefined` where one of them was not noted. */
  let sizes: Set<number> | undefined = new Set();
  for (const image of images) {
    byMark.set(markOf(image), image);
    let isNoted = false;
    for (const { hash, bytes } of recordOf(image, account, context)?.hashes() ?? []) {
      byHash.set(hash, image);
      if (bytes !== undefined) {
        sizes?.add(bytes);
        isNoted = true;
      }
    }
    if (!isNoted) sizes = undefined;
  }
  const left = new Set(images);
  for (const { source } of files) {
    if (left.size === 0) break;
    if (sizes?.has(source.size) === false || source.size === 0) continue;
    const hash = await pictures.fingerprint(source, signal).catch(() => undefined);
    signal.throwIfAborted();
    if (hash === undefined) continue;
    const sent = byHash.get(hash);
    if (sent === undefined && sizes !== undefined) continue;
    const bytes = await source.slice(0, source.size);
    const examined = await pictures.examine(bytes, signal);
    if (examined === undefined) continue;
    const image = sent ?? byMark.get(examined.undated.fingerprint.slice(0, 16));
    if (image === undefined || !left.delete(image)) continue;
    outcomes.push(await putBack(image, bytes, examined, account, context));
  }
  return restoration(outcomes, images.length);
}

/** A download; `undefined` where Google has no bytes for this one. */
async function download(ask: () => Promise<Bytes>): Promise<Bytes | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof PhotosError && OF_ONE.has(error.kind)) return undefined;
    throw error;
  }
}

/** Whether nothing speaks against a picture being the item: a size that one side does not tell says nothing. */
function fits(picture: ExaminedPicture, item: ListedItem): boolean {
  const isTold = picture.size !== undefined && item.width > 0 && item.height > 0;
  return !isTold || isOfSize(picture, item);
}

/** All that the ledger says of an image, unless it was lost. */
function recordOf({ by }: AbsentImage, account: AccountKey, { ledger }: Context): LedgerRecord | undefined {
  return isRecord(by) ? ledger.record(account, by.fingerprint) : undefined;
}

/** The first 16 digits of an image's fingerprint, which its name in Google Photos carries. */
function markOf({ by, item }: AbsentImage): string {
  const mark = isRecord(by) ? nameMark(by.fingerprint, recipeFrom(item.recipe).quality) : by.mark;
  return mark.slice(0, 16);
}

/**
 * Writes a picture where its note expects it. That its content is the item's is journalled first, so that the new file
 * is never taken for a new image.
 */
async function putBack(
  image: AbsentImage,
  bytes: Bytes,
  { fingerprint, undated }: ExaminedPicture,
  account: AccountKey,
  context: Context,
): Promise<Outcome> {
  const { ports, catalogue, index } = context;
  const { item, place, by } = image;
  if ((await ports.vault.stamp(place)) !== undefined) return "not";
  const isSame = isRecord(by)
    ? undated.fingerprint === by.fingerprint
    : undated.fingerprint.startsWith(markOf(image));
  const restored: Restored = isSame ? "same" : "copy";
  const fp = isSame ? undated.fingerprint : fingerprint;
  await context.write(account, [
    {
      what: "item",
      fp,
      recipe: item.recipe,
      id: item.id,
      url: writtenUrl(item),
      origin: item.origin,
      album: item.album,
      bytes: item.bytes,
      hash: recordOf(image, account, context)?.told(item.id)?.hash,
      path: place,
      size: (isSame ? undated.bytes : bytes).byteLength,
      restored,
    },
  ]);
  if ((await ports.vault.create(place, isSame ? undated.bytes : bytes)) !== "written") return "not";
  const stamp = await ports.vault.stamp(place);
  if (stamp !== undefined) {
    // We know what we wrote: it need not be read.
    index.note(place, stamp, fp, stamp.mtime + 1);
    catalogue.put({ path: place, ctime: stamp.mtime, ...stamp });
    context.replan(place);
  }
  return restored;
}

/** @param of  how many there were: those that were not come to count as not put back */
function restoration(outcomes: readonly Outcome[], of: number): Restoration {
  const same = outcomes.filter((outcome) => outcome === "same").length;
  const copies = outcomes.filter((outcome) => outcome === "copy").length;
  return { same, copies, not: of - same - copies };
}
