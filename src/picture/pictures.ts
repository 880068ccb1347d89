import PQueue from "p-queue";
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
  whileWanted,
} from "../model";
import type { Bytes } from "./content/bytes";
import type { FormatName } from "./content/formats";
import type { EmbeddedDates } from "./date/embedded-dates";
import { hashOf, type IncrementalHash } from "./fingerprint";
import { save } from "./saver/saver";
import { pictureProgram } from "./shared-program";
import { readWhole, sourceOf } from "./whole";

export interface PictureOptions {
  /** A hash for long files that is fed in pieces, where the host has one, such as Node's on the desktop. */
  readonly hashInPieces?: () => IncrementalHash | undefined;
  /** Pixels that this device can decode at once, for Storage saver, 100 million unless said otherwise; more go as they are. */
  readonly mostDecoded?: number;
}

/** Google's limits, in bytes (fact sheet §6). */
const LARGEST_PHOTO = 200 * 2 ** 20;
const LARGEST_VIDEO = 20 * 2 ** 30;

/**
 * From so many pixels on Google's own apps have refused photos; newer reports say 150 million. What the service itself
 * takes is not written down, so the lower figure is warned of.
 */
const MOST_PIXELS = 100_000_000;

/** 100 megapixels take 400 MB while they are turned into fewer. */
const MOST_DECODED = 100_000_000;

/** A file on its way to being sent. */
interface Outgoing extends Omit<PreparedImage, "type" | "extension" | "hash"> {
  readonly format: FormatName;
}

/** One that is read. */
interface Copy extends Outgoing {
  readonly bytes: Bytes;
}

type Outcome = { readonly ready: PreparedImage } | { readonly skip: SkipReason };

/**
 * Everything that knows picture formats. Bad bytes give a reason, never an exception; what a source throws goes through
 * to the caller, who also bounds how many bytes are prepared at once.
 *
 * The hash of a source is remembered as long as the source itself is: hand the one that was fingerprinted to `prepare`,
 * and a file that is sent as it is will be hashed once.
 */
export function createPictures(options: PictureOptions = {}): Pictures {
  // Only one decoded picture is ever in memory.
  const decoding = new PQueue({ concurrency: 1 });
  const hashes = new WeakMap<ByteSource, string>();

  async function hashOnce(source: ByteSource, signal: AbortSignal): Promise<string> {
    const known = hashes.get(source);
    if (known !== undefined) return known;
    const hash = await hashOf(source, options.hashInPieces, signal);
    hashes.set(source, hash);
    return hash;
  }

  /** The picture coded anew, or as it is. */
  async function saved({ format, bytes, source }: Copy, signal: AbortSignal): Promise<Copy> {
    const request = { format, bytes, mostDecoded: options.mostDecoded ?? MOST_DECODED };
    const saving = decoding.add(async () => {
      signal.throwIfAborted();
      return save(request, signal);
    });
    const { made, bytes: given } = await whileWanted(saving, signal);
    // Bytes that were given to a worker which had to be ended are gone; the file is still there.
    const copy = given ?? (await readWhole([source], signal));
    return made ? { source: sourceOf(copy), format: made, bytes: copy } : { source, format, bytes: copy };
  }

  /** The picture with a date written in, or as it is. */
  async function dated(
    image: VaultImage,
    copy: Copy,
    dates: EmbeddedDates,
    signal: AbortSignal,
  ): Promise<Copy> {
    const { datePicture, withoutDate } = pictureProgram();
    const made = datePicture(image, copy.format, copy.bytes, dates);
    if (!made) return copy;
    const { pieces, ...date } = made;
    const bytes = await readWhole(pieces.map(sourceOf), signal);
    // Where the structure contradicts itself a reader may not find the date: such a picture goes as it is.
    if (!withoutDate(copy.format, bytes, copy.bytes)) return copy;
    return { ...copy, ...date, source: sourceOf(bytes) };
  }

  async function ready(
    image: VaultImage,
    { format, ...told }: Outgoing,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const sent = pictureProgram().sentAs(format, extensionOf(image.path));
    return { ready: { ...told, ...sent, hash: await hashOnce(told.source, signal) } };
  }

  async function preparePhoto(
    image: VaultImage,
    photo: Copy,
    { dated: isDated, quality }: Recipe,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { embeddedDates, readPicture } = pictureProgram();
    // The times are the local file's, also where they would be lost on the way.
    const dates = isDated && embeddedDates(photo.format, photo.bytes);
    const copy = quality === "storage-saver" ? await saved(photo, signal) : photo;
    const { size } = readPicture(copy.format, copy.bytes);
    const { bytes: _, ...sent } = dates ? await dated(image, copy, dates, signal) : copy;
    return ready(
      image,
      size && size.width * size.height > MOST_PIXELS ? { ...sent, huge: true } : sent,
      signal,
    );
  }

  return {
    async fingerprint(source, signal) {
      return fingerprintFrom(await hashOnce(source, signal));
    },

    async prepare(image, source, recipe, signal): Promise<Outcome> {
      signal.throwIfAborted();
      if (source.size === 0) return { skip: "empty" };
      const { isDamagedFilm, readPicture, recognise, isFilm, TELLING_BYTES } = pictureProgram();
      const extension = extensionOf(image.path);
      const seen = recognise(await source.slice(0, Math.min(TELLING_BYTES, source.size)), extension);
      if ("skip" in seen) return seen;

      if (isFilm(seen.format)) {
        // A video under a picture's name was not chosen: video is a choice of its own.
        if (imageKind(image.path) !== "video") return { skip: "type" };
        if (source.size > LARGEST_VIDEO) return { skip: "too-large" };
        if (await isDamagedFilm(seen.format, source)) return { skip: "broken" };
        return ready(image, { source, ...seen }, signal);
      }

      if (source.size > LARGEST_PHOTO) return { skip: "too-large" };
      const bytes = await readWhole([source], signal);
      const { format } = { ...seen, ...recognise(bytes, extension) };
      if (readPicture(format, bytes).damaged) return { skip: "broken" };
      return preparePhoto(image, { source, format, bytes }, recipe, signal);
    },

    async examine(bytes, signal, extension = "") {
      signal.throwIfAborted();
      const { isDamagedFilm, readPicture, recognise, withoutDate } = pictureProgram();
      const seen = recognise(bytes, extension);
      if ("skip" in seen) return undefined;
      const source = sourceOf(bytes);
      const { damaged, size } = readPicture(seen.format, bytes);
      if (damaged || (await isDamagedFilm(seen.format, source))) return undefined;
      const undated = withoutDate(seen.format, bytes) ?? bytes;
      const local = undated === bytes ? source : sourceOf(undated);
      return {
        fingerprint: fingerprintFrom(await hashOnce(source, signal)),
        undated: { bytes: undated, fingerprint: fingerprintFrom(await hashOnce(local, signal)) },
        ...(size && { size }),
      };
    },
  };
}
