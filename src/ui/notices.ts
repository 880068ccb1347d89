import { untracked } from "@preact/signals-core";
import { Notice } from "obsidian";
import { isTrouble, type Hold } from "../model";
import { addButton } from "./button";
import { actionOf } from "./hold-action";
import { openStatus } from "./open-status";
import { follow, type Surroundings } from "./surroundings";
import { sayHold } from "./wording";

/**
 * Rare notices: the first backup is complete; something that needs the person has stopped a backup that was running.
 * Never one for a single image.
 */
export function addNotices(around: Surroundings): void {
  const { plugin, status, say, chosen, preferences } = around;
  const areWanted = (): boolean => preferences.now.peek().notices;
  let startedHere = false;
  let wasStarted = chosen.peek().started;
  follow(plugin, () => {
    const { started } = chosen.value;
    if (started && !wasStarted) startedHere = true;
    wasStarted = started;
  });
  follow(plugin, () => {
    const headline = status.headline.value;
    const n = status.totals.peek().backedUp;
    if (!startedHere || n === 0 || (headline.is !== "complete" && headline.is !== "attention")) return;
    startedHere = false;
    if (areWanted()) tell(say("notice.first-complete", { n }), undefined, around);
  });
  let wasRunning = false;
  let told: string | undefined;
  follow(plugin, () => {
    const hold = status.hold.value;
    const running = status.run.value.is === "running";
    if (running) wasRunning = true;
    if (!hold) told = undefined;
    if (!hold || !isTrouble(hold) || !wasRunning || told === hold.why) return;
    told = hold.why;
    wasRunning = false;
    if (!areWanted()) return;
    untracked(() => {
      const { title, detail } = sayHold(hold, around);
      tell(`${title}\n${detail}`, hold, around);
    });
  });
}

/** Shows a notice with a button for what is to be done next; one of a hold stays until it is clicked. */
function tell(text: string, hold: Hold | undefined, around: Surroundings): void {
  const notice = new Notice(text, hold && 0);
  notice.messageEl.addClass("vib-notice");
  const action = hold && actionOf(hold, around);
  const label = around.say(action?.label ?? "command.open-status");
  addButton(notice.containerEl, label, action?.act ?? (() => openStatus(around))).setClass(
    "vib-notice-action",
  );
}
