import { Component } from "obsidian";
import type { Hold } from "../model";
import type { Summary } from "../status";
import { reportRows } from "./report";
import { follow, type Surroundings } from "./surroundings";

/** What the command line answers, as JSON. */
interface Answer extends Summary {
  /** Why nothing is sent now; `null` where nothing keeps it from being sent. */
  readonly hold: Hold["why"] | null;
  /** Whether the vault has been looked through: the numbers are true from then on. */
  readonly looked: boolean;
}

/** Lets the command line run the backup and ask how it stands. */
export function addCommandLine(around: Surroundings): void {
  const { plugin, say, status, commands, chosen, settings } = around;
  const answer = (): string => {
    const whole: Answer = {
      ...status.summary(),
      hold: status.hold.peek()?.why ?? null,
      looked: status.looked.peek(),
    };
    return JSON.stringify(whole, undefined, 2);
  };
  plugin.registerCliHandler("vault-image-backup:status", say("cli.status"), null, answer);
  plugin.registerCliHandler("vault-image-backup:report", say("cli.report"), null, async () =>
    JSON.stringify(await reportRows(around), undefined, 2),
  );
  plugin.registerCliHandler("vault-image-backup:run", say("cli.run"), null, async () => {
    try {
      await settings.opened;
    } catch {
      // Nothing comes to rest that never begins: the answer says that the vault was not looked through.
      return answer();
    }
    const before = status.hold.peek();
    // What cannot be taken back is confirmed by a person, in the app; until then the answer says "first-use".
    const { started } = chosen.peek();
    if (started) commands.backUp({ of: "vault" });
    // What is asked for ends the rest after an interruption.
    await settled(around, started && before?.why === "stopped" ? before : undefined);
    return answer();
  });
}

/**
 * Resolves when the backup has come to rest, or the plugin is unloaded.
 *
 * @param over  a hold that is about to end: nothing is said of the backup under it
 */
async function settled({ plugin, status }: Surroundings, over: Hold | undefined): Promise<void> {
  // What was just asked for reaches the engine a moment later.
  await new Promise((resolve) => window.setTimeout(resolve, 0));
  const life = plugin.addChild(new Component());
  await new Promise<void>((resolve) => {
    life.register(resolve);
    follow(life, () => {
      if (status.settled.value && (!over || status.hold.value !== over)) resolve();
    });
  });
  plugin.removeChild(life);
}
