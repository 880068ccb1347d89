import { latin1, uint32, type Stretch } from "./bytes";

/**
 * What of a WebP file's chunks matters here (RFC 9649, section 2): each chunk's data; its name and length are the eight
 * bytes before.
 */
export interface WebpChunks {
  /** Where the container ends by its own word. */
  readonly declaredEnd: number;
  /** Where the last whole chunk ends, its pad byte included where the file has it. */
  readonly end: number;
  /** The extended header. */
  readonly extended?: Stretch;
  /** The picture, lossy or lossless. */
  readonly image?: Stretch & { readonly lossless: boolean };
  readonly exif?: Stretch;
  readonly xmp?: Stretch;
  /** The colour profile. */
  readonly profile?: Stretch;
  readonly animated: boolean;
  /** The file ends inside the picture's data. */
  readonly cut: boolean;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Flags of the extended header's first byte. */
export const FLAG = { exif: 0x08, alpha: 0x10 } as const;

export function readWebp(bytes: Uint8Array): WebpChunks {
  const declaredEnd = 8 + uint32(bytes, 4, "little");
  const found: Mutable<WebpChunks> = { declaredEnd, end: 12, animated: false, cut: false };
  const limit = Math.min(declaredEnd, bytes.length);
  let at = 12;
  while (at + 8 <= limit) {
    const start = at + 8;
    const chunk = { start, end: start + uint32(bytes, at + 4, "little") };
    const name = latin1(bytes, at, at + 4);
    if (chunk.end > bytes.length) {
      found.cut = name.startsWith("VP8") || name === "ANMF";
      return found;
    }
    if (name === "VP8X") found.extended ??= chunk;
    else if (name === "VP8 " || name === "VP8L") found.image ??= { ...chunk, lossless: name === "VP8L" };
    else if (name === "EXIF") found.exif ??= chunk;
    else if (name === "XMP ") found.xmp ??= chunk;
    else if (name === "ICCP") found.profile ??= chunk;
    else if (name === "ANIM" || name === "ANMF") found.animated = true;
    at = chunk.end + (chunk.end % 2);
    found.end = Math.min(at, bytes.length);
  }
  return found;
}
