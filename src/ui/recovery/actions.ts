import { Notice } from "obsidian";
import type { Checked, MissingImage, VaultPath } from "../../model";
import { startBackup } from "../first-use";
import type { Surroundings } from "../surroundings";
import { sayError } from "../wording";
import { openRestore } from "./restoring";

/** Something that can be done with an image, or with several. */
export interface ImageAction {
  readonly title: string;
  readonly icon: string;
  readonly act: () => void;
}

/** An image that the vault has not; `only`: no note asks for it either. */
export function awayImage(
  path: VaultPath,
  { status }: Surroundings,
): (MissingImage & { readonly only: boolean }) | undefined {
  if (status.images().has(path)) return undefined;
  const missing = status.missing.peek().find((one) => one.path === path);
  if (missing !== undefined) return { ...missing, only: false };
  const only = status.only.peek().find((one) => one.path === path);
  return only && { ...only, only: true };
}

/** What a person can decide about images that are gone from Google Photos or from the vault. */
export function recoveryActions(paths: readonly VaultPath[], around: Surroundings): readonly ImageAction[] {
  const { words, status, recovery } = around;
  const stateOf = (path: VaultPath) => status.images().get(path);
  const removed = paths.filter((path) => stateOf(path)?.is === "removed");
  const nagging = removed.filter((path) => {
    const state = stateOf(path);
    return state?.is === "removed" && state.left !== true;
  });
  const skipped = (because: string): readonly VaultPath[] =>
    paths.filter((path) => {
      const state = stateOf(path);
      return state?.is === "skipped" && state.because === because;
    });
  const guesses = skipped("maybe-there");
  const again = [...removed, ...skipped("forgotten"), ...guesses];
  const away = paths.flatMap((path) => awayImage(path, around) ?? []);
  const forgettable = [...removed, ...away.filter(({ only }) => only).map(({ path }) => path)];
  const actions: ImageAction[] = [];
  const add = (title: string, icon: string, about: readonly unknown[], act: () => void): void => {
    if (about.length > 0) actions.push({ title, icon, act });
  };
  add(words.say("menu.restore"), "download", away, () => {
    openRestore(
      around,
      away.map(({ path }) => path),
    );
  });
  add(words.say("menu.confirm"), "check", guesses, () => void recovery.confirm(guesses));
  add(words.say("menu.back-up-again"), "vib-sending", again, () => {
    if (around.signedIn.peek().is === "signed-in") void sendAgain(again, around);
    else startBackup(around, { of: "images", paths: again });
  });
  add(words.say("menu.leave"), "vib-skipped", nagging, () => void recovery.leave(nagging));
  add(words.say("menu.forget"), "x", forgettable, () => void recovery.forget(forgettable));
  return actions;
}

/** Asks Google for everything that is backed up, and says what came of it. */
export async function checkGooglePhotos(around: Surroundings): Promise<void> {
  const checked = await around.recovery.verify();
  const { words } = around;
  if (checked.is === "failed" || checked.gone > 0) tellChecked(checked, around);
  else new Notice(words.say("notice.checked", { n: checked.there }));
}

/** Asks before missing images are put back; says where there are none. */
export function restoreMissing(around: Surroundings): void {
  const missing = around.status.missing.peek().map(({ path }) => path);
  if (missing.length > 0) openRestore(around, missing);
  else new Notice(around.words.say("notice.nothing-missing"));
}

async function sendAgain(paths: readonly VaultPath[], around: Surroundings): Promise<void> {
  const checked = await around.recovery.sendAgain(paths);
  if (checked.is === "failed") tellChecked(checked, around);
}

function tellChecked(checked: Checked, { words }: Surroundings): void {
  new Notice(
    checked.is === "failed" ? sayError(words, checked.error) : words.say("notice.gone", { n: checked.gone }),
  );
}
