import { nameOf, needsAttention, type VaultPath } from "../model";
import { sendingNote } from "./file-menus";
import { imagesIn } from "./first-use";
import { iconOf } from "./icons";
import { openFile } from "./open-file";
import { openStatus } from "./open-status";
import { showMenu } from "./show-menu";
import type { Surroundings } from "./surroundings";
import { sayImage, sayNote } from "./wording";

/** More than this many images are left to the status view. */
const MOST = 12;

/** Opens the images of a note with their states, those that need attention first. */
export function openNoteMenu(note: VaultPath, anchor: HTMLElement, around: Surroundings): void {
  const { app, status, say } = around;
  const paths = [...imagesIn(around, note), ...status.missingIn(note)];
  const images = paths.map((path) => ({ path, state: status.at(path) }));
  images.sort(
    (one, other) =>
      Number(needsAttention(other.state)) - Number(needsAttention(one.state)) ||
      nameOf(one.path).localeCompare(nameOf(other.path)),
  );
  const act = (): void => void openStatus(around, note);
  const left = images.length - MOST;
  showMenu(
    anchor,
    undefined,
    sayNote(status.noteAt(note), say),
    [
      ...images.slice(0, MOST).map(({ path, state }) => ({
        title: say("row.label", { name: nameAmong(path, paths), state: sayImage(state, around).title }),
        icon: iconOf(state),
        // Of a missing one there is no file: the status view restores it.
        act: state?.is === "missing" ? act : () => openFile(app, path, "tab"),
      })),
      ...(left > 0 ? [{ title: say("menu.more", { n: left }), icon: null, act }] : []),
    ],
    [...sendingNote(note, around), { title: say("menu.show-status"), icon: "vib-cloud", act }],
  );
}

/** An image's name, or its path where others in the menu have that name. */
function nameAmong(path: VaultPath, paths: readonly VaultPath[]): string {
  const name = nameOf(path);
  return paths.filter((other) => nameOf(other) === name).length > 1 ? path : name;
}
