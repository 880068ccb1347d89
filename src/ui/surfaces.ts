import { Notice } from "obsidian";
import { addSignInLinks } from "./account";
import { addCommandLine } from "./cli";
import { addCommands } from "./commands";
import { addExplorerMarks } from "./explorer-marks";
import { addFileMenus } from "./file-menus";
import { followFrontNote } from "./front-note";
import { addOurIcons } from "./icons";
import { addImageMarks } from "./image-marks";
import { addNoteBadges } from "./note-badge";
import { addNotices } from "./notices";
import { openStatus, STATUS_VIEW } from "./open-status";
import { addRibbon } from "./ribbon";
import { BackupSettingTab } from "./settings";
import { addStatusBar } from "./status-bar";
import { StatusView } from "./status-view";
import { surround, type SurfaceDeps } from "./surroundings";

/** What the plugin itself may ask of its surfaces. */
export interface Surfaces {
  /** Shows the status view, as on enabling the plugin, when its steps lead through first use. */
  openStatus(): Promise<void>;
  /** Shows what is seen all the time; to be called once the settings are read and the layout is ready. */
  show(): void;
  /** Says that the settings cannot be read, so that nothing is backed up. */
  tellUnreadable(): void;
}

/**
 * Makes every surface; all of them go away when the plugin is unloaded. To be called in `onload`: what Obsidian must know
 * before it opens notes and views is told it at once, and nothing is shown before `show`.
 */
export function addSurfaces(deps: SurfaceDeps): Surfaces {
  const around = surround(deps);
  const { plugin } = around;
  addOurIcons();
  plugin.registerView(STATUS_VIEW, (leaf) => new StatusView(leaf, around));
  // Obsidian offers the settings as soon as the plugin is loaded.
  plugin.addSettingTab(new BackupSettingTab(around));
  const front = followFrontNote(around);
  addImageMarks(around);
  addFileMenus(around);
  addCommands(around, front);
  addCommandLine(around);
  addSignInLinks(around);
  return {
    openStatus: () => openStatus(around),
    show: () => {
      addRibbon(around);
      addStatusBar(around, front);
      addNoteBadges(around);
      addExplorerMarks(around);
      addNotices(around);
    },
    tellUnreadable: () => {
      new Notice(around.words.say("notice.settings-unreadable"), 0);
    },
  };
}
