import {
  extensionOf,
  leadsOut,
  markOf,
  orError,
  PhotosError,
  type AccountKey,
  type ExaminedPicture,
  type ExportedFile,
  type PhotosErrorKind,
  type Restoration,
  type Restored,
} from "../../model";
import { isOfSize } from "../account/lookalike";
import type { Context } from "../context";
import { writtenUrl } from "../ledger/journal";
import type { LedgerRecord } from "../ledger/ledger-record";
import type { AbsentImage } from "./absent";

/** What belongs to one image alone: the others are gone on with. */
const OF_ONE: ReadonlySet<PhotosErrorKind> = new Set(["bad-item", "permanent", "transient"]);

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that seem to be an image's. */
interface Found {
  readonly image: AbsentImage;
  readonly bytes: Bytes;
  readonly picture: ExaminedPicture;
}

/**
 * Puts images back as they are found. Never rejects with a `PhotosError`.
 *
 * @param of  how many were looked for: those that are not found count as not put back
 */
export async function restore(
  found: AsyncIterable<Found>,
  of: number,
  account: AccountKey,
  context: Context,
): Promise<Restoration> {
  /** An export may have one of them more than once. */
  const back = new Map<AbsentImage, Restored>();
  const putAllBack = async (): Promise<void> => {
    for await (const one of found) {
      const restored = await putBack(one, account, context);
      if (restored !== undefined) back.set(one.image, restored);
    }
  };
  const error = await orError(putAllBack());
  const same = [...back.values()].filter((how) => how === "same").length;
  return { same, copies: back.size - same, not: of - back.size, ...(error && { error }) };
}

/** Fetches Google's copies of images. */
export async function* fromGoogle(images: readonly AbsentImage[], context: Context): AsyncIterable<Found> {
  const { signal } = context;
  const { library } = await context.view();
  for (const image of images) {
    const copy = await orError(library.download(image.item.id, signal));
    if (copy instanceof PhotosError) {
      if (OF_ONE.has(copy.kind)) continue;
      throw copy;
    }
    const { item, bytes } = copy;
    const picture = await examined(bytes, context, extensionOf(image.path));
    // A size that one side does not tell says nothing.
    if (picture && isOfSize(picture, item) !== false) yield { image, bytes, picture };
  }
}

/** Finds images in an exported folder by the hash of the bytes that were sent, whatever the export did to the names. */
export async function* fromExport(
  images: readonly AbsentImage[],
  files: readonly ExportedFile[],
  account: AccountKey,
  context: Context,
): AsyncIterable<Found> {
  const { ledger } = context;
  /** Images by the hashes of what was sent, and by their marks, for those of which nobody knows what was sent. */
  const wanted = new Map(images.map((image) => [image.mark, image]));
  const sizes = new Set<number | undefined>();
  for (const image of images) {
    const sent = recordOf(image, account, ledger)?.items ?? [];
    if (!sent.some(({ hash }) => hash !== undefined)) sizes.add(undefined);
    for (const { hash, bytes } of sent) {
      if (hash === undefined) continue;
      wanted.set(hash, image);
      sizes.add(bytes);
    }
  }
  for (const file of files) {
    // Where it is not known how large a sent copy was, any file may be it.
    if (!sizes.has(file.size) && !sizes.has(undefined)) continue;
    const read = await file.arrayBuffer().catch(() => undefined);
    if (read === undefined) continue;
    const bytes = new Uint8Array(read);
    const picture = await examined(bytes, context);
    if (picture === undefined) continue;
    const image = wanted.get(picture.fingerprint) ?? wanted.get(markOf(picture.undated.fingerprint));
    if (image !== undefined) yield { image, bytes, picture };
  }
}

/** What a picture is like; `undefined` where it is none, or something of ours breaks at it, which is no other's trouble. */
async function examined(
  bytes: Uint8Array<ArrayBuffer>,
  { ports, signal }: Context,
  extension?: string,
): Promise<ExaminedPicture | undefined> {
  try {
    return await ports.pictures.examine(bytes, signal, extension);
  } catch (error) {
    signal.throwIfAborted();
    ports.fault(error);
    return undefined;
  }
}

/** All that the ledger says of an image, unless it was lost. */
function recordOf(
  { fingerprint }: AbsentImage,
  account: AccountKey,
  ledger: Context["ledger"],
): LedgerRecord | undefined {
  return fingerprint && ledger.record(account, fingerprint);
}

/**
 * Writes a picture where its note expects it, unless something else lies there. That its content is the item's is
 * journalled first, so that the new file is never taken for a new image.
 */
async function putBack(
  { image, bytes, picture }: Found,
  account: AccountKey,
  context: Context,
): Promise<Restored | undefined> {
  const { catalogue, index, ledger } = context;
  const { vault } = context.ports;
  const { item, place, mark, fingerprint } = image;
  const { undated } = picture;
  const isSame = undated.fingerprint.startsWith(fingerprint ?? mark);
  const restored = isSame ? "same" : "copy";
  const written = isSame ? undated : { bytes, fingerprint: picture.fingerprint };
  // A sync tool may have brought it meanwhile.
  if (isSame && catalogue.has(written.fingerprint)) return restored;
  if (leadsOut(place) || (await vault.stamp(place)) !== undefined) return undefined;
  await context.write(account, [
    {
      what: "item",
      fp: written.fingerprint,
      recipe: item.recipe,
      id: item.id,
      url: writtenUrl(item),
      origin: item.origin,
      album: item.album,
      bytes: item.bytes,
      hash: recordOf(image, account, ledger)?.told(item.id)?.hash,
      path: place,
      size: written.bytes.byteLength,
      restored,
    },
  ]);
  if (!(await vault.create(place, written.bytes))) return undefined;
  const stamp = await vault.stamp(place);
  if (stamp !== undefined) {
    // We know what we wrote: it need not be read.
    index.note(place, stamp, written.fingerprint, stamp.mtime + 1);
    catalogue.put({ path: place, ctime: stamp.mtime, ...stamp });
    context.replan(place);
  }
  return restored;
}
