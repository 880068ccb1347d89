import {
  extensionOf,
  fingerprintFrom,
  imageKind,
  type ByteSource,
  type Pictures,
  type PreparedImage,
  type Recipe,
  type SkipReason,
  type VaultImage,
} from "../model";
import { isDamaged, isDamagedVideo } from "./content/damage";
import { FORMATS, rightExtension, type FormatName } from "./content/formats";
import { recognise, TELLING_BYTES } from "./content/recognise";
import { hashOf, portableHash, type IncrementalHash } from "./fingerprint";
import { readWhole } from "./whole";

export interface PictureOptions {
  /** A faster hash for long files than ours in JavaScript, such as Node's on the desktop. */
  readonly hashInPieces?: () => IncrementalHash;
  /** The largest video to send from this device, in bytes. */
  readonly largestVideo?: number;
}

/** Google's limits, in bytes (fact sheet §6). */
const LARGEST_PHOTO = 200 * 2 ** 20;
const LARGEST_VIDEO = 20 * 2 ** 30;

type Outcome = { readonly ready: PreparedImage } | { readonly skip: SkipReason };

/**
 * Everything that knows picture formats. Bad bytes give a reason, never an exception; what a source throws goes through
 * to the caller.
 *
 * The hash of a source is remembered as long as the source itself is: hand the one that was fingerprinted to `prepare`,
 * and a file that is sent as it is will be hashed once.
 */
export function createPictures(options: PictureOptions = {}): Pictures {
  const inPieces = options.hashInPieces ?? portableHash;
  const hashes = new WeakMap<ByteSource, string>();

  async function hashOnce(source: ByteSource, signal: AbortSignal): Promise<string> {
    const known = hashes.get(source);
    if (known !== undefined) return known;
    const hash = await hashOf(source, inPieces, signal);
    hashes.set(source, hash);
    return hash;
  }

  async function asItIs(
    image: VaultImage,
    source: ByteSource,
    format: FormatName,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { type } = FORMATS[format];
    const extension = rightExtension(format, extensionOf(image.path));
    return { ready: { source, type, extension, hash: await hashOnce(source, signal) } };
  }

  return {
    async fingerprint(source, signal) {
      return fingerprintFrom(await hashOnce(source, signal));
    },

    async prepare(image, source, _recipe: Recipe, signal) {
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
        return asItIs(image, source, seen.format, signal);
      }

      if (source.size > LARGEST_PHOTO) return { skip: "too-large" };
      const bytes = await readWhole(source, signal);
      const recognised = recognise(bytes, extension);
      const format = "format" in recognised ? recognised.format : seen.format;
      if (isDamaged(format, bytes)) return { skip: "broken" };
      return asItIs(image, source, format, signal);
    },
  };
}
