import { latin1, textBytes, joined, uint32, uint32Bytes, type Bytes, type Stretch } from "./bytes";
import { crc32 } from "./crc32";
import { partNamed, readParts, type Part } from "./parts";
import type { Picture } from "./picture";

export interface PngPicture extends Picture {
  /** Chunks that lie whole in the file, but for their check sums. */
  readonly chunks: readonly Part[];
  readonly header: Stretch | undefined;
}

/** Reads a PNG file's chunks (PNG, third edition, sections 5 and 11). */
export function readPng(bytes: Uint8Array): PngPicture {
  const parts = readParts(bytes, 8, readChunk, ["IEND"]);
  const named = (name: string): Part | undefined => partNamed(bytes, parts, name);
  const header = named("IHDR");
  const size = header && { width: uint32(bytes, header.start), height: uint32(bytes, header.start + 4) };
  const profile = named("iCCP");
  const texts = parts.whole.filter(({ name }) => TEXT.test(name)).map((chunk) => packetIn(bytes, chunk));
  // The picture can do without what comes behind its data.
  const isCut = parts.cut !== undefined && ["IHDR", "PLTE", "IDAT"].includes(parts.cut.name);
  return {
    chunks: parts.whole,
    header,
    damaged: isCut || !named("IDAT") || !size?.width || !size.height,
    size,
    exif: named("eXIf"),
    xmp: texts.find((text) => typeof text === "object"),
    // The profile's name; the profile itself is packed.
    profile: profile && { start: profile.start, end: Math.min(profile.end, profile.start + 79) },
    animated: named("acTL") !== undefined,
    deep: named("cICP") !== undefined || (header !== undefined && bytes[header.start + 8] === 16),
    hidden: texts.includes("hidden"),
  };
}

/** The chunk that begins at a place: a length, a name, the data, a check sum. */
function readChunk(bytes: Uint8Array, at: number): Part | undefined {
  const start = at + 8;
  if (start > bytes.length) return undefined;
  const end = start + uint32(bytes, at);
  return { name: latin1(bytes, at + 4, start), at, start, end, next: end + 4 };
}

/** A chunk of one's own. */
export function pngChunk(name: string, ...data: readonly Uint8Array[]): Bytes {
  const named = joined([textBytes(name), ...data]);
  return joined([uint32Bytes(named.length - 4), named, uint32Bytes(crc32(named))]);
}

/** Chunks that hold a text: plain, packed, or international. */
const TEXT = /^(?:tEXt|zTXt|iTXt)$/;

/** Beginnings of text chunks, from the name on, behind which an XMP packet lies open: in a plain one, too (libvips does so). */
const OPEN_PACKET = /^(?:tEXtXML:com\.adobe\.xmp\0|iTXtXML:com\.adobe\.xmp\0\0[^][^\0]*\0[^\0]*\0)/;

/** Packed XMP, and EXIF or IPTC as a text of digits, as old versions of ImageMagick wrote it. */
const HIDDEN = /^(?:[tz]...Raw profile type |zTXtXML:com\.adobe\.xmp\0|iTXtXML:com\.adobe\.xmp\0[^\0])/;

/** The XMP packet in a text chunk, without the fields before it. */
function packetIn(bytes: Uint8Array, { at, end }: Part): Stretch | "hidden" | undefined {
  const nameAt = at + 4;
  const beginning = latin1(bytes, nameAt, Math.min(end, nameAt + 256));
  const open = OPEN_PACKET.exec(beginning)?.[0];
  if (open !== undefined) return { start: nameAt + open.length, end };
  return HIDDEN.test(beginning) ? "hidden" : undefined;
}
