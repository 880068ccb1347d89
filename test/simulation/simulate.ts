import fc from "fast-check";
import { FAULTS, histories, type History } from "./history";
import { live, type Coverage } from "./world";

/** What a run of many seeds found and covered. */
export interface Report {
  readonly seeds: number;
  readonly failed: readonly { readonly seed: number; readonly message: string }[];
  readonly medianImages: number;
  readonly medianFaults: number;
  readonly medianRestarts: number;
  readonly struck: ReadonlyMap<string, number>;
  /** Histories in which two devices met in the window that the design allows. */
  readonly window: number;
}

/** The history that a seed stands for. */
export function historyOf(seed: number): History {
  const [history] = fc.sample(histories, { seed, numRuns: 1 });
  if (history === undefined) throw new Error("no history");
  return history;
}

/** Lives through the histories of many seeds, or as many as it takes until the first fails. */
export async function simulate(
  from: number,
  seeds: number,
  tell: (text: string) => void,
  untilFirst = false,
): Promise<Report> {
  const failed: { seed: number; message: string }[] = [];
  const covered: Coverage[] = [];
  for (let seed = from; seed < from + seeds; seed += 1) {
    try {
      covered.push(await live(historyOf(seed)));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      failed.push({ seed, message });
      tell(`seed ${String(seed)}: ${message}`);
      if (untilFirst) break;
    }
  }
  const struck = new Map<string, number>(FAULTS.map((fault) => [fault, 0]));
  for (const { struck: each } of covered)
    for (const [fault, count] of each) struck.set(fault, (struck.get(fault) ?? 0) + count);
  return {
    seeds,
    failed,
    medianImages: median(covered.map(({ images }) => images)),
    medianFaults: median(
      covered.map((one) => [...one.struck.values()].reduce((sum, count) => sum + count, 0)),
    ),
    medianRestarts: median(covered.map(({ restarts }) => restarts)),
    struck,
    window: covered.filter(({ window }) => window).length,
  };
}

/** The smallest history that fails as a seed's does, as far as shrinking gets. */
export async function shrink(seed: number): Promise<string> {
  const result = await fc.check(
    fc.asyncProperty(histories, async (history) => {
      await live(history);
    }),
    { seed, numRuns: 1, interruptAfterTimeLimit: 120_000 },
  );
  return fc.stringify(result.counterexample?.[0]);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
