import type { Bytes, Stretch } from "../content/bytes";
import type { Edit } from "./edits";

/** How a format carries an EXIF block. Answers `undefined` where the file has no room for it. */
export interface Carrier {
  /** Puts a new block into a file that has none. */
  put(bytes: Bytes, block: Bytes): readonly Edit[] | undefined;
  /**
   * Extends the block the file has.
   *
   * @param added    what comes behind the block's own bytes; the first of it lies at `base` of the block
   * @param pointer  the edit that makes the block's header point to it
   * @param found    the block as it is
   */
  extend(bytes: Bytes, added: Bytes, pointer: Edit, found: Stretch): readonly Edit[] | undefined;
}
