import type { FaultName } from "./history";
import type { SeededRandom } from "./random";
import type { Call, Fault } from "./service";

const MINUTE = 60_000;

/** Bytes are taken, storage full or not, and then nothing can be made of them (fact sheet §6). */
const OF_CREATES: ReadonlySet<FaultName> = new Set([
  "before bad-token",
  "before bad-item",
  "before bad-album",
  "before concurrent",
  "before storage-full",
  "before permanent",
]);

/** Some faults belong to creates alone. */
export function canStrike(fault: FaultName, call: Call): boolean {
  return !OF_CREATES.has(fault) || call === "create";
}

/** @param latest  how late an answer may come, in milliseconds */
export function faultOf(name: FaultName, chance: SeededRandom, latest: number): Fault {
  if (name === "late answer") return { when: "late", by: chance.whole(1_000, Math.min(latest, 4 * MINUTE)) };
  const [when, kind] = name.split(" ") as ["before" | "after", Extract<Fault, { kind: unknown }>["kind"]];
  return { when, kind };
}
