import { Notice } from "obsidian";
import type { Say } from "./surroundings";

/** Says that the settings cannot be read, so that nothing is backed up; it stays until it is clicked. */
export function tellUnreadable(say: Say): void {
  new Notice(say("notice.settings-unreadable"), 0);
}
