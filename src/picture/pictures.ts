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
import { createByteBudget } from "./byte-budget";
import type { Bytes } from "./content/bytes";
import type { FormatName } from "./content/formats";
import type { DateSource } from "./date/best-date";
import type { OffsetAt } from "./date/moment";
import { hashOf, type IncrementalHash } from "./fingerprint";
import type { SavingNote } from "./saver/save-storage";
import { createSaver } from "./saver/saver";
import { pictureProgram } from "./shared-program";
import { readWhole, sourceOf } from "./whole";

export interface PictureOptions {
  /** A hash for long files that is fed in pieces, where the host has one, such as Node's on the desktop. */
  readonly hashInPieces?: () => IncrementalHash | undefined;
  /** Bytes of photos that may be in work at once, 256 MB unless said otherwise. */
  readonly mostHeld?: number;
  /** Pixels that this device can decode at once, for Storage saver, 100 million unless said otherwise; more go as they are. */
  readonly mostDecoded?: number;
  /** The device's time zone, unless another is wanted. */
  readonly offsetAt?: OffsetAt;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** A copy that is ready, and what was done to it. */
export interface PreparedPicture extends PreparedImage {
  /** What the date that was written in was taken from; absent where none was. */
  readonly dateSource?: DateSource;
  /** What Storage saver made of it, or why it left it as it is; absent for Original. */
  readonly saving?: SavingNote | undefined;
}

/** The port, and the end of the worker behind it. */
export interface PictureWorks extends Pictures {
  prepare(...what: Parameters<Pictures["prepare"]>): Promise<Outcome>;
  /** Ends the worker; the next picture that needs one starts a new one. */
  close(): void;
}

/** Google's limits, in bytes (fact sheet §6). */
const LARGEST_PHOTO = 200 * 2 ** 20;
const LARGEST_VIDEO = 20 * 2 ** 30;

/**
 * From so many pixels on Google's own apps have refused photos; newer reports say 150 million. What the service itself
 * takes is not written down, so the lower figure is warned of.
 */
const MOST_PIXELS = 100_000_000;

const MOST_HELD = 256 * 2 ** 20;

/** 100 megapixels take 400 MB while they are turned into fewer. */
const MOST_DECODED = 100_000_000;

type Outcome = { readonly ready: PreparedPicture } | { readonly skip: SkipReason };

/**
 * Everything that knows picture formats. Bad bytes give a reason, never an exception; what a source throws goes through
 * to the caller.
 *
 * The hash of a source is remembered as long as the source itself is: hand the one that was fingerprinted to `prepare`,
 * and a file that is sent as it is will be hashed once.
 */
export function createPictures(options: PictureOptions = {}): PictureWorks {
  const now = options.now ?? Date.now;
  const saver = createSaver(options.mostDecoded ?? MOST_DECODED);
  const budget = createByteBudget(options.mostHeld ?? MOST_HELD);
  const hashes = new WeakMap<ByteSource, string>();

  async function hashOnce(source: ByteSource, signal: AbortSignal): Promise<string> {
    const known = hashes.get(source);
    if (known !== undefined) return known;
    const hash = await hashOf(source, options.hashInPieces, signal);
    hashes.set(source, hash);
    return hash;
  }

  async function ready(
    image: VaultImage,
    source: ByteSource,
    format: FormatName,
    signal: AbortSignal,
    notes: Pick<PreparedPicture, "captured" | "dateSource" | "saving" | "huge"> = {},
  ): Promise<Outcome> {
    const { FORMATS, rightExtension } = pictureProgram();
    const { type } = FORMATS[format];
    const extension = rightExtension(format, extensionOf(image.path));
    return { ready: { source, type, extension, hash: await hashOnce(source, signal), ...notes } };
  }

  /** The picture as it is to be sent, but for the date. */
  async function saved(
    source: ByteSource,
    format: FormatName,
    bytes: Bytes,
    signal: AbortSignal,
  ): Promise<{ source: ByteSource; format: FormatName; bytes: Bytes; saving: SavingNote }> {
    const { note, bytes: given } = await saver.save(format, bytes, signal);
    // Bytes that were given to a worker which had to be ended are gone; the file is still there.
    const copy = given ?? (await readWhole([source], signal));
    return "made" in note
      ? { source: sourceOf(copy), format: note.made, bytes: copy, saving: note }
      : { source, format, bytes: copy, saving: note };
  }

  async function preparePhoto(
    image: VaultImage,
    source: ByteSource,
    format: FormatName,
    bytes: Bytes,
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { datePicture, deviceOffsetAt, embeddedDates, isoTime, pixelSize, provesDate } = pictureProgram();
    const { offsetAt = deviceOffsetAt } = options;
    // The times are the local file's, also where they would be lost on the way.
    const dates = recipe.dated ? embeddedDates(format, bytes) : undefined;
    const copy =
      recipe.quality === "storage-saver"
        ? await saved(source, format, bytes, signal)
        : { source, format, bytes, saving: undefined };
    const size = pixelSize(copy.format, copy.bytes);
    const isHuge = size !== undefined && size.width * size.height > MOST_PIXELS;
    const notes = { saving: copy.saving, huge: isHuge || undefined };
    const dated = dates && datePicture(image, copy.format, copy.bytes, { offsetAt, now: now() }, dates);
    if (dated) {
      const sent = await readWhole(dated.pieces.map(sourceOf), signal);
      if (provesDate(copy.format, sent, dated)) {
        const date = { captured: isoTime(dated.moment), dateSource: dated.source };
        return ready(image, sourceOf(sent), copy.format, signal, { ...notes, ...date });
      }
    }
    return ready(image, copy.source, copy.format, signal, notes);
  }

  return {
    async fingerprint(source, signal) {
      return fingerprintFrom(await hashOnce(source, signal));
    },

    async prepare(image, source, recipe, signal): Promise<Outcome> {
      signal.throwIfAborted();
      if (source.size === 0) return { skip: "empty" };
      const { FORMATS, isDamaged, isDamagedVideo, recognise, TELLING_BYTES } = pictureProgram();
      const extension = extensionOf(image.path);
      const seen = recognise(await source.slice(0, Math.min(TELLING_BYTES, source.size)), extension);
      if ("skip" in seen) return seen;

      if (FORMATS[seen.format].kind === "video") {
        // A video under a picture's name was not chosen: video is a choice of its own.
        if (imageKind(image.path) !== "video") return { skip: "type" };
        if (source.size > LARGEST_VIDEO) return { skip: "too-large" };
        if (await isDamagedVideo(seen.format, source)) return { skip: "broken" };
        return ready(image, source, seen.format, signal);
      }

      if (source.size > LARGEST_PHOTO) return { skip: "too-large" };
      return budget.hold(source.size, signal, async () => {
        const bytes = await readWhole([source], signal);
        const recognised = recognise(bytes, extension);
        const format = "format" in recognised ? recognised.format : seen.format;
        if (isDamaged(format, bytes)) return { skip: "broken" };
        return preparePhoto(image, source, format, bytes, recipe, signal);
      });
    },

    async examine(bytes, signal) {
      signal.throwIfAborted();
      const { FORMATS, isDamaged, isDamagedVideo, pixelSize, recognise, stripDate } = pictureProgram();
      const seen = recognise(bytes, "");
      if ("skip" in seen) return undefined;
      const { format } = seen;
      const source = sourceOf(bytes);
      const isVideo = FORMATS[format].kind === "video";
      if (isVideo ? await isDamagedVideo(format, source) : isDamaged(format, bytes)) return undefined;
      const undated = stripDate(bytes);
      const local = undated === bytes ? source : sourceOf(undated);
      const size = pixelSize(format, bytes);
      return {
        fingerprint: fingerprintFrom(await hashOnce(source, signal)),
        undated: { bytes: undated, fingerprint: fingerprintFrom(await hashOnce(local, signal)) },
        ...(size && { size }),
      };
    },

    close() {
      saver.close();
    },
  };
}
