import { addIcon, setIcon } from "obsidian";
import { isTrouble, needsAttention, type Hold, type NoteState, type ShownState } from "../model";
import type { Headline } from "../status";

const CLOUD = `<path d="M7.2 19h9.9a4.4 4.4 0 0 0 1-8.68 6.2 6.2 0 0 0-12-1.2A5 5 0 0 0 7.2 19z"/>`;

/** Drawn on a grid of 24, like Obsidian's own. The mark tells the state, not only its colour. */
const SHAPES = {
  cloud: CLOUD,
  safe: `${CLOUD}<path d="m9 13.6 2.2 2.2 4-4.2"/>`,
  sending: `${CLOUD}<path d="M12 16.6v-5.2m-2.3 2.2 2.3-2.3 2.3 2.3"/>`,
  waiting: `${CLOUD}<path d="M9 14.2h.01M12 14.2h.01M15 14.2h.01" stroke-width="2.6"/>`,
  attention: `${CLOUD}<path d="M12 10.6v3.4M12 16.5h.01"/>`,
  held: `${CLOUD}<path d="M10.4 11.6v4.2M13.6 11.6v4.2"/>`,
  skipped: `<circle cx="12" cy="12" r="8.4"/><path d="M8.4 12h7.2"/>`,
  removed: `${CLOUD}<path d="m10 11.6 4 4m0-4-4 4"/>`,
} as const;

type Shape = keyof typeof SHAPES;

export type VaultImageBackupIcon = `vib-${Shape}`;

/** Makes our icons known to Obsidian, which gives icons of plugins a grid of 100. */
export function addOurIcons(): void {
  for (const [name, shape] of Object.entries(SHAPES)) {
    addIcon(
      `vib-${name}`,
      `<g transform="scale(4.1667)" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${shape}</g>`,
    );
  }
}

/** One of each icon that was shown: copying it is much cheaper than having Obsidian make it. */
const made = new Map<string, Element>();

/** Shows an icon in an element that holds nothing else. */
export function showIcon(el: HTMLElement, icon: string): void {
  if (el.dataset["icon"] === icon && el.firstElementChild) return;
  el.dataset["icon"] = icon;
  const known = made.get(icon);
  if (known) {
    el.replaceChildren(el.doc.importNode(known, true));
    return;
  }
  setIcon(el, icon);
  const svg = el.firstElementChild;
  if (svg) made.set(icon, svg.cloneNode(true) as Element);
}

/** What can be shown by an icon: how the whole backup stands, or a note, or an image. */
type Shown = Headline | NoteState | ShownState;

const SHAPE_OF: Readonly<Record<Exclude<Shown["is"], "hold">, Shape>> = {
  looking: "cloud",
  "nothing-found": "cloud",
  "backing-up": "sending",
  waiting: "waiting",
  attention: "attention",
  "all-skipped": "skipped",
  complete: "safe",
  none: "cloud",
  safe: "safe",
  partly: "waiting",
  uploading: "sending",
  "backed-up": "safe",
  skipped: "skipped",
  failed: "attention",
  removed: "removed",
  missing: "removed",
  only: "safe",
};

/** The icon of a state; of an image that was not found, where there is none. */
export function iconOf(shown: Shown | undefined): VaultImageBackupIcon {
  return `vib-${shapeOf(shown)}`;
}

function shapeOf(shown: Shown | undefined): Shape {
  if (!shown) return "cloud";
  if (shown.is === "hold") return shapeOfHold(shown.hold);
  return shown.is === "skipped" && needsAttention(shown) ? "attention" : SHAPE_OF[shown.is];
}

function shapeOfHold(hold: Hold): Shape {
  if (hold.why === "first-use") return "cloud";
  return isTrouble(hold) || hold.why === "stopped" ? "attention" : "held";
}
