import { Notice } from "obsidian";
import type { Checked, ShownState, SkipReason, VaultPath } from "../../model";
import { offer, type Action } from "../action";
import { startBackup } from "../first-use";
import type { Surroundings } from "../surroundings";
import { sayError } from "../wording";
import { openRestore } from "./restoring";

/** What a person can decide about images that are gone from Google Photos or from the vault. */
export function recoveryActions(paths: readonly VaultPath[], around: Surroundings): readonly Action[] {
  const { say, status, recovery } = around;
  const where = (isIt: (state: ShownState) => boolean): readonly VaultPath[] =>
    paths.filter((path) => {
      const state = status.at(path);
      return state !== undefined && isIt(state);
    });
  const skipped = (because: SkipReason): readonly VaultPath[] =>
    where((state) => state.is === "skipped" && state.because === because);
  const removed = where(({ is }) => is === "removed");
  const nagging = where((state) => state.is === "removed" && state.left !== true);
  const guesses = skipped("maybe-there");
  const only = where(({ is }) => is === "only");
  const away = [...where(({ is }) => is === "missing"), ...only];
  return [
    ...offer(away, say("menu.restore"), "download", (these) => openRestore(around, these)),
    ...offer(guesses, say("menu.confirm"), "check", (these) => void recovery.confirm(these)),
    ...offer(
      [...removed, ...skipped("forgotten"), ...guesses],
      say("menu.back-up-again"),
      "vib-sending",
      (these) => void sendAgain(these, around),
    ),
    ...offer(nagging, say("menu.leave"), "vib-skipped", (these) => void recovery.leave(these)),
    ...offer([...removed, ...only], say("menu.forget"), "x", (these) => void recovery.forget(these)),
  ];
}

/** Asks Google for everything that is backed up, and says what came of it. */
export async function checkGooglePhotos(around: Surroundings): Promise<void> {
  tellChecked(await around.recovery.verify(), around);
}

/** Asks before missing images are put back; says where there are none. */
export function restoreMissing(around: Surroundings): void {
  const missing = around.status.missing.peek().map(({ path }) => path);
  if (missing.length > 0) openRestore(around, missing);
  else new Notice(around.say("notice.nothing-missing"));
}

async function sendAgain(paths: readonly VaultPath[], around: Surroundings): Promise<void> {
  if (around.signedIn.peek().is !== "signed-in") {
    startBackup(around, { of: "images", paths });
    return;
  }
  const checked = await around.recovery.sendAgain(paths);
  if (checked.is === "failed") tellChecked(checked, around);
}

function tellChecked(checked: Checked, { say }: Surroundings): void {
  if (checked.is === "failed") {
    new Notice(sayError(checked.error, say));
    return;
  }
  const { there } = checked;
  const others = (["gone", "young", "before"] as const)
    .filter((what) => checked[what] > 0)
    .map((what) => say(`notice.${what}`, { n: checked[what] }));
  const isAlone = others.length === 0;
  const first = say(isAlone && there > 0 ? "notice.checked" : "notice.there", { n: there });
  new Notice([...(isAlone || there > 0 ? [first] : []), ...others].join("\n"));
}
