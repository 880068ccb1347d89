import * as preact from "@preact/signals-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as ours from "../../src/model/signals";

type Signals = Pick<typeof ours, "batch" | "computed" | "effect" | "signal" | "untracked">;

const step = fc.oneof(
  fc.record({ do: fc.constant("set" as const), nth: fc.nat(2), to: fc.nat(3) }),
  fc.record({ do: fc.constant("batch" as const), to: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)) }),
  fc.record({ do: fc.constant("follow" as const), nth: fc.nat(7), beside: fc.nat(6) }),
  fc.record({ do: fc.constant("subscribe" as const), nth: fc.nat(7) }),
  fc.record({ do: fc.constant("copy" as const), nth: fc.nat(7) }),
  fc.record({ do: fc.constant("end" as const), nth: fc.nat(9) }),
  fc.record({ do: fc.constant("peek" as const), nth: fc.nat(7) }),
);
type Step = typeof step extends fc.Arbitrary<infer Made> ? Made : never;

/** What followers were told at each step, in any order, and how often values were computed in all. */
function history(kind: Signals, steps: readonly Step[]) {
  let told: string[] = [];
  let computed = 0;
  const [a, b, c, last] = [kind.signal(0), kind.signal(0), kind.signal(0), kind.signal(0)];
  const made = (make: () => number) =>
    kind.computed(() => {
      computed += 1;
      return make();
    });
  const sum = made(() => a.value + b.value);
  const chosen = made(() => (a.value > 1 ? b.value : c.value));
  const both = made(() => sum.value * 10 + chosen.value);
  const half = made(() => Math.floor(sum.value / 2));
  const all = [a, b, c, sum, chosen, both, half, last] as const;
  const ends: (() => void)[] = [];
  const at = (nth: number) => all[nth] ?? a;
  const take = (now: Step): void => {
    switch (now.do) {
      case "set":
        (all.slice(0, 3)[now.nth] as typeof a).value = now.to;
        return;
      case "batch":
        kind.batch(() => {
          [a.value, b.value, c.value] = now.to;
        });
        return;
      case "follow":
        ends.push(
          kind.effect(() => {
            const { value } = at(now.nth);
            kind.untracked(() => told.push(`${now.nth} is ${value} beside ${at(now.beside).value}`));
          }),
        );
        return;
      case "subscribe":
        ends.push(at(now.nth).subscribe((value) => told.push(`${now.nth} has become ${value}`)));
        return;
      case "copy":
        ends.push(
          kind.effect(() => {
            if (last.value < at(now.nth).value) last.value = at(now.nth).value;
          }),
        );
        return;
      case "end":
        ends.splice(now.nth, 1)[0]?.();
        return;
      case "peek":
        told.push(`peeks ${at(now.nth).peek()}`);
    }
  };
  const seen = steps.map((now) => {
    told = [];
    try {
      take(now);
    } catch (error) {
      told.push(String(error));
    }
    return told.sort();
  });
  return { seen, computed };
}

describe("signals", () => {
  it("tell what Preact's tell, by no more work", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const [own, theirs] = [history(ours, steps), history(preact, steps)];
        expect(own.seen).toEqual(theirs.seen);
        expect(own.computed).toBeLessThanOrEqual(theirs.computed);
      }),
      { numRuns: 1000 },
    );
  });

  it("go on where one that follows them fails, or what it follows", () => {
    const { computed, effect, signal } = ours;
    const source = signal(0);
    const doubled = computed(() => {
      if (source.value === 3) throw new Error("three");
      return source.value * 2;
    });
    const told: unknown[] = [];
    const end = doubled.subscribe((value) => told.push(value));
    effect(() => {
      if (source.value === 4) throw new Error("four");
      told.push(`source ${source.value}`);
    });
    expect(() => (source.value = 3)).toThrow("three");
    expect(() => doubled.peek()).toThrow("three");
    expect(() => (source.value = 4)).toThrow("four");
    source.value = 5;
    expect(told).toEqual([0, "source 0", "source 3", 8, 10, "source 5"]);
    end();
    source.value = 6;
    expect(told.slice(6)).toEqual(["source 6"]);
    // What fails at first follows nothing.
    const seen: number[] = [];
    expect(() =>
      effect(() => {
        seen.push(source.value);
        throw new Error("first");
      }),
    ).toThrow("first");
    source.value = 7;
    expect(seen).toEqual([6]);
  });

  it("are told of an error rather than going round in a circle", () => {
    const { effect, signal } = ours;
    const source = signal(0);
    expect(() =>
      effect(() => {
        source.value += 1;
      }),
    ).toThrow("circle");
    // Others are not held up by it later.
    const other = signal(0);
    const seen: number[] = [];
    other.subscribe((value) => seen.push(value));
    other.value = 1;
    expect(seen).toEqual([0, 1]);
  });

  it("hold nothing of a computed value that nobody follows any more", () => {
    const { computed, signal } = ours;
    const source = signal(0);
    let computations = 0;
    const made = computed(() => ((computations += 1), source.value));
    made.subscribe(() => undefined)();
    source.value = 1;
    expect(computations).toBe(1);
    expect([made.peek(), made.peek(), computations]).toEqual([1, 1, 2]);
  });
});
