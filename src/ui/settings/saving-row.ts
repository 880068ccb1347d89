import type { ButtonComponent, Component, Setting } from "obsidian";
import type { SavingEstimate } from "../../model";
import { button } from "../button";
import { refocus } from "../redraw";
import { endOf, type Surroundings } from "../surroundings";

/** Below this share, what would be saved is next to nothing. */
const LEAST_SHARE = 0.01;

/** Fills the row that says, when asked, what Storage saver would save in this vault. */
export function fillSavingRow(
  setting: Setting,
  life: Component,
  { say, words, commands }: Surroundings,
): void {
  const over = endOf(life);
  const estimate = async (asked: ButtonComponent): Promise<void> => {
    asked.setDisabled(true);
    try {
      const found = await commands.estimateSaving(over, (done, of) => {
        setting.setDesc(say("settings.saving-running", { done, of }));
      });
      setting.setDesc(said(found));
    } catch (error) {
      if (!over.aborted) throw error;
    } finally {
      asked.setDisabled(false);
      // A button that cannot be pressed loses the focus.
      refocus(setting.controlEl, null);
    }
  };
  const said = ({ tried, bytes, saved }: SavingEstimate): string =>
    saved <= bytes * LEAST_SHARE
      ? say("settings.saving-none")
      : say("settings.saving-result", {
          n: tried,
          saved: words.bytes(saved),
          size: words.bytes(bytes),
        });
  setting.descEl.setAttr("role", "status");
  setting.addButton((bare) => button(say("settings.saving-action"), () => estimate(bare))(bare));
}
