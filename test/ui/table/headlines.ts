import type { BackupEvent, ImageState } from "../../../src/model";
import type { Headline } from "../../../src/status";
import { ITEM } from "./images";

/** What brings a headline about, and what every surface shows then. */
export interface HeadlineLine {
  readonly events: readonly BackupEvent[];
  readonly icon: string;
  readonly title: string;
  readonly detail: string;
  readonly buttons: readonly string[];
}

const images = (states: Readonly<Record<string, ImageState>>): BackupEvent => ({
  type: "images",
  states: new Map(Object.entries(states)),
});

const WAITING: ImageState = { is: "waiting" };
const SAFE: ImageState = { is: "backed-up", item: ITEM };

/** Every headline but the holds. Exhaustive by type: a new one breaks the compile here. */
export const HEADLINES: Readonly<Record<Exclude<Headline["is"], "hold">, HeadlineLine>> = {
  looking: {
    events: [],
    icon: "vib-cloud",
    title: "Looking through the vault…",
    detail: "",
    buttons: [],
  },
  "nothing-found": {
    events: [{ type: "looked-through" }],
    icon: "vib-cloud",
    title: "No images in this vault yet",
    detail: "Images that you add to the vault show up here.",
    buttons: [],
  },
  "backing-up": {
    events: [
      images({ "a.png": WAITING, "b.png": WAITING }),
      { type: "run-began", at: 1 },
      images({ "a.png": SAFE }),
    ],
    icon: "vib-sending",
    title: "Backing up 1 of 2",
    detail: "",
    buttons: ["Pause"],
  },
  waiting: {
    events: [images({ "a.png": WAITING })],
    icon: "vib-waiting",
    title: "1 image is waiting",
    detail: "Nothing to do: it goes on by itself in a moment.",
    buttons: ["Back up now"],
  },
  "all-skipped": {
    events: [images({ "a.png": { is: "skipped", because: "folder" } })],
    icon: "vib-skipped",
    title: "No image is backed up",
    detail: "The list below says why.",
    buttons: [],
  },
  attention: {
    events: [images({ "a.png": { is: "failed", because: "service" }, "b.png": SAFE })],
    icon: "vib-attention",
    title: "1 image needs attention",
    detail: "1 image is in your Google Photos. The list below says what to do.",
    buttons: ["Try again"],
  },
  complete: {
    events: [images({ "a.png": SAFE })],
    icon: "vib-safe",
    title: "Backup complete",
    detail: "1 image is in your Google Photos.",
    buttons: [],
  },
};
