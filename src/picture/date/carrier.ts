import type { Bytes } from "../content/bytes";
import type { Edit } from "./edits";

/** An EXIF block as a file of some format carries it. */
export interface Carried {
  /** Where it goes in a file that has none. */
  readonly at: number;
  /** The segment or chunk that holds it. */
  readonly part: Bytes;
  /** Where the block begins in that part. */
  readonly blockAt: number;
  /** What else is to be changed, all of it before the block, in a file that gets longer by so many bytes. */
  readonly around?: (grown: number) => readonly Edit[];
}

/** Makes the part of a file that carries an EXIF block; `undefined` where the file has no room for it. */
export type Carrier = (bytes: Bytes, block: Bytes) => Carried | undefined;
