import { untracked } from "@preact/signals-core";
import { Notice } from "obsidian";
import { needsPerson } from "../status";
import { openStatus } from "./open-status";
import { follow, type Surroundings } from "./surroundings";
import { sayHold } from "./wording";

/**
 * Rare notices: the first backup is complete; something that needs the person has stopped a backup that was running.
 * Never one for a single image.
 */
export function addNotices(around: Surroundings): void {
  const { plugin, status, words, chosen, signedIn, now, preferences } = around;
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
    if (areWanted()) new Notice(words.say("notice.first-complete", { n }));
  });
  let wasRunning = false;
  let told: string | undefined;
  follow(plugin, () => {
    const hold = status.hold.value;
    const running = status.run.value.is === "running";
    if (running) wasRunning = true;
    if (hold === undefined) told = undefined;
    // What the person just did themselves needs no notice.
    const unasked = hold?.why === "signed-out" || hold?.why === "refused" || hold?.why === "storage-full";
    if (hold === undefined || !unasked || !needsPerson(hold) || !wasRunning || told === hold.why) return;
    told = hold.why;
    wasRunning = false;
    if (!areWanted()) return;
    untracked(() => {
      const { title, detail } = sayHold(words, hold, { now: now(), signedIn: signedIn.peek() });
      const notice = new Notice(`${title}\n${detail}`, 0);
      notice.messageEl.addClass("vib-notice");
      notice.messageEl.addEventListener("click", () => void openStatus(around));
    });
  });
}
