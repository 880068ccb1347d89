import { Notice } from "obsidian";
import type { SignInOutcome } from "../sign-in-port";
import type { Say } from "../surroundings";
import { sayOutcome } from "../wording";

/** Says what came of a sign-in; what the person did themselves needs no words. */
export function tellOutcome(outcome: SignInOutcome, say: Say): void {
  if (outcome.is !== "cancelled") new Notice(sayOutcome(outcome, say));
}
