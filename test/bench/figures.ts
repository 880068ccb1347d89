import { readFile, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { chromiumVersion } from "./chromium-version";
import type { Bench } from "./bench";

/** One figure of a bench. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** `x` is a ratio, "" a count. */
  readonly unit: "x" | "" | "ms" | "s" | "kB" | "MB";
  /** Most that it may be; absent where it is told for scale. */
  readonly budget?: number;
}

/** One part of the table. */
export interface Part {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** Anything that went wrong beside the figures, a line each. */
  readonly wrong: readonly string[];
}

interface Kept extends Part {
  readonly cpu: string;
  readonly cores: number;
  readonly browser: string;
  /** Day of the run, and how long it took in seconds. */
  readonly day: string;
  readonly seconds: number;
  /** Load of the machine when it began: processes that wanted a core. */
  readonly load: number;
}

const ROOT = path.join(import.meta.dirname, "..", "..");
const KEPT = path.join(ROOT, "docs", "performance.json");
const PAGE = "docs/performance.md";

/** The parts in the table's order. */
const ORDER = ["uploads", "scan", "start", "editor", "large"];

/** A bench that measures one part of `docs/performance.md` and writes the table anew. */
export function partBench(
  name: string,
  about: string,
  measure: (tell: (line: string) => void) => Promise<Part>,
): Bench {
  return {
    about,
    run: async (tell) => {
      const load = os.loadavg()[0] ?? 0;
      const began = performance.now();
      const part = await measure((line) => tell(line));
      for (const figure of part.figures) tell(lineOf(figure));
      const kept = await readKept();
      kept[name] = {
        ...part,
        cpu: os.cpus()[0]?.model ?? "",
        cores: os.cpus().length,
        browser: chromiumVersion(),
        day: new Date().toISOString().slice(0, 10),
        seconds: Math.round((performance.now() - began) / 1000),
        load: Math.round(load * 10) / 10,
      };
      await writeFile(KEPT, `${JSON.stringify(kept, undefined, 2)}\n`);
      const page = await readFile(path.join(ROOT, PAGE), "utf8");
      const over = part.figures.filter(({ value, budget }) => budget !== undefined && value > budget);
      return {
        page: { file: PAGE, text: withTable(page, kept) },
        wrong: [...over.map(lineOf), ...part.wrong],
      };
    },
  };
}

async function readKept(): Promise<Record<string, Kept>> {
  try {
    return JSON.parse(await readFile(KEPT, "utf8")) as Record<string, Kept>;
  } catch {
    return {};
  }
}

function lineOf({ what, value, unit, budget }: Figure): string {
  const most =
    budget === undefined ? "" : `, budget ${shown(budget, unit)}${value > budget ? ": MISSED" : ""}`;
  return `${what}: ${shown(value, unit)}${most}`;
}

function shown(value: number, unit: Figure["unit"]): string {
  const digits = unit === "x" ? 3 : value < 10 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)}${unit === "" || unit === "x" ? "" : ` ${unit}`}`;
}

const MARKS = ["<!-- figures: written by npm run bench -->", "<!-- /figures -->"] as const;

/** The page with the table between its marks. */
function withTable(page: string, kept: Readonly<Record<string, Kept>>): string {
  const [begin, end] = MARKS;
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place for the table`);
  const parts = ORDER.flatMap((name) => (kept[name] === undefined ? [] : [kept[name]]));
  const tables = parts.map((part) => {
    const rows = part.figures.map(({ what, value, unit, budget }) => {
      const most = budget === undefined ? "" : shown(budget, unit);
      const holds = budget === undefined ? "" : value <= budget ? "yes" : "**no**";
      return `| ${what} | ${shown(value, unit)} | ${most} | ${holds} |`;
    });
    const where = `${part.cpu}, ${part.cores} cores, ${part.browser}; ${part.day}, ${part.seconds} s, load ${part.load} when it began`;
    return `### ${part.title}\n\n| what | measured | budget | holds |\n| --- | --- | --- | --- |\n${rows.join("\n")}\n\n${where}.`;
  });
  return `${page.slice(0, from + begin.length)}\n\n${tables.join("\n\n")}\n\n${page.slice(to)}`;
}

/** The middle of several figures. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
