import { describe, expect, it } from "vitest";
import { createByteBudget } from "../../src/picture/byte-budget";
import { neverAborted } from "./memory-image";

/** Work that goes on until it is told to end. */
function work(): { readonly run: () => Promise<void>; readonly end: () => void; began: boolean } {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const one = {
    began: false,
    run: () => {
      one.began = true;
      return ended;
    },
    end: () => {
      end();
    },
  };
  return one;
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a byte budget", () => {
  it("lets begin what fits, and the rest as room becomes free, in turn", async () => {
    const budget = createByteBudget(100);
    const [first, second, third, fourth] = [work(), work(), work(), work()];
    const all = [
      budget.hold(60, neverAborted, first.run),
      budget.hold(40, neverAborted, second.run),
      budget.hold(50, neverAborted, third.run),
      budget.hold(1, neverAborted, fourth.run),
    ];
    await settled();
    expect([first, second, third, fourth].map((one) => one.began)).toEqual([true, true, false, false]);
    first.end();
    await settled();
    expect([third.began, fourth.began]).toEqual([true, true]);
    [second, third, fourth].forEach((one) => {
      one.end();
    });
    await Promise.all(all);
  });

  it("lets what is over it run alone", async () => {
    const budget = createByteBudget(100);
    const [small, large] = [work(), work()];
    const all = [budget.hold(1, neverAborted, small.run), budget.hold(1000, neverAborted, large.run)];
    await settled();
    expect(large.began).toBe(false);
    small.end();
    await settled();
    expect(large.began).toBe(true);
    large.end();
    await Promise.all(all);
  });

  it("forgets what nobody waits for any more, and gives back the room of what fails", async () => {
    const budget = createByteBudget(100);
    const ending = new AbortController();
    const first = work();
    const held = budget.hold(100, neverAborted, first.run);
    const waiting = budget.hold(100, ending.signal, () => Promise.resolve("never"));
    ending.abort(new Error("no longer wanted"));
    await expect(waiting).rejects.toThrow("no longer wanted");
    first.end();
    await held;
    await expect(budget.hold(100, neverAborted, () => Promise.reject(new Error("bad")))).rejects.toThrow(
      "bad",
    );
    expect(await budget.hold(100, neverAborted, () => Promise.resolve("room"))).toBe("room");
  });
});
