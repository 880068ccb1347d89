import { button } from "../button";
import { endOf, follow, type Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { findingOf } from "./connection-finding";
import { addConsoleButton } from "./console-button";

/** Makes a real call and says what it found, and where that can be mended. */
export function testRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, say } = around;
  return {
    name: say("account.test"),
    desc: say("account.test-desc"),
    // Also when the test has just found that the sign-in is dead: its finding must stay to be read.
    visible: () => signedIn.value.is !== "no-client",
    render: (setting, life) => {
      setting.setClass("vib-test-row").descEl.setAttr("role", "status");
      const over = endOf(life);
      let mend: HTMLElement | undefined;
      const run = async (): Promise<void> => {
        mend?.remove();
        setting.setErrorMessage(null).setDesc(say("account.test-running"));
        const test = await signIn.testConnection(over).catch((error: unknown) => {
          if (over.aborted) return undefined;
          throw error;
        });
        if (!test) return;
        const { works, text, page } = findingOf(test, say);
        setting.setDesc(works ? text : say("account.test-desc"));
        setting.setErrorMessage(works ? null : text);
        mend = page && addConsoleButton(setting.controlEl, page, around).buttonEl;
      };
      setting.addButton(button(say("account.test-action"), run));
      // What was wrong with a sign-in is not wrong with the next one.
      follow(life, () => void (signedIn.value.is === "signed-in" && setting.setErrorMessage(null)));
    },
  };
}
