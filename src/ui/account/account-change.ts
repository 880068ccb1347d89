import type { App } from "obsidian";
import type { PlainKey, Words } from "../../i18n";
import { openQuestion } from "../dialog";
import type { AccountChange } from "../sign-in-port";

/**
 * Says what it means that another account or client takes the place of the one before, and asks.
 *
 * @param next  what the person has to do then
 * @returns whether the person wants it
 */
export function confirmAccountChange(
  app: App,
  words: Words,
  change: AccountChange,
  next?: PlainKey,
): Promise<boolean> {
  const { say } = words;
  const named = (email: string): string => email || say("change.unknown");
  const what =
    change.what === "client"
      ? say("change.client")
      : say("change.account", { from: named(change.from), to: named(change.to) });
  const said = createFragment((all) => {
    for (const text of [what, say("change.unseen")]) all.createEl("p", { text });
    if (next) all.createEl("p", { text: say(next) });
  });
  return new Promise((resolve) => {
    const yes = (): void => resolve(true);
    openQuestion(
      { app, say },
      say("change.title"),
      said,
      say("change.confirm"),
      yes,
      "destructive",
    ).setCloseCallback(() => resolve(false));
  });
}
