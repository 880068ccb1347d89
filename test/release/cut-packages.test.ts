import * as whole from "@preact/signals-core";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import jsQR from "jsqr";
import { generate, type Bitmap2D } from "lean-qr/nano";
import { beforeAll, describe, expect, it } from "vitest";
import { bundle } from "../../esbuild.config.mjs";
import { cutUnreached } from "../../scripts/cut-unreached.mjs";
import { Lanes } from "../../src/backup/sending/lanes";
import type { Rank } from "../../src/backup/planning/work-list";

type Signals = Pick<typeof whole, "batch" | "computed" | "effect" | "signal" | "untracked">;

/** The packages as the build cuts them (scripts/cut-unreached.mjs). */
let cut: Signals & { readonly Lanes: typeof Lanes; readonly generate: typeof generate };

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

describe("signals as they are bundled", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("set" as const), nth: fc.nat(2), to: fc.nat(3) }),
    fc.record({ do: fc.constant("batch" as const), to: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)) }),
    fc.record({ do: fc.constant("follow" as const), nth: fc.nat(8) }),
    fc.record({ do: fc.constant("subscribe" as const), nth: fc.nat(8) }),
    fc.record({ do: fc.constant("end" as const), nth: fc.nat(9) }),
    fc.record({ do: fc.constant("peek" as const), nth: fc.nat(8) }),
  );
  type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

  /** What followers were told in which order, and how often values were computed. */
  function history(kind: Signals, steps: readonly Step[]): readonly string[] {
    const told: string[] = [];
    const sources = [kind.signal(0), kind.signal(0), kind.signal(0)] as const;
    const [a, b, c] = sources;
    const made = (name: string, make: () => number) =>
      kind.computed(() => {
        told.push(`${name} is computed`);
        return make();
      });
    const sum = made("sum", () => a.value + b.value);
    const chosen = made("chosen", () => (a.value > 1 ? b.value : c.value));
    const both = made("both", () => sum.value * 10 + chosen.value);
    const half = made("half", () => Math.floor(sum.value / 2));
    const throwing = made("throwing", () => {
      if (c.value === 3) throw new Error("three");
      return half.value;
    });
    const all = [...sources, sum, chosen, both, half, throwing, made("over", () => both.value + half.value)];
    const ends: (() => void)[] = [];
    const readable = (nth: number) => all[nth % all.length] ?? a;
    const safely = (act: () => void): void => {
      try {
        act();
      } catch (error) {
        told.push(`throws ${String(error)}`);
      }
    };
    for (const now of steps) {
      safely(() => {
        switch (now.do) {
          case "set":
            (sources[now.nth] ?? a).value = now.to;
            return;
          case "batch":
            kind.batch(() => now.to.forEach((to, nth) => ((sources[nth] ?? a).value = to)));
            return;
          case "follow":
            ends.push(
              kind.effect(() => {
                const { value } = readable(now.nth);
                told.push(`effect of ${now.nth}: ${value}, ${kind.untracked(() => both.value)}`);
              }),
            );
            return;
          case "subscribe":
            ends.push(readable(now.nth).subscribe((value) => told.push(`told of ${now.nth}: ${value}`)));
            return;
          case "end":
            ends.splice(now.nth, 1)[0]?.();
            return;
          case "peek":
            told.push(`peeks ${now.nth}: ${readable(now.nth).peek()}`);
        }
      });
    }
    return told;
  }

  it("tell what the whole ones tell, as often and in the same order", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        expect(history(cut, steps)).toEqual(history(whole, steps));
      }),
      { numRuns: 500 },
    );
  });
});

describe("the QR code as it is bundled", () => {
  /** So many pixels for a module, and so many modules of white around, as cameras want it. */
  const SCALE = 4;
  const MARGIN = 4;

  /** What a camera reads from it. */
  function read({ size, get }: Bitmap2D): string | undefined {
    const width = (size + 2 * MARGIN) * SCALE;
    const pixels = new Uint8ClampedArray(4 * width * width);
    const isDark = (at: number): boolean =>
      get(Math.floor((at % width) / SCALE) - MARGIN, Math.floor(at / width / SCALE) - MARGIN);
    for (let at = 0; at < width * width; at += 1)
      pixels.set([...Array<number>(3).fill(isDark(at) ? 0 : 255), 255], 4 * at);
    return jsQR(pixels, width, width)?.data;
  }

  it("says what it was made of, in the size of the whole one's", () => {
    for (const length of [1, 60, 400, 900, 2952]) {
      const text = "obsidian://vault-image-backup?carry=1.".repeat(80).slice(0, length);
      expect(read(cut.generate(text))).toBe(text);
      expect(cut.generate(text).size).toBe(generate(text).size);
    }
  });
});

describe("Google's client", () => {
  it("is not cut where a newer one asks for more of what is left out", () => {
    const file = "google-auth-library/build/src/auth/oauth2client.js";
    const text = readFileSync(`node_modules/${file}`, "utf8");
    expect(cutUnreached(file, text)).toContain("getToken");
    const newer = text.replace(
      "async getTokenAsync(options) {",
      "$& options = (0, util_1.brandNew)(options);",
    );
    expect(() => cutUnreached(file, newer)).toThrow("it asks for util_1.brandNew, which is cut");
  });
});
