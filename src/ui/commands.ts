import { Notice, Platform, type Plugin } from "obsidian";
import type { TextKey } from "../i18n";
import { gravest, type Hold } from "../model";
import { signIn } from "./account";
import { imagesIn, startBackup } from "./first-use";
import { frontNote } from "./front-note";
import { openStatus } from "./open-status";
import { checkGooglePhotos, openExport, openRestore, restoreMissing } from "./recovery";
import { openReport } from "./report";
import type { Say, Surroundings } from "./surroundings";
import { tellHold } from "./tell-undone";

type CommandId = TextKey extends infer Key ? (Key extends `command.${infer Id}` ? Id : never) : never;

/** In milliseconds. */
const HOUR = 3_600_000;

/** The commands of the palette. Their ids are fixed for good: people bind keys to them. */
export function addCommands(plugin: Plugin, say: Say, around: () => Surroundings): void {
  const add = (
    id: CommandId,
    act: (around: Surroundings) => unknown,
    canNow: () => boolean = () => true,
  ): void => {
    plugin.addCommand({
      id,
      name: say(`command.${id}`),
      checkCallback: (checking) => {
        if (!canNow()) return false;
        if (!checking) void act(around());
        return true;
      },
    });
  };
  const front = (): string | undefined => frontNote(plugin.app);
  add("back-up-vault-images", (given) => startBackup(given));
  add(
    "back-up-note-images",
    (given) => {
      const note = front();
      if (note === undefined) return;
      const paths = imagesIn(given, note);
      if (paths.length > 0) startBackup(given, paths);
      else new Notice(say("notice.no-images-here"));
    },
    () => front() !== undefined,
  );
  add("open-status", (given) => openStatus(given));
  const pause = (given: Surroundings, until?: number): void => {
    given.commands.pause(until);
    tellHold({ why: "paused", until }, given);
  };
  /** Whether nothing graver than a pause keeps it from being sent, which would outlast it. */
  const canPause = (): boolean => {
    const pause: Hold = { why: "paused" };
    return gravest([around().status.hold.peek() ?? pause, pause])?.why === pause.why;
  };
  add(
    "pause-or-resume",
    (given) => {
      if (given.commands.isPaused) tellHold(given.commands.resume(), given, say("notice.resumed"));
      else pause(given);
    },
    () => around().commands.isPaused || canPause(),
  );
  add("pause-for-an-hour", (given) => pause(given, given.now() + HOUR), canPause);
  add("try-failed-again", (given) => {
    if (given.status.totals.peek().failed > 0) tellHold(given.commands.tryAgain(), given);
    else new Notice(say("notice.nothing-failed"));
  });
  add("check-google-photos", checkGooglePhotos);
  add("restore-missing", restoreMissing(openRestore));
  add("restore-export", restoreMissing(openExport), () => Platform.isDesktop);
  add("export-report", openReport);
  add("sign-in", signIn);
  add(
    "sign-out",
    (given) => {
      given.signIn.signOut();
      new Notice(say("notice.signed-out"));
    },
    () => around().signedIn.peek().is === "signed-in",
  );
}
