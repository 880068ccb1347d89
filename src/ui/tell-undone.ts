import { Notice } from "obsidian";
import type { Hold } from "../model";
import { isStatusInSight } from "./open-status";
import type { Surroundings } from "./surroundings";
import { tellUnreadable } from "./tell-unreadable";
import { sayHold } from "./wording";

/**
 * Says why something could not be done, and what to do: that the settings cannot be read, the hold that kept it, that the
 * vault was not looked through yet, or else that something broke meanwhile.
 */
export function tellUndone(around: Surroundings, hold = around.status.hold.peek()): void {
  const { say, settings, status } = around;
  const tell = (): void => {
    const { title, detail } = hold
      ? sayHold(hold, around)
      : { title: say(status.looked.peek() ? "hold.stopped" : "headline.looking"), detail: "" };
    new Notice(detail ? `${title}\n${detail}` : title);
  };
  void settings.opened.then(tell, () => tellUnreadable(say));
}

/**
 * Says what keeps all from being sent, if something does, where the status view does not say so in sight.
 *
 * @param free  what is said where nothing does
 */
export function tellHold(hold: Hold | undefined, around: Surroundings, free?: string): void {
  if (isStatusInSight(around)) return;
  if (hold) tellUndone(around, hold);
  else if (free) new Notice(free);
}
