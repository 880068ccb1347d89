import { button } from "../button";
import { follow, type Surroundings } from "../surroundings";
import { textField } from "../text-field";
import type { AccountRow } from "./account-row";
import { bringAnswer } from "./brought-answer";
import { outcomeText, tellOutcome } from "./tell-outcome";

/** Where the browser cannot come back by itself, the person brings the address that it ended on. */
export function addressRow(around: Surroundings): AccountRow {
  const { signIn, signedIn, words } = around;
  let brought = "";
  let forget = (): void => undefined;
  return {
    name: words.say("account.address"),
    desc: words.say("address.desc-phone"),
    isVisible: () => signedIn.value.is !== "no-client" && signIn.waiting !== undefined,
    render: (setting, life) => {
      setting.settingEl.addClasses(["vib-address-row", "vib-roomy"]);
      follow(life, () => {
        const isHere = signedIn.value.is !== "no-client" && signIn.waiting?.how === "here";
        setting.setDesc(words.say(isHere ? "address.desc-here" : "address.desc-phone"));
      });
      setting.addText((text) => {
        forget = () => {
          text.setValue("");
          brought = "";
        };
        textField(words.say("account.address"), (typed) => (brought = typed))(text);
      });
      const finish = async (): Promise<void> => {
        const outcome = await bringAnswer(around, brought);
        const isDone = outcome === undefined || outcome.is === "signed-in";
        setting.setErrorMessage(isDone ? null : outcomeText(words, outcome));
        if (isDone) forget();
        if (outcome?.is === "signed-in") tellOutcome(words, outcome);
      };
      setting.addButton(button(words.say("account.finish"), finish, "next"));
    },
  };
}
