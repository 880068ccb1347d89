import { untracked } from "@preact/signals-core";
import { Notice } from "obsidian";
import { isOfPerson, isTrouble, type Hold } from "../model";
import { addButton } from "./button";
import { actionOf } from "./hold-action";
import { isStatusInSight, openStatus } from "./open-status";
import { follow, type Surroundings } from "./surroundings";
import { sayHold } from "./wording";

/** A clock and a timer may be so far apart at the end of a day, in milliseconds. */
const MINUTE = 60_000;

/**
 * Rare notices: the first backup is complete; something that needs the person has stopped a backup that was running, or
 * Google has ended the sign-in or refuses while images wait, for as long as it does, and not where the status view says so
 * in sight. Never one for a single image.
 */
export function addNotices(around: Surroundings): void {
  const { app, plugin, status, commands, say, chosen, preferences, now } = around;
  follow(plugin, () => {
    const headline = status.headline.value;
    const n = status.totals.peek()["backed-up"];
    const { started } = chosen.peek();
    const { awaitsFirst, notices } = preferences.now.peek();
    if (!started && !awaitsFirst) preferences.change({ awaitsFirst: true });
    if (!awaitsFirst || !started || n === 0 || (headline.is !== "complete" && headline.is !== "attention"))
      return;
    preferences.change({ awaitsFirst: false });
    if (notices) tell(say("notice.first-complete", { n }), undefined, around);
  });
  /** Whether images wait to be backed up by themselves. Reads signals. */
  const isWaitedFor = (): boolean => {
    const { started, automatic } = chosen.value;
    return started && automatic && !commands.offHere && status.totals.value.waiting > 0;
  };
  let wasRunning = false;
  /** What is on, or was last. */
  let last: Hold | undefined;
  /** What was told last, by what makes it another. */
  let told: string | undefined;
  let lasting: Notice | undefined;
  const hide = (): void => lasting?.hide();
  follow(plugin, () => {
    const hold = status.hold.value;
    const run = status.run.value;
    const isRunning = run.is === "running";
    const of = hold && JSON.stringify(hold, ["why", "because", "ended"]);
    if (told !== of) hide();
    if (hold) last = hold;
    else if (isRunning) {
      wasRunning = true;
      // A try that comes to nothing meets the same hold, which is no news but to who has asked for it.
      if (run.done > 0 || run.bytes > 0 || isEndedByPerson(last, now())) told = undefined;
    }
    if (!hold || !isTrouble(hold) || told === of) return;
    const isOfGoogle = hold.why === "refused" || (hold.why === "signed-out" && hold.ended);
    if (!wasRunning && !(isOfGoogle && isWaitedFor())) return;
    // Who signs out while nothing is sent knows it.
    if (hold.why === "signed-out" && !hold.ended && !isRunning) return;
    wasRunning = false;
    if (!preferences.now.peek().notices) return;
    told = of;
    if (isStatusInSight(around)) return;
    untracked(() => {
      const { title, detail } = sayHold(hold, around);
      lasting = tell(`${title}\n${detail}`, hold, around);
    });
  });
  const hideBeside = (): void => {
    if (isStatusInSight(around)) hide();
  };
  plugin.registerEvent(app.workspace.on("layout-change", hideBeside));
  // A sidebar that opens is no other layout.
  plugin.registerEvent(app.workspace.on("resize", hideBeside));
  plugin.register(hide);
}

/** Whether it was a person who ended a hold that is not on any more: by itself it would have lasted longer. */
function isEndedByPerson(hold: Hold | undefined, now: number): boolean {
  if (!hold || !isOfPerson(hold)) return false;
  const until = "until" in hold ? hold.until : undefined;
  return until === undefined || until > now + MINUTE;
}

/** Shows a notice with a button for what is to be done next; one of a hold stays until it is clicked, or hidden. */
function tell(text: string, hold: Hold | undefined, around: Surroundings): Notice {
  const notice = new Notice(text, hold && 0);
  notice.messageEl.addClass("vib-notice");
  const action = hold && actionOf(hold, around);
  const label = around.say(action?.label ?? "command.open-status");
  addButton(notice.containerEl, label, action?.act ?? (() => openStatus(around))).setClass(
    "vib-notice-action",
  );
  return notice;
}
