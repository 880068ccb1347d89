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

const ICON_OF_HEADLINE: Readonly<Record<Exclude<Headline["is"], "hold">, VaultImageBackupIcon>> = {
  looking: "vib-cloud",
  "nothing-found": "vib-cloud",
  "backing-up": "vib-sending",
  waiting: "vib-waiting",
  attention: "vib-attention",
  complete: "vib-safe",
};

export function iconOfHeadline(headline: Headline): VaultImageBackupIcon {
  return headline.is === "hold" ? iconOfHold(headline.hold) : ICON_OF_HEADLINE[headline.is];
}

function iconOfHold(hold: Hold): VaultImageBackupIcon {
  if (hold.why === "first-use") return "vib-cloud";
  return isTrouble(hold) || hold.why === "stopped" ? "vib-attention" : "vib-held";
}

const ICON_OF_IMAGE: Readonly<Record<ShownState["is"], VaultImageBackupIcon>> = {
  waiting: "vib-waiting",
  uploading: "vib-sending",
  "backed-up": "vib-safe",
  skipped: "vib-skipped",
  failed: "vib-attention",
  removed: "vib-removed",
  missing: "vib-removed",
  only: "vib-safe",
};

export function iconOfImage(state: ShownState | undefined): VaultImageBackupIcon {
  if (!state) return "vib-cloud";
  return state.is === "skipped" && needsAttention(state) ? "vib-attention" : ICON_OF_IMAGE[state.is];
}

const ICON_OF_NOTE: Readonly<Record<NoteState["is"], VaultImageBackupIcon>> = {
  none: "vib-cloud",
  safe: "vib-safe",
  partly: "vib-waiting",
  attention: "vib-attention",
};

export function iconOfNote({ is }: NoteState): VaultImageBackupIcon {
  return ICON_OF_NOTE[is];
}
