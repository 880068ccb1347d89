import type { Plugin } from "obsidian";
import type { Brought, SignInOutcome } from "../sign-in-port";
import type { Surroundings } from "../surroundings";
import { openTakeOver } from "./take-over-window";
import { tellOutcome } from "./tell-outcome";

/** The action of the addresses that lead here: `obsidian://vault-image-backup?…`. */
const ACTION = "vault-image-backup";

/** Takes what `obsidian://vault-image-backup` brings: Google's answer, or a sign-in from another device. */
export function addSignInLinks(plugin: Plugin, around: () => Surroundings): void {
  plugin.registerObsidianProtocolHandler(ACTION, async ({ action: _, ...fields }) => {
    const outcome = await bringAnswer(around(), fields);
    if (outcome) tellOutcome(outcome, around().say);
  });
}

/**
 * Takes an answer that a person brings.
 *
 * @returns what is still to be said about it; `undefined` where it is told elsewhere
 */
export async function bringAnswer(
  around: Surroundings,
  brought: Brought,
): Promise<SignInOutcome | undefined> {
  if (isCarried(brought)) {
    openTakeOver(around, brought);
    return undefined;
  }
  const { signIn } = around;
  const isAwaited = (): boolean => signIn.waiting?.url !== undefined;
  const wasAwaited = isAwaited();
  const outcome = await signIn.finish(brought);
  // Whoever has opened Google's page tells how it ended.
  return wasAwaited && !isAwaited() ? undefined : outcome;
}

function isCarried(brought: Brought): boolean {
  return typeof brought === "string" ? /[?&]carry=/.test(brought) : brought["carry"] !== undefined;
}
