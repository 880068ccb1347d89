import { hasText, joined, latin1, textBytes, uint32, uint32Bytes, type Bytes, type Stretch } from "./bytes";
import { crc32 } from "./crc32";

/** A chunk's data; its length and name are the eight bytes before, its check sum the four after. */
export interface PngChunk extends Stretch {
  readonly name: string;
}

/** What of a PNG file's chunks matters here (PNG, third edition, sections 5 and 11). */
export interface PngChunks {
  readonly header?: Stretch;
  readonly exif?: Stretch;
  /** The XMP packet itself, without the fields before it; absent where it is packed. */
  readonly xmp?: Stretch;
  /** The colour profile's name; the profile itself is packed. */
  readonly profile?: Stretch;
  /** The picture's data begins in a chunk that is whole. */
  readonly hasData: boolean;
  /** The file ends inside a chunk that the picture cannot do without. */
  readonly cut: boolean;
  readonly animated: boolean;
  /** Carries its colours as HDR signals (cICP). */
  readonly coded: boolean;
  /** Keeps XMP packed, or EXIF or IPTC as a text of digits, as old versions of ImageMagick wrote it: not read here. */
  readonly hidden: boolean;
  /** When the picture was last changed, in UTC (tIME). */
  readonly changed?: Stretch;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const XMP_KEYWORD = "XML:com.adobe.xmp\0";
const PROFILE_KEYWORD = "Raw profile type ";

/** Reads the chunks in one pass, without keeping a list of them. */
export function readPng(bytes: Uint8Array): PngChunks {
  const found: Mutable<PngChunks> = {
    hasData: false,
    cut: false,
    animated: false,
    coded: false,
    hidden: false,
  };
  for (const chunk of pngChunks(bytes)) {
    const { name, start, end } = chunk;
    if (end > bytes.length) {
      found.cut = name === "IHDR" || name === "PLTE" || name === "IDAT" || !found.hasData;
    } else if (name === "IHDR") found.header ??= chunk;
    else if (name === "IDAT") found.hasData = true;
    else if (name === "eXIf") found.exif ??= chunk;
    else if (name === "iCCP") found.profile ??= { start, end: Math.min(end, start + 79) };
    else if (name === "tEXt" || name === "zTXt" || name === "iTXt") {
      const xmp = packetIn(bytes, name, chunk);
      if (xmp === "hidden") found.hidden = true;
      else if (xmp) found.xmp ??= xmp;
    } else if (name === "acTL") found.animated = true;
    else if (name === "cICP") found.coded = true;
    else if (name === "tIME") found.changed ??= chunk;
    else if (name === "IEND") break;
  }
  return found;
}

/** The chunks one after another; the last one may reach past the end of a cut file. */
export function* pngChunks(bytes: Uint8Array): Iterable<PngChunk> {
  let at = 8;
  while (at + 8 <= bytes.length) {
    const start = at + 8;
    const end = start + uint32(bytes, at);
    yield { name: latin1(bytes, at + 4, start), start, end };
    at = end + 4;
  }
}

/** A chunk of one's own. */
export function pngChunk(name: string, ...data: readonly Uint8Array[]): Bytes {
  const named = joined([textBytes(name), ...data]);
  return joined([uint32Bytes(named.length - 4), named, uint32Bytes(crc32(named))]);
}

/** The packet in a text chunk. Some writers put it into a plain one (libvips does), where it is found all the same. */
function packetIn(bytes: Uint8Array, name: string, { start, end }: Stretch): Stretch | "hidden" | undefined {
  if (name !== "iTXt" && hasText(bytes, start, PROFILE_KEYWORD)) return "hidden";
  if (!hasText(bytes, start, XMP_KEYWORD)) return undefined;
  const fields = start + XMP_KEYWORD.length;
  if (name === "tEXt") return { start: fields, end };
  if (name === "zTXt" || bytes[fields] !== 0) return "hidden";
  // Two numbers for packing, then a language and a translated keyword, each with an end mark.
  const translated = bytes.indexOf(0, fields + 2) + 1;
  const text = translated === 0 ? 0 : bytes.indexOf(0, translated) + 1;
  return text === 0 || text > end ? undefined : { start: text, end };
}
