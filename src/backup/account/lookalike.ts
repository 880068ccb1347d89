import {
  imageKind,
  stemOf,
  type ByteSource,
  type ExaminedPicture,
  type Fingerprint,
  type ListedItem,
  type VaultPath,
} from "../../model";
import type { Context } from "../context";
import { writtenUrl } from "../ledger/journal";
import type { AccountView } from "./account-view";

/** A stem this long, in characters, tells enough to be taken for the beginning of a longer one. */
const TELLING = 16;

/** What is left of a mark at the end of a name that somebody, or something, has cut. */
const CUT_MARK = / ~([0-9a-f]*)[os]?$/;

/**
 * Whether an item without a whole mark may be an image, by its name: the same one, or one that was cut. Digits that are
 * left of the mark must not contradict.
 */
function isNamedLike({ name }: ListedItem, path: VaultPath, fingerprint: Fingerprint): boolean {
  const stem = stemOf(name);
  const digits = CUT_MARK.exec(stem)?.[1] ?? "";
  const bare = stem.replace(CUT_MARK, "").toLowerCase();
  const own = stemOf(path).toLowerCase();
  const isName = bare === own || (bare.length >= TELLING && own.startsWith(bare));
  return isName && fingerprint.startsWith(digits);
}

/**
 * Whether a picture is of the size that Google says; `undefined` where one of the two is not told. Turned pictures are
 * stored the other way round.
 */
export function isOfSize({ size }: ExaminedPicture, { width, height }: ListedItem): boolean | undefined {
  if (size === undefined || width === 0 || height === 0) return undefined;
  return (size.width === width && size.height === height) || (size.width === height && size.height === width);
}

/**
 * Looks for an item whose mark is gone and that looks like the image, by name and size, and writes it down. Then the
 * person is asked, and nothing is sent until they have answered.
 *
 * @returns  whether there is one
 */
export async function noteLookalike(
  path: VaultPath,
  fingerprint: Fingerprint,
  source: ByteSource,
  view: AccountView,
  context: Context,
): Promise<boolean> {
  const { ledger, ports, signal } = context;
  // Of a video nothing here tells the size, and it would be read whole.
  if (imageKind(path) === "video") return false;
  const named = [...view.unmarked].filter(({ item }) => isNamedLike(item, path, fingerprint));
  if (named.length === 0 || ledger.record(view.account, fingerprint)?.isWanted === true) return false;
  const picture = await ports.pictures.examine(await source.slice(0, source.size), signal);
  const found = named.find(
    ({ item }) => picture && isOfSize(picture, item) && !ledger.knows(view.account, item.id),
  );
  if (found === undefined) return false;
  const { item, album } = found;
  await context.write(view.account, [
    { what: "guess", fp: fingerprint, id: item.id, url: writtenUrl(item), album },
  ]);
  return true;
}
