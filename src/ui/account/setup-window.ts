import { addButton, button } from "../button";
import { openDialog } from "../dialog";
import { follow, type Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { addConsoleButton } from "./console-button";
import { showRows } from "./show-rows";

/** The steps by the names of their texts, and of the pages that they open. */
const STEPS = ["project", "api", "consent", "publish", "client"] as const;

/** Leads through Google's console to a client, and takes it. */
function openSetup(around: Surroundings, lastRows: readonly AccountRow[]): void {
  const { app, say, signedIn } = around;
  openDialog(app, say("setup.title"), "vib-setup", (el, life, close) => {
    el.createEl("p", { text: say("setup.intro") });
    const list = el.createEl("ol", "vib-setup-steps");
    const addStep = (title: string): HTMLElement => {
      const step = list.createEl("li");
      step.createDiv({ cls: "vib-step-title", text: title });
      return step;
    };
    for (const name of STEPS) {
      const step = addStep(say(`setup.${name}`));
      step.createDiv({ cls: "vib-step-text", text: say(`setup.${name}-text`) });
      addConsoleButton(step, name, around);
    }
    showRows(addStep(say("setup.bring")), life, lastRows);
    const buttons = el.createDiv("modal-button-container");
    const done = addButton(buttons, say("steps.done"), close);
    follow(life, () => done.buttonEl.toggleClass("mod-cta", signedIn.value.is === "signed-in"));
  });
}

/** @param lastRows  what takes the client, and what comes after it */
export function setupRow(around: Surroundings, lastRows: readonly AccountRow[]): AccountRow {
  const { signedIn, say } = around;
  return {
    name: say("setup.name"),
    desc: say("setup.desc"),
    visible: () => signedIn.value.is !== "signed-in",
    render: (setting) => {
      const look = signedIn.peek().is === "no-client" ? "next" : "plain";
      setting.addButton(button(say("setup.open"), () => openSetup(around, lastRows), look));
    },
  };
}
