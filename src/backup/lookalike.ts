import { stemOf, type ExaminedPicture, type Fingerprint, type ListedItem, type VaultPath } from "../model";

/** A stem this long, in characters, tells enough to be taken for the beginning of a longer one. */
const TELLING = 16;

/** What is left of a mark at the end of a name that somebody, or something, has cut. */
const CUT_MARK = / ~([0-9a-f]*)[os]?$/;

/**
 * Whether an item without a whole mark may be an image, by its name: the same one, or one that was cut. Digits that are
 * left of the mark must not contradict.
 */
export function isNamedLike({ name }: ListedItem, path: VaultPath, fingerprint: Fingerprint): boolean {
  const stem = stemOf(name);
  const digits = CUT_MARK.exec(stem)?.[1] ?? "";
  const bare = stem.replace(CUT_MARK, "").toLowerCase();
  const own = stemOf(path).toLowerCase();
  const isName = bare === own || (bare.length >= TELLING && own.startsWith(bare));
  return isName && fingerprint.startsWith(digits);
}

/** Whether a picture is of the size that Google says; turned pictures are stored the other way round. */
export function isOfSize({ size }: ExaminedPicture, { width, height }: ListedItem): boolean {
  if (size === undefined || width === 0 || height === 0) return false;
  return (size.width === width && size.height === height) || (size.width === height && size.height === width);
}
