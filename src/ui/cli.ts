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
  const { plugin, say, status, commands, chosen } = around;
  const answer = (): string => {
    const whole: Answer = {
      ...status.summary(),
      hold: status.hold.peek()?.why ?? null,
      looked: status.looked.peek(),
    };
    return JSON.stringify(whole, undefined, 2);
  };
  plugin.registerCliHandler("vault-image-backup:status", say("cli.status"), null, answer);
  plugin.registerCliHandler("vault-image-backup:report", say("cli.report"), null, () =>
    JSON.stringify(reportRows(around), undefined, 2),
  );
  plugin.registerCliHandler("vault-image-backup:run", say("cli.run"), null, async () => {
    // What cannot be taken back is confirmed by a person, in the app; until then the answer says "first-use".
    if (chosen.peek().started) commands.backUp({ of: "vault" });
    await settled(around);
    return answer();
  });
}

/** Resolves when the backup has come to rest, or the plugin is unloaded. */
async function settled({ plugin, status }: Surroundings): Promise<void> {
  // What was just asked for reaches the engine a moment later.
  await new Promise((resolve) => window.setTimeout(resolve, 0));
  const life = plugin.addChild(new Component());
  await new Promise<void>((resolve) => {
    life.register(resolve);
    follow(life, () => {
      if (status.settled.value) resolve();
    });
  });
  plugin.removeChild(life);
}
