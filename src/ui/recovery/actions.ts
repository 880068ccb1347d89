import { Notice } from "obsidian";
import type { Checked, VaultPath } from "../../model";
import { startBackup } from "../first-use";
import { leaveOut } from "../settings";
import type { Surroundings } from "../surroundings";
import { tellHold, tellUndone } from "../tell-undone";
import { sayError } from "../wording";

/** Asks Google for everything that is backed up, and says what came of it. */
export async function checkGooglePhotos(around: Surroundings): Promise<void> {
  const asking = new Notice(around.say("notice.checking"), 0);
  const checked = await around.recovery.verify();
  asking.hide();
  if (checked) tellChecked(checked, around);
  else tellUndone(around);
}

/** Opens a way to put missing images back; says where there are none. */
export function restoreMissing(
  open: (around: Surroundings, paths: readonly VaultPath[]) => void,
): (around: Surroundings) => void {
  return (around) => {
    const missing = around.status.away.peek().flatMap(({ is, path }) => (is === "missing" ? path : []));
    if (missing.length > 0) open(around, missing);
    else if (!around.status.looked.peek()) tellUndone(around);
    else new Notice(around.say("notice.nothing-missing"));
  };
}

/** Sends images again that are gone from Google Photos, or were left out; first use and signing in come before. */
export async function sendAgain(paths: readonly VaultPath[], around: Surroundings): Promise<void> {
  if (around.signedIn.peek().is !== "signed-in") {
    startBackup(around, paths);
    return;
  }
  await leaveOut(paths, false, around);
  const checked = await around.recovery.want(paths);
  if (!checked) tellUndone(around);
  else if (checked.is === "failed") tellChecked(checked, around);
  else tellHold(around.commands.backUp(paths), around);
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
