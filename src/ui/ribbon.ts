import { setTooltip } from "obsidian";
import { iconOf, showIcon } from "./icons";
import { openStatus } from "./open-status";
import { follow, type Surroundings } from "./surroundings";
import { sayHeadline } from "./wording";

/** An icon whose look tells how things stand. */
export function addRibbon(around: Surroundings): void {
  const { plugin, status, say } = around;
  const name = say("command.open-status");
  const el = plugin.addRibbonIcon("vib-cloud", name, () => void openStatus(around));
  el.addClass("vib-ribbon");
  follow(plugin, () => {
    const headline = status.headline.value;
    const { title } = sayHeadline(around);
    el.dataset["state"] = headline.is;
    showIcon(el, iconOf(headline));
    setTooltip(el, say("row.label", { name, state: title }), { placement: "right" });
  });
}
