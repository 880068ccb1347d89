/**
 * The long proofs, one after another: what takes more time than `npm test` may have.
 *
 *   npm run prove                   all of them
 *   npm run prove -- NAME …         only these
 *   npm run prove -- --list         their names
 *
 * A part that fails does not stop the others. The last line is `N passed, N failed`; the status is 1 if any failed.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parts, type Part } from "./prove/parts";

const root = join(import.meta.dirname, "..");

function prove({ name, proves, command: [program, ...args] }: Part): boolean {
  console.log(`${name}: ${proves}\n  $ ${[program, ...args].join(" ")}`);
  const began = performance.now();
  // On Windows npm is a script that only a shell can start.
  const shell = process.platform === "win32" && program !== "node";
  const run = spawnSync(program === "node" ? process.execPath : program, args, {
    cwd: root,
    stdio: "inherit",
    shell,
  });
  const minutes = ((performance.now() - began) / 60_000).toFixed(1);
  console.log(`${name} ${run.status === 0 ? "ok" : "FAILED"} (${minutes} min)\n`);
  return run.status === 0;
}

function chosen(names: readonly string[]): readonly Part[] {
  const unknown = names.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no part ${unknown.join(", ")}. There are: ${parts.map(({ name }) => name).join(", ")}.`,
    );
  }
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
}

const asked = process.argv.slice(2);
if (asked.includes("--list")) {
  for (const { name, proves } of parts) console.log(`${name.padEnd(21)}${proves}`);
} else {
  try {
    const results = chosen(asked).map(prove);
    const failed = results.filter((passed) => !passed).length;
    console.log(`${results.length - failed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
