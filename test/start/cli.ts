import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { HELP, readOptions, UsageError, type StartOptions } from "./options";
import { interrupted, Session } from "./session";
import { summaryLines, type PluginStatus } from "./summary";

/** Runs the main job on a vault, in a real browser, against a Google Photos that is not Google's. */
async function start(options: StartOptions): Promise<number> {
  build();
  console.log(`Opening ${options.inPlace ? "" : "a copy of "}${options.vault}`);
  const session = await Session.open(options);
  try {
    if (session.google !== undefined)
      console.log(`Google Photos emulator at ${session.google.origin}/gallery`);
    await session.signIn();
    console.log("Signed in. Backing up vault images …");
    const began = performance.now();
    await session.backUp();
    const progress = new Progress();
    const status = await session.settle((now) => progress.show(now));
    progress.end();
    const summary = session.summary(status, (performance.now() - began) / 1000);
    console.log(summaryLines(summary));
    if (options.json !== undefined)
      fs.writeFileSync(options.json, `${JSON.stringify(summary, undefined, 2)}\n`);
    if (!options.exit) {
      await session.leavePage();
      console.log(`\nLook around at ${session.host.url} (Ctrl-C ends it)`);
      await interrupted();
    }
    return summary.failed === 0 && summary.waiting === 0 ? 0 : 1;
  } finally {
    await session.close();
  }
}

function build(): void {
  const project = path.join(import.meta.dirname, "..", "..");
  const built = spawnSync(process.execPath, ["esbuild.config.mjs"], { cwd: project, stdio: "inherit" });
  if (built.status !== 0) throw new UsageError("The plugin could not be built; see above.");
}

/** One line that grows on a terminal, and a line now and then elsewhere. */
class Progress {
  #last = "";

  show({ found, backedUp, skipped, failed, waiting, hold }: PluginStatus): void {
    const done = found - waiting;
    const line = `${String(done)} of ${String(found)}: ${String(backedUp)} backed up, ${String(skipped)} skipped, ${String(failed)} failed${hold === null ? "" : `, on hold: ${hold}`}`;
    if (line === this.#last) return;
    this.#last = line;
    if (process.stdout.isTTY) process.stdout.write(`\r\x1b[K${line}`);
    else console.log(line);
  }

  end(): void {
    if (process.stdout.isTTY) process.stdout.write("\n");
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) console.log(HELP);
  else process.exitCode = await start(options);
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
}
