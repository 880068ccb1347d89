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
  /** Adds what has to wait. Nothing comes that never begins: where the settings cannot be read, the answer says so. */
  const add = (name: "run" | "report", work: () => Promise<string>): void =>
    plugin.registerCliHandler(`vault-image-backup:${name}`, say(`cli.${name}`), null, () =>
      settings.opened.then(work, answer),
    );
  plugin.registerCliHandler("vault-image-backup:status", say("cli.status"), null, answer);
  add("report", async () => {
    await come(around, () => status.looked.value || status.hold.value?.why === "stopped");
    return status.looked.peek()
      ? JSON.stringify(await reportRows(around, (row) => row), undefined, 2)
      : answer();
  });
  add("run", async () => {
    const before = status.hold.peek();
    // What cannot be taken back is confirmed by a person, in the app; until then the answer says "first-use".
    const { started } = chosen.peek();
    if (started) commands.backUp();
    // What was just asked for reaches the engine a moment later.
    await new Promise((resolve) => window.setTimeout(resolve, 0));
    // It ends the rest after an interruption: nothing is said of the backup under a hold that is about to end.
    const over = started && before?.why === "stopped" ? before : undefined;
    await come(around, () => status.settled.value && (!over || status.hold.value !== over));
    return answer();
  });
}

/** Resolves when something has come about that signals tell of, or the plugin is unloaded. */
async function come({ plugin }: Surroundings, hasCome: () => boolean): Promise<void> {
  const life = plugin.addChild(new Component());
  await new Promise<void>((resolve) => {
    life.register(resolve);
    follow(life, () => {
      if (hasCome()) resolve();
    });
  });
  plugin.removeChild(life);
}
