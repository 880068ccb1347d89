import type { PlainKey } from "../../i18n";
import { addButton } from "../button";
import { openDialog } from "../dialog";
import type { Surroundings } from "../surroundings";
import { addConsoleButton } from "./console-button";
import type { ConsolePage } from "./console-page";

/** What the page shows, by the name of its texts, and where to go. */
type Remedy = readonly [said: Said, page?: ConsolePage];
type Said = PlainKey extends infer Key ? (Key extends `page.${infer Name}-text` ? Name : never) : never;

/** What Google's page shows in place of coming back (fact sheet §1.2), and what to do about each. */
const REMEDIES: readonly Remedy[] = [
  ["test-user", "publish"],
  ["redirect", "client"],
  ["admin"],
  ["internal", "publish"],
  ["deleted", "clients"],
  ["limit"],
  ["view"],
  ["unverified"],
  ["unreachable"],
  ["closed"],
];

/**
 * Asks what Google's page said, and says what to do about it.
 *
 * @param tryAgain  begins another sign-in
 */
export function openGooglePageSaid(around: Surroundings, tryAgain: () => void): void {
  const { app, say } = around;
  openDialog(app, say("page.title"), "vib-google-page-said", (el, _life, close) => {
    el.createEl("p", { text: say("page.intro") });
    for (const [said, page] of REMEDIES) {
      // Of one name, so that opening one closes the others.
      const remedy = el.createEl("details", { cls: "vib-remedy", attr: { name: "vib-remedy" } });
      remedy.createEl("summary", { text: say(`page.${said}`) });
      remedy.createEl("p", { text: say(`page.${said}-text`) });
      if (page) addConsoleButton(remedy, page, around);
    }
    const again = (): void => {
      close();
      tryAgain();
    };
    addButton(el.createDiv("modal-button-container"), say("menu.try-again"), again, "next");
  });
}
