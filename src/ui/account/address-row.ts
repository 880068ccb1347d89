import { button } from "../button";
import { follow, type Surroundings } from "../surroundings";
import { textField } from "../text-field";
import type { AccountRow } from "./account-row";
import { bringAnswer } from "./brought-answer";
import { sayOutcome } from "../wording";
import { tellOutcome } from "./tell-outcome";

/** Where the browser cannot come back by itself, the person brings the address that it ended on. */
export function addressRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, say } = around;
  let brought = "";
  let forget = (): void => undefined;
  return {
    name: say("account.address"),
    desc: say("address.desc-phone"),
    isVisible: () => signedIn.value.is !== "no-client" && signIn.waiting !== undefined,
    render: (setting, life) => {
      setting.settingEl.addClasses(["vib-address-row", "vib-roomy"]);
      follow(life, () => {
        const isHere = signedIn.value.is !== "no-client" && signIn.waiting?.how === "here";
        setting.setDesc(say(isHere ? "address.desc-here" : "address.desc-phone"));
      });
      setting.addText((text) => {
        forget = () => {
          text.setValue("");
          brought = "";
        };
        textField(say("account.address"), (typed) => (brought = typed))(text);
      });
      const finish = async (): Promise<void> => {
        const outcome = await bringAnswer(around, brought);
        const isDone = outcome === undefined || outcome.is === "signed-in";
        setting.setErrorMessage(isDone ? null : sayOutcome(outcome, say));
        if (isDone) forget();
        if (outcome?.is === "signed-in") tellOutcome(outcome, say);
      };
      setting.addButton(button(say("account.finish"), finish, "next"));
    },
  };
}
