import { Notice } from "obsidian";
import type { Words } from "../../i18n";
import type { SignInOutcome } from "../sign-in-port";
import { sayOutcome } from "../wording";
import { sayMissing } from "./missing-scopes";

/** What came of a sign-in, in a sentence; a missing permission is named with what will not work. */
export function outcomeText(words: Words, outcome: SignInOutcome): string {
  return outcome.is === "signed-in" && outcome.missing.length > 0
    ? sayMissing(words, outcome.missing)
    : sayOutcome(words, outcome);
}

/** Says what came of a sign-in; what the person did themselves needs no words. */
export function tellOutcome(words: Words, outcome: SignInOutcome): void {
  if (outcome.is !== "cancelled") new Notice(outcomeText(words, outcome));
}
