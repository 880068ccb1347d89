import path from "node:path";
import type { Page } from "playwright-core";
import { bundle } from "../../esbuild.config.mjs";
import { median, partBench, type Figure } from "./figures";
import { inFolder, Stage } from "./stage";
import { cleanVault, makeVault } from "./vaults";

const RUNS = 9;

/** What Obsidian waits for when it starts, and what it loads. */
export const startBench = partBench(
  "start",
  "evaluating main.js and its onload, and what main.js weighs",
  () =>
    inFolder(async (folder) => {
      const vault = await makeVault(path.join(folder, "vault"), 20, "small");
      const { code, meta } = await bundle();
      const loads: number[] = [];
      const compiled: number[] = [];
      const early: number[] = [];
      for (let run = 0; run < RUNS; run += 1) {
        cleanVault(vault);
        const stage = await Stage.open({ vault: vault.folder });
        try {
          const [load, ready] = await stage.page.page.evaluate<[number, number]>(
            "[performance.getEntriesByName('plugin-load')[0].duration, performance.timeOrigin + performance.getEntriesByName('layout-ready')[0].startTime]",
          );
          loads.push(load);
          early.push(stage.host.log.requests.filter(({ at }) => at < ready).length);
          compiled.push(await compiledIn(await stage.page.context.newPage(), code));
        } finally {
          await stage.close();
        }
      }
      const kB = (what: string, bytes: number, budget?: number): Figure => ({
        what,
        value: bytes / 1000,
        unit: "kB",
        ...(budget === undefined ? {} : { budget }),
      });
      return {
        title: "Start and size",
        figures: [
          { what: "main.js evaluated and `onload` returned", value: median(loads), unit: "ms", budget: 15 },
          {
            what: "for scale: main.js compiled in an empty page, nothing of it run",
            value: median(compiled),
            unit: "ms",
          },
          { what: "requests before layout-ready", value: Math.max(...early), unit: "", budget: 0 },
          kB("main.js, minified", meta.bytes, 500),
          kB("main.js, gzipped", meta.gzip),
          kB("without the languages' tables, minified", meta.withoutTables.bytes, 200),
          kB("without the languages' tables, gzipped", meta.withoutTables.gzip, 65),
          ...Object.entries(meta.shares).map(([name, bytes]) => kB(`of it ${name}`, bytes)),
          ...Object.entries(meta.languages).map(([name, bytes]) => kB(`of it the table ${name}`, bytes)),
        ],
        wrong: [],
      };
    }),
);

/** What the browser needs to compile main.js as Obsidian has it compiled, in milliseconds: the least that a start can take. */
function compiledIn(page: Page, code: string): Promise<number> {
  return page.evaluate((main) => {
    const began = performance.now();
    window.eval(`(function (require, module, exports) {${main}\n})`);
    return performance.now() - began;
  }, code);
}
