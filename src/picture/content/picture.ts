import type { Stretch } from "./bytes";
import type { Part } from "./parts";
import type { TiffBlock } from "./tiff";

/** Width and height as they are stored, before any turning, in pixels. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** What a file tells of its picture, as far as it is cheaply found; formats that hide it well tell less. */
export interface Picture {
  /**
   * Viewers do not open it. What browsers and the common libraries show all the same is left alone, since the person sees
   * it and wants it safe:
   *
   * - a JPEG that ends in the middle of its data is shown with a grey rest (its decoders only warn), a GIF up to where it
   *   ends, a bitmap likewise; none of them needs its end mark;
   * - a PNG whose data is cut is an error to decoders, though browsers show the rows they have; without its end chunk
   *   alone it is whole;
   * - a WebP or AVIF that is cut shows nothing at all, not even in a browser;
   * - bytes behind the end harm nowhere.
   *
   * Only structure is looked at: damage inside the coded data would cost decoding every picture.
   */
  readonly damaged: boolean;
  /** Absent where the header does not tell. */
  readonly size?: PixelSize | undefined;
  /** From the TIFF header on, without the name that JPEG and others put before it. */
  readonly exif?: Part | undefined;
  /** What EXIF holds, where it can be read. */
  readonly tiff?: TiffBlock | undefined;
  readonly xmp?: Stretch | undefined;
  /** The colour profile. */
  readonly profile?: Stretch | undefined;
  readonly animated?: boolean;
  /** Has more than eight bits a colour, or carries its colours as HDR signals. */
  readonly deep?: boolean;
  /** Keeps metadata where they are not read here. */
  readonly hidden?: boolean;
}
