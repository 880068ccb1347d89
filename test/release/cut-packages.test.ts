import fc from "fast-check";
import { generate, type Bitmap2D } from "lean-qr/nano";
import { beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../esbuild.config.mjs";
import { Lanes } from "../../src/backup/lanes";
import type { Rank } from "../../src/backup/work-list";

/** The packages as the build cuts them (scripts/cut-unreached.mjs). */
let cut: { readonly Lanes: typeof Lanes; readonly generate: typeof generate };

beforeAll(async () => {
  const { code } = await bundle({ entry: "test/release/cut-packages.mjs", dev: true });
  const module = { exports: {} as typeof cut };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- as Obsidian loads a plugin
  const run = new Function("module", code) as (given: typeof module) => void;
  run(module);
  cut = module.exports;
});

describe("the queue as it is bundled", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("add" as const), rank: fc.constantFrom<Rank>(0, 1, 2) }),
    fc.record({ do: fc.constant("end" as const), nth: fc.nat(5), fails: fc.boolean() }),
    fc.record({ do: fc.constant("widen" as const), width: fc.nat(4) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

  /** What uploads did in which order. */
  async function history(Kind: typeof Lanes, steps: readonly Step[]): Promise<readonly string[]> {
    const told: string[] = [];
    const running: { readonly name: number; end(error?: Error): void }[] = [];
    let width = 1;
    const lanes = new Kind(() => width);
    for (const [name, now] of steps.entries()) {
      if (now.do === "widen") width = now.width;
      else if (now.do === "end") {
        const [one] = running.splice(now.nth % Math.max(1, running.length), 1);
        one?.end(now.fails ? new Error("cut") : undefined);
      } else {
        const begin = (): Promise<void> => {
          told.push(`${name} begins`);
          return new Promise((resolve, reject) => {
            running.push({ name, end: (error) => (error ? reject(error) : resolve()) });
          });
        };
        lanes.run(now.rank, begin).then(
          () => told.push(`${name} is done`),
          () => told.push(`${name} has failed`),
        );
      }
      await new Promise(setImmediate);
      told.push(`after step ${name}`);
    }
    return told;
  }

  it("lets tasks run in the order and number that the whole one does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        expect(await history(cut.Lanes, steps)).toEqual(await history(Lanes, steps));
      }),
    );
  });
});

describe("the QR code as it is bundled", () => {
  const drawn = ({ size, get }: Bitmap2D): readonly string[] =>
    Array.from({ length: size }, (_, y) =>
      Array.from({ length: size }, (_, x) => (get(x, y) ? "#" : " ")).join(""),
    );

  it("is the whole one's", () => {
    for (const length of [1, 60, 400, 900, 2952]) {
      const text = "obsidian://vault-image-backup?carry=1.".repeat(80).slice(0, length);
      expect(drawn(cut.generate(text))).toEqual(drawn(generate(text)));
    }
  });
});
