import type { ShownState, SkipReason, VaultPath } from "../model";
import { offer, type Action } from "./action";
import { openQuestion } from "./dialog";
import { startBackup } from "./first-use";
import { itemsAway, openRestore, sendAgain } from "./recovery";
import { leaveOut } from "./settings";
import type { Surroundings } from "./surroundings";
import { tellHold, tellUndone } from "./tell-undone";

/** What decides about what can be done with an image: its state, why it is skipped, or that it is left removed. */
type Kind = ShownState["is"] | SkipReason | "left" | undefined;

/** What is not in Google Photos, and need not be: left out, nobody is asked to look at it any more. */
const LEAVABLE = [
  "waiting",
  "failed",
  "not-an-image",
  "broken",
  "empty",
  "too-large",
  "too-large-phone",
  "unreadable",
  "maybe-there",
] as const;

function kindOf(state: ShownState | undefined): Kind {
  if (state?.is === "skipped") return state.because;
  return state?.is === "removed" && state.left === true ? "left" : state?.is;
}

/** Backs up images, where some of them wait: these, or all that there are by then. */
export function sending(
  paths: readonly VaultPath[],
  title: string,
  around: Surroundings,
  all = () => paths,
): readonly Action[] {
  const waiting = paths.filter((path) => around.status.at(path)?.is === "waiting");
  return offer(waiting, title, "vib-sending", () => startBackup(around, all()));
}

/** What can be done about the backup of some images, as things stand now. */
export function imageActions(paths: readonly VaultPath[], around: Surroundings): readonly Action[] {
  const { say, status, commands, recovery } = around;
  const known = paths.map((path) => ({ path, kind: kindOf(status.at(path)) }));
  const those = (...kinds: readonly Kind[]): readonly VaultPath[] =>
    known.filter(({ kind }) => kinds.includes(kind)).map(({ path }) => path);
  const decided = (done: Promise<true | undefined>): void =>
    void done.then((isDone) => {
      if (!isDone) tellUndone(around);
    });
  const waiting = those("waiting");
  const toSend =
    paths.length === 1 ? say("menu.back-up-image") : say("menu.back-up-images", { n: waiting.length });
  return [
    ...offer(waiting, toSend, "vib-sending", (these) => startBackup(around, these)),
    ...offer(those("failed", "unreadable"), say("menu.try-again"), "refresh-cw", (these) =>
      tellHold(commands.tryAgain(these), around),
    ),
    ...offer(those("missing", "only"), say("menu.restore"), "download", (these) =>
      openRestore(around, these),
    ),
    ...offer(those("maybe-there"), say("menu.confirm"), "check", (these) => decided(recovery.confirm(these))),
    ...offer(
      those("removed", "left", "forgotten", "maybe-there"),
      say("menu.back-up-again"),
      "vib-sending",
      (these) => void sendAgain(these, around),
    ),
    ...offer(
      those(...LEAVABLE),
      say("menu.leave-out"),
      "vib-skipped",
      (these) => void leaveOut(these, true, around),
    ),
    ...offer(those("removed"), say("menu.leave"), "vib-skipped", (these) => decided(recovery.leave(these))),
    ...offer(those("removed", "left", "missing", "only"), say("menu.forget"), "x", (these) => {
      const forget = (): void => decided(recovery.forget(these));
      const n = itemsAway(these, around);
      // Nothing else holds what this device knows of them; the others lie in the vault.
      if (n === 0) forget();
      else
        openQuestion(
          around,
          say("menu.forget"),
          say("menu.forget-only", { n }),
          say("menu.forget"),
          forget,
          "destructive",
        );
    }),
  ];
}
