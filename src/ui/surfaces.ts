import type { Plugin } from "obsidian";
import type { Words } from "../i18n";
import { addSignInLinks, followSignIn } from "./account";
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
import { BackupSettingTab, followRenamedFolders } from "./settings";
import { addStatusBar } from "./status-bar";
import { StatusView } from "./status-view";
import { surround, type SurfaceDeps, type Surroundings } from "./surroundings";
import { tellUnreadable } from "./tell-unreadable";

/** What the plugin itself may ask of its surfaces. */
export interface Surfaces {
  /** Shows the status view, as on enabling the plugin, when its steps lead through first use. */
  openStatus(): Promise<void>;
  /** Shows what is seen all the time; to be called once the settings are read and the layout is ready. */
  show(): void;
  /** Offers the settings, and what menus and the command line can do; to be called as soon as the layout is ready. */
  offer(): void;
  /** Says that the settings cannot be read, so that nothing is backed up. */
  tellUnreadable(): void;
}

/**
 * Tells Obsidian, in `onload`, what it must know before it opens notes and views. Nothing else is made for that until
 * something is opened or asked for, so that a start is not held up. All goes away when the plugin is unloaded.
 *
 * @param deps  asked for once, when one of them is first needed
 */
export function addSurfaces(plugin: Plugin, words: Words, deps: () => SurfaceDeps): Surfaces {
  let made: Surroundings | undefined;
  const around = (): Surroundings => (made ??= surround(deps()));
  addOurIcons();
  plugin.registerView(STATUS_VIEW, (leaf) => new StatusView(leaf, around()));
  addImageMarks(plugin, around);
  addCommands(plugin, words.say, around);
  addSignInLinks(plugin, around);
  return {
    openStatus: () => openStatus(around()),
    show: () => {
      const given = around();
      addRibbon(given);
      addStatusBar(given, followFrontNote(given));
      addNoteBadges(given);
      addExplorerMarks(given);
      addNotices(given);
      followRenamedFolders(given);
      followSignIn(given);
    },
    offer: () => {
      const given = around();
      plugin.addSettingTab(new BackupSettingTab(given));
      addFileMenus(given);
      addCommandLine(given);
    },
    tellUnreadable: () => tellUnreadable(words.say),
  };
}
