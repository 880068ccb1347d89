import { Notice } from "obsidian";
import type { Surroundings } from "./surroundings";
import { tellUnreadable } from "./tell-unreadable";
import { sayHold } from "./wording";

/**
 * Says why something could not be done, and what to do: that the settings cannot be read, the hold that kept it, that the
 * vault was not looked through yet, or else that something broke meanwhile.
 */
export function tellUndone(around: Surroundings): void {
  const { say, settings, status } = around;
  const tell = (): void => {
    const hold = status.hold.peek();
    const { title, detail } = hold
      ? sayHold(hold, around)
      : { title: say(status.looked.peek() ? "hold.stopped" : "headline.looking"), detail: "" };
    new Notice(detail ? `${title}\n${detail}` : title);
  };
  void settings.opened.then(tell, () => tellUnreadable(say));
}
