import { writeFile } from "node:fs/promises";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import buildOnce from "../build-once";
import type { Bench } from "./bench";

/*
 * Measures, and writes the tables of the documentation: `npm run bench [-- NAME …]`. Without a name all are run, one
 * after another. The status is 1 where something is not as promised.
 */

const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  uploads: async () => (await import("./uploads")).uploadsBench,
  scan: async () => (await import("./scan")).scanBench,
  start: async () => (await import("./start")).startBench,
  editor: async () => (await import("./editor")).editorBench,
  large: async () => (await import("./large")).largeBench,
  pictures: async () => (await import("./pictures")).picturesBench,
  video: async () => (await import("./video")).videoBench,
};

const ROOT = path.join(import.meta.dirname, "..", "..");

async function runBench(name: string, { about, run }: Bench): Promise<readonly string[]> {
  console.log(`${name}: ${about}`);
  const began = performance.now();
  const { page, wrong } = await run((line) => console.log(`  ${line}`));
  if (page !== undefined) {
    const file = path.join(ROOT, page.file);
    await writeFile(file, await format(page.text, { ...(await resolveConfig(file)), filepath: file }));
    console.log(`${name}: written to ${page.file}`);
  }
  console.log(`${name}: ${Math.round((performance.now() - began) / 1000)} s`);
  return wrong.map((line) => `${name}: ${line}`);
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}.`);
  process.exitCode = 2;
} else {
  buildOnce();
  for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
    const bench = await BENCHES[name]?.();
    for (const line of bench ? await runBench(name, bench) : []) {
      console.error(`not as promised: ${line}`);
      process.exitCode = 1;
    }
  }
}
