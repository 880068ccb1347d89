import type { NoteState } from "../../../src/model";
import { lineOf, type ImageLine } from "./images";

/** What the badge, the status bar and the file explorer show of one note. */
export interface NoteLine {
  /** The states of its two images. */
  readonly images: readonly [ImageLine, ImageLine];
  readonly icon: string;
  /** The badge's count; none where the note has no image that counts. */
  readonly count: string;
  /** The status bar's text; without one, the bar speaks of the whole vault. */
  readonly bar: string;
  readonly said: string;
}

/** Every state a note can be in. Exhaustive by type: a new one breaks the compile here. */
export const NOTES: Readonly<Record<NoteState["is"], NoteLine>> = {
  none: {
    images: [lineOf("type"), lineOf("folder")],
    icon: "vib-cloud",
    count: "",
    bar: "",
    said: "No images in this note",
  },
  safe: {
    images: [lineOf("backed-up"), lineOf("backed-up")],
    icon: "vib-safe",
    count: "2",
    bar: "2 of 2 backed up",
    said: "All 2 images of this note are backed up",
  },
  partly: {
    images: [lineOf("backed-up"), lineOf("waiting")],
    icon: "vib-waiting",
    count: "1/2",
    bar: "1 of 2 backed up",
    said: "Backed up: 1 of 2 images of this note",
  },
  attention: {
    images: [lineOf("backed-up"), lineOf("broken")],
    icon: "vib-attention",
    count: "1/2",
    bar: "1 of 2 backed up",
    said: "1 image of this note needs attention",
  },
};
