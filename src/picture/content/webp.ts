import { latin1, uint16, uint32, type Stretch } from "./bytes";
import { partNamed, readParts, type Part } from "./parts";
import type { Picture, PixelSize } from "./picture";

export interface WebpPicture extends Picture {
  /** Where the container ends by its own word. */
  readonly declaredEnd: number;
  /** Where the last whole chunk ends, its pad byte included where the file has it. */
  readonly end: number;
  /** The extended header. */
  readonly extended: Stretch | undefined;
  /** The picture, lossy or lossless. */
  readonly image: Part | undefined;
}

/** The name of a picture that is coded without loss. */
export const LOSSLESS = "VP8L";

/** Flags of the extended header's first byte. */
export const FLAG = { exif: 0x08, alpha: 0x10 } as const;

/** Reads a WebP file's chunks (RFC 9649, section 2). */
export function readWebp(bytes: Uint8Array): WebpPicture {
  const declaredEnd = 8 + uint32(bytes, 4, "little");
  const parts = readParts(bytes, 12, (all, at) => (at + 8 <= declaredEnd ? readChunk(all, at) : undefined));
  const { whole, cut } = parts;
  const named = (name: string): Part | undefined => partNamed(bytes, parts, name);
  const extended = named("VP8X");
  const image = whole.find(({ name }) => name === "VP8 " || name === LOSSLESS);
  const animated = named("ANIM") !== undefined || named("ANMF") !== undefined;
  const isCut = cut !== undefined && /^(?:VP8|ANMF)/.test(cut.name);
  return {
    declaredEnd,
    end: Math.min(whole.at(-1)?.next ?? 12, bytes.length),
    extended,
    image,
    damaged: isCut || (!image && !animated),
    size: sizeOf(bytes, extended, image),
    exif: named("EXIF"),
    xmp: named("XMP "),
    profile: named("ICCP"),
    animated,
  };
}

/** The chunk that begins at a place: a name, a length, the data, and a byte more where their number is odd. */
function readChunk(bytes: Uint8Array, at: number): Part | undefined {
  const start = at + 8;
  if (start > bytes.length) return undefined;
  const end = start + uint32(bytes, at + 4, "little");
  return { name: latin1(bytes, at, at + 4), at, start, end, next: end + (end % 2) };
}

/** By the extended header, or by the picture's own (sections 2.7, 2.5 and 3.4). */
function sizeOf(bytes: Uint8Array, extended?: Part, image?: Part): PixelSize | undefined {
  if (extended) {
    const side = (at: number): number => 1 + (uint32(bytes, extended.start + at, "little") & 0xffffff);
    return { width: side(4), height: side(7) };
  }
  if (!image) return undefined;
  if (image.name === LOSSLESS) {
    const sides = uint32(bytes, image.start + 1, "little");
    return { width: 1 + (sides & 0x3fff), height: 1 + ((sides >>> 14) & 0x3fff) };
  }
  const side = (at: number): number => uint16(bytes, image.start + at, "little") & 0x3fff;
  return { width: side(6), height: side(8) };
}
