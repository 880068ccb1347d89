import { parseArgs } from "node:util";
import { historyOf, shrink, simulate } from "./simulate";
import { live } from "./world";

/** `npm run simulate -- [--seeds N] [--from S] [--first] | --seed S [--shrink]` */
const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    seed: { type: "string" },
    shrink: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
  },
});

if (values.seed !== undefined) {
  const seed = Number(values.seed);
  if (values.shrink) {
    console.log(await shrink(seed));
  } else {
    console.log(JSON.stringify(historyOf(seed), undefined, 1));
    console.log(await live(historyOf(seed)));
  }
} else {
  const began = performance.now();
  const report = await simulate(Number(values.from), Number(values.seeds), console.log, values.first);
  const { failed, struck, ...rest } = report;
  console.log({
    ...rest,
    failed: failed.length,
    struck: Object.fromEntries(struck),
    seconds: Math.round((performance.now() - began) / 1000),
  });
  if (failed.length > 0) {
    console.log(`run one alone: npm run simulate -- --seed ${String(failed[0]?.seed)} [--shrink]`);
    process.exitCode = 1;
  }
}
