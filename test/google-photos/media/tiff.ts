/** One entry of an image file directory, and where it lies. */
export interface TiffEntry {
  tag: number;
  type: number;
  count: number;
  /** Where the 12 bytes of the entry begin, from the start of the TIFF block. */
  at: number;
  /** Where its value begins, from the start of the TIFF block. */
  valueAt: number;
  bytes: number;
}

const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

/**
 * The structure that holds EXIF, in JPEG, PNG, WebP, HEIC and TIFF alike: directories of tagged values, in
 * either byte order. Everything outside the block's bounds is treated as absent.
 */
export class Tiff {
  private constructor(
    readonly bytes: Buffer,
    readonly little: boolean,
  ) {}

  /** Reads a block that begins with `II*\0`, `MM\0*` or a camera's own magic; undefined where it does not. */
  static open(bytes: Buffer): Tiff | undefined {
    if (bytes.length < 14) return undefined;
    const order = bytes.toString("latin1", 0, 2);
    if (order !== "II" && order !== "MM") return undefined;
    const tiff = new Tiff(bytes, order === "II");
    const known = [0x2a, 0x55, 0x4f52, 0x5352];
    return known.includes(tiff.u16(2)) && tiff.u32(4) >= 8 ? tiff : undefined;
  }

  u16(at: number): number {
    if (at < 0 || at + 2 > this.bytes.length) return 0;
    return this.little ? this.bytes.readUInt16LE(at) : this.bytes.readUInt16BE(at);
  }

  u32(at: number): number {
    if (at < 0 || at + 4 > this.bytes.length) return 0;
    return this.little ? this.bytes.readUInt32LE(at) : this.bytes.readUInt32BE(at);
  }

  get firstDirectory(): number {
    return this.u32(4);
  }

  entries(directory: number): TiffEntry[] {
    const count = this.u16(directory);
    if (directory < 8 || directory + 2 + count * 12 > this.bytes.length) return [];
    return Array.from({ length: count }, (_, index) => {
      const at = directory + 2 + index * 12;
      const type = this.u16(at + 2);
      const amount = this.u32(at + 4);
      const bytes = (sizes[type] ?? 1) * amount;
      return {
        tag: this.u16(at),
        type,
        count: amount,
        at,
        valueAt: bytes <= 4 ? at + 8 : this.u32(at + 8),
        bytes,
      };
    });
  }

  entry(directory: number, tag: number): TiffEntry | undefined {
    return this.entries(directory).find((entry) => entry.tag === tag);
  }

  text(directory: number, tag: number): string | undefined {
    const entry = this.entry(directory, tag);
    if (entry?.type !== 2 || entry.valueAt + entry.bytes > this.bytes.length) return undefined;
    const value = this.bytes.toString("latin1", entry.valueAt, entry.valueAt + entry.bytes);
    return value.split("\0", 1)[0]?.trim() ?? undefined;
  }

  /** A short, long or rational as a number. */
  number(directory: number, tag: number): number | undefined {
    const entry = this.entry(directory, tag);
    if (entry === undefined || entry.count < 1) return undefined;
    if (entry.type === 3) return this.u16(entry.valueAt);
    if (entry.type === 4 || entry.type === 13) return this.u32(entry.valueAt);
    if (entry.type === 5) {
      const below = this.u32(entry.valueAt + 4);
      return below === 0 ? undefined : this.u32(entry.valueAt) / below;
    }
    return undefined;
  }
}
