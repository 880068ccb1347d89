import { follow, isSigningIn, type Surroundings } from "../surroundings";
import { addField, addTaking } from "../fields";
import type { AccountRow } from "./account-row";
import { bringAnswer } from "./brought-answer";
import { sayOutcome } from "../wording";
import { tellOutcome } from "./tell-outcome";

/** Where the browser cannot come back by itself, the person brings the address that it ended on. */
export function addressRow(around: Surroundings): AccountRow {
  const { signIn, say } = around;
  return {
    name: say("account.address"),
    desc: say("address.desc-phone"),
    visible: () => isSigningIn(around),
    render: (setting, life) => {
      setting.setClass("vib-address-row");
      follow(life, () => {
        const how = isSigningIn(around) ? signIn.waiting?.how : undefined;
        setting.setDesc(say(how === "here" ? "address.desc-here" : "address.desc-phone"));
        // On phones it is how the sign-in ends, and would lie below what is in sight; it is shown right after this.
        if (how === "phone") window.setTimeout(() => setting.settingEl.scrollIntoView({ block: "nearest" }));
      });
      const finish = async (brought: string): Promise<boolean> => {
        const outcome = await bringAnswer(around, brought);
        const isDone = outcome === undefined || outcome.is === "signed-in";
        setting.setErrorMessage(isDone ? null : sayOutcome(outcome, say));
        if (outcome?.is === "signed-in") tellOutcome(outcome, say);
        return isDone;
      };
      addField(setting, say("account.address"), (field) =>
        addTaking(setting, field, say("account.finish"), "next", finish),
      );
    },
  };
}
