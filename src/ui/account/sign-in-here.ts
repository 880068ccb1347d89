import { Notice } from "obsidian";
import type { Surroundings } from "../surroundings";
import { sayOutcome } from "../wording";

/** Signs in by this device's browser and says what came of it. */
export async function signInHere({ signIn, words }: Surroundings): Promise<void> {
  const outcome = await signIn.signInHere();
  if (outcome.is === "no-listener") await signIn.beginOnPhone();
  if (outcome.is !== "cancelled") new Notice(sayOutcome(words, outcome));
}
