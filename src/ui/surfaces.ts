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
}

/** Makes every surface; all of them go away when the plugin is unloaded. To be called in `onload`. */
export function addSurfaces(deps: SurfaceDeps): Surfaces {
  const around = surround(deps);
  const { plugin } = around;
  addOurIcons();
  plugin.registerView(STATUS_VIEW, (leaf) => new StatusView(leaf, around));
  plugin.addSettingTab(new BackupSettingTab(around));
  const front = followFrontNote(around);
  addRibbon(around);
  addStatusBar(around, front);
  addNoteBadges(around);
  addImageMarks(around);
  addExplorerMarks(around);
  addFileMenus(around);
  addCommands(around, front);
  addCommandLine(around);
  addSignInLinks(around);
  addNotices(around);
  return { openStatus: () => openStatus(around) };
}
