import {
  extensionOf,
  fingerprintFrom,
  imageKind,
  type ByteSource,
  type Pictures,
  type PreparedImage,
  type SkipReason,
  type VaultImage,
} from "../model";
import type { Bytes } from "./content/bytes";
import { isDamaged, isDamagedVideo } from "./content/damage";
import { FORMATS, rightExtension, type FormatName } from "./content/formats";
import { recognise, TELLING_BYTES } from "./content/recognise";
import type { DateSource } from "./date/best-date";
import { datePicture, provesDate } from "./date/date-picture";
import { deviceOffsetAt, isoTime, type OffsetAt } from "./date/moment";
import { hashOf, portableHash, type IncrementalHash } from "./fingerprint";
import { readWhole, sourceOf, sourceOfPieces } from "./whole";

export interface PictureOptions {
  /** A faster hash for long files than ours in JavaScript, such as Node's on the desktop. */
  readonly hashInPieces?: () => IncrementalHash;
  /** The largest video to send from this device, in bytes. */
  readonly largestVideo?: number;
  /** The device's time zone, unless another is wanted. */
  readonly offsetAt?: OffsetAt;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A copy that is ready, and what was done to it. */
export interface PreparedPicture extends PreparedImage {
  /** What the date that was written in was taken from; absent where none was. */
  readonly dateSource?: DateSource;
}

/** Google's limits, in bytes (fact sheet §6). */
const LARGEST_PHOTO = 200 * 2 ** 20;
const LARGEST_VIDEO = 20 * 2 ** 30;

type Outcome = { readonly ready: PreparedPicture } | { readonly skip: SkipReason };

/**
 * Everything that knows picture formats. Bad bytes give a reason, never an exception; what a source throws goes through
 * to the caller.
 *
 * The hash of a source is remembered as long as the source itself is: hand the one that was fingerprinted to `prepare`,
 * and a file that is sent as it is will be hashed once.
 */
export function createPictures(options: PictureOptions = {}): Pictures {
  const inPieces = options.hashInPieces ?? portableHash;
  const offsetAt = options.offsetAt ?? deviceOffsetAt;
  const now = options.now ?? Date.now;
  const hashes = new WeakMap<ByteSource, string>();

  async function hashOnce(source: ByteSource, signal: AbortSignal): Promise<string> {
    const known = hashes.get(source);
    if (known !== undefined) return known;
    const hash = await hashOf(source, inPieces, signal);
    hashes.set(source, hash);
    return hash;
  }

  async function ready(
    image: VaultImage,
    source: ByteSource,
    format: FormatName,
    signal: AbortSignal,
    date: Pick<PreparedPicture, "captured" | "dateSource"> = {},
  ): Promise<Outcome> {
    const { type } = FORMATS[format];
    const extension = rightExtension(format, extensionOf(image.path));
    return { ready: { source, type, extension, hash: await hashOnce(source, signal), ...date } };
  }

  async function readyWithDate(
    image: VaultImage,
    source: ByteSource,
    format: FormatName,
    bytes: Bytes,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const dated = datePicture(image, format, bytes, { offsetAt, now: now() });
    if (dated === undefined) return ready(image, source, format, signal);
    const copy = await readWhole(sourceOfPieces(dated.pieces), signal);
    if (!provesDate(format, copy, dated)) return ready(image, source, format, signal);
    const date = { captured: isoTime(dated.moment), dateSource: dated.source };
    return ready(image, sourceOf(copy), format, signal, date);
  }

  return {
    async fingerprint(source, signal) {
      return fingerprintFrom(await hashOnce(source, signal));
    },

    async prepare(image, source, recipe, signal): Promise<Outcome> {
      signal.throwIfAborted();
      if (source.size === 0) return { skip: "empty" };
      const extension = extensionOf(image.path);
      const seen = recognise(await source.slice(0, Math.min(TELLING_BYTES, source.size)), extension);
      if ("skip" in seen) return seen;

      if (FORMATS[seen.format].kind === "video") {
        // A video under a picture's name was not chosen: video is a choice of its own.
        if (imageKind(image.path) !== "video") return { skip: "type" };
        if (source.size > Math.min(LARGEST_VIDEO, options.largestVideo ?? Infinity))
          return { skip: "too-large" };
        if (await isDamagedVideo(seen.format, source)) return { skip: "broken" };
        return ready(image, source, seen.format, signal);
      }

      if (source.size > LARGEST_PHOTO) return { skip: "too-large" };
      const bytes = await readWhole(source, signal);
      const recognised = recognise(bytes, extension);
      const format = "format" in recognised ? recognised.format : seen.format;
      if (isDamaged(format, bytes)) return { skip: "broken" };
      return recipe.dated
        ? readyWithDate(image, source, format, bytes, signal)
        : ready(image, source, format, signal);
    },
  };
}
