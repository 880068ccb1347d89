import type { ReadonlySignal } from "@preact/signals-core";
import { Notice, Platform } from "obsidian";
import type { TextKey } from "../i18n";
import type { VaultPath } from "../model";
import { signIn } from "./account";
import { noteScope, startBackup } from "./first-use";
import { openStatus } from "./open-status";
import { checkGooglePhotos, openExport, restoreMissing } from "./recovery";
import { openReport } from "./report";
import type { Surroundings } from "./surroundings";

type CommandId = TextKey extends infer Key ? (Key extends `command.${infer Id}` ? Id : never) : never;

/** In milliseconds. */
const HOUR = 3_600_000;

/** The commands of the palette. Their ids are fixed for good: people bind keys to them. */
export function addCommands(around: Surroundings, front: ReadonlySignal<VaultPath | undefined>): void {
  const { status, commands, say, plugin, signedIn } = around;
  const add = (id: CommandId, act: () => void, canNow: () => boolean = () => true): void => {
    plugin.addCommand({
      id,
      name: say(`command.${id}`),
      checkCallback: (checking) => {
        if (!canNow()) return false;
        if (!checking) act();
        return true;
      },
    });
  };
  add("back-up-vault-images", () => startBackup(around, { of: "vault" }));
  add(
    "back-up-note-images",
    () => {
      const note = front.peek();
      if (note === undefined) return;
      if (around.noteImages.imagesOf(note).length > 0) startBackup(around, noteScope(around, note));
      else new Notice(say("notice.no-images-here"));
    },
    () => front.peek() !== undefined,
  );
  add("open-status", () => void openStatus(around));
  add("pause-or-resume", () => {
    if (status.hold.peek()?.why === "paused") commands.resume();
    else commands.pause();
  });
  add("pause-for-an-hour", () => commands.pause(around.now() + HOUR));
  add("try-failed-again", () => {
    if (status.totals.peek().failed > 0) commands.tryAgain({ of: "vault" });
    else new Notice(say("notice.nothing-failed"));
  });
  add("check-google-photos", () => void checkGooglePhotos(around));
  add("restore-missing", () => restoreMissing(around));
  add(
    "restore-export",
    () => openExport(around),
    () => Platform.isDesktop,
  );
  add("export-report", () => openReport(around));
  add("sign-in", () => signIn(around));
  add(
    "sign-out",
    () => {
      around.signIn.signOut();
      new Notice(say("notice.signed-out"));
    },
    () => signedIn.peek().is === "signed-in",
  );
}
