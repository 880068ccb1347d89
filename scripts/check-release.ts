/**
 * Checks what the community directory's review will check, as far as a script can.
 *
 *   npm run check:release
 *
 * Prints a line for each part, and under it what is wrong; the status is 1 where anything is.
 */
import { join } from "node:path";
import { checkRelease } from "./check-release/index";

const lines = await checkRelease(join(import.meta.dirname, ".."));
for (const { name, faults } of lines) {
  console.log(`${name} … ${faults.length === 0 ? "ok" : "FAILED"}`);
  for (const fault of faults) console.log(`  ${fault}`);
}
process.exitCode = lines.some(({ faults }) => faults.length > 0) ? 1 : 0;
