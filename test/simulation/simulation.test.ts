import { expect, it } from "vitest";
import { simulate } from "./simulate";

/** A fixed set; long runs are `npm run simulate -- --seeds N`, and a failing seed runs alone with `--seed S`. */
const SEEDS = 250;

it(
  "keeps its promises in random histories of faults, kills, edits and two devices",
  { timeout: 600_000 },
  async () => {
    const report = await simulate(1, SEEDS, () => undefined);
    expect(report.failed).toEqual([]);
    expect(report.medianImages).toBeGreaterThanOrEqual(30);
    expect(report.medianFaults).toBeGreaterThanOrEqual(5);
    expect(report.medianRestarts).toBeGreaterThanOrEqual(2);
    for (const [fault, count] of report.struck) expect(count, fault).toBeGreaterThan(0);
  },
);
