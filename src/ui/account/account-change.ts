import type { App } from "obsidian";
import type { PlainKey } from "../../i18n";
import { openQuestion } from "../dialog";
import type { AccountChange } from "../sign-in-port";
import type { Say } from "../surroundings";

/**
 * Says what it means that another account or client takes the place of the one before, or comes from another device, and
 * asks.
 *
 * @param next  what the person has to do then
 * @returns whether the person wants it
 */
export function confirmAccountChange(
  around: { readonly app: App; readonly say: Say },
  { what, ...whose }: AccountChange,
  next?: PlainKey,
): Promise<boolean> {
  const { say } = around;
  const from = whose.from || say("change.unknown");
  const to = whose.to || say("change.unknown");
  const isCarried = what === "carried";
  const texts = [
    what === "client" && say("change.client"),
    what === "account" ? say("change.account", { from, to }) : !next && say("change.goes-to", { to }),
    !isCarried && say("change.unseen"),
    next && say(next),
  ];
  const said = createFragment((all) => {
    for (const text of texts) if (text) all.createEl("p", { text });
  });
  return new Promise((resolve) => {
    const yes = (): void => resolve(true);
    openQuestion(
      around,
      say(isCarried ? "change.carried-title" : "change.title"),
      said,
      say("change.confirm"),
      yes,
      "destructive",
    ).setCloseCallback(() => resolve(false));
  });
}
