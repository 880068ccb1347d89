/**
 * Breaks the engine on purpose, one promise at a time, in a copy of it, and runs the simulation on what comes out. A
 * fault that no history shows within a thousand seeds is a hole in the simulation.
 *
 *   npm run prove -- broken
 *   tsx test/simulation/broken/cli.ts [part of what a mutation breaks]
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { mutations, type Mutation } from "./mutations";

const PROJECT = path.join(import.meta.dirname, "../../..");
const SEEDS = 1_000;

/** A copy of what the simulation needs, with one fault in it. */
function breakIn(copy: string, { file, find, put, and }: Omit<Mutation, "breaks">): void {
  const source = readFileSync(path.join(PROJECT, file), "utf8");
  const places = source.split(find).length - 1;
  if (places !== 1) throw new Error(`${file} has ${String(places)} places, not one, with:\n${find}`);
  writeFileSync(
    path.join(copy, file),
    source.replace(find, () => put),
  );
  if (and !== undefined) breakIn(copy, and);
}

/** Answers what the simulation said of the broken engine; nothing where it noticed nothing. */
function noticed(mutation: Mutation): string | undefined {
  const copy = mkdtempSync(path.join(tmpdir(), "broken-engine-"));
  try {
    for (const part of ["src", "test/simulation", "package.json", "tsconfig.json"])
      cpSync(path.join(PROJECT, part), path.join(copy, part), { recursive: true });
    symlinkSync(path.join(PROJECT, "node_modules"), path.join(copy, "node_modules"), "junction");
    breakIn(copy, mutation);
    const run = spawnSync(
      process.execPath,
      ["--import", "tsx", "test/simulation/cli.ts", "--seeds", String(SEEDS), "--first"],
      { cwd: copy, encoding: "utf8", timeout: 600_000 },
    );
    const said = /^seed \d+: .*/m.exec(run.stdout)?.[0];
    // An engine that does not even load, or never ends, proves nothing.
    if (said === undefined && run.status !== 0) throw new Error(run.stderr || "it did not end");
    // Nor does one that names what is not there: it would fail whatever it did.
    if (said !== undefined && /\b(?:Reference|Syntax|Type)Error\b/.test(said)) throw new Error(said);
    return said;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const wanted = process.argv[2] ?? "";
const results = mutations
  .filter(({ breaks }) => breaks.includes(wanted))
  .map((mutation) => {
    const said = noticed(mutation);
    console.log(`${said === undefined ? "NOT NOTICED" : "noticed"}  ${mutation.breaks}`);
    if (said !== undefined) console.log(`         ${said.slice(0, 160)}`);
    return said !== undefined;
  });
const missed = results.filter((one) => !one).length;
console.log(`${String(results.length - missed)} passed, ${String(missed)} failed`);
process.exitCode = missed === 0 && results.length > 0 ? 0 : 1;
