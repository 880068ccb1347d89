import { describe, expect, it } from "vitest";
import { Lanes } from "../../src/backup/sending/lanes";
import type { Rank } from "../../src/backup/planning/work-list";

/** Lanes, and uploads by name: which have begun, and the end of each. */
function uploads(width: () => number) {
  const lanes = new Lanes(width);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const start = (name: string, rank: Rank): Promise<string> =>
    lanes.run(rank, () => {
      begun.push(name);
      return new Promise((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve(name)));
      });
    });
  return { begun, start, end: (name: string, error?: Error) => ends.get(name)?.(error) };
}

describe("lanes", () => {
  it("let so many run at a time, those of a better rank first, else first come, first served", async () => {
    const { begun, start, end } = uploads(() => 1);
    const all = [start("a", 2), start("b", 2), start("c", 2), start("d", 0), start("e", 1)];
    for (const [at, name] of ["a", "d", "e", "b", "c"].entries()) {
      await expect.poll(() => begun[at]).toBe(name);
      expect(begun).toHaveLength(at + 1);
      end(name);
    }
    expect(await Promise.all(all)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("go on after one that has failed", async () => {
    const { begun, start, end } = uploads(() => 1);
    const failed = expect(start("a", 2)).rejects.toThrow("cut");
    const next = start("b", 2);
    await expect.poll(() => begun).toEqual(["a"]);
    end("a", new Error("cut"));
    await failed;
    await expect.poll(() => begun).toEqual(["a", "b"]);
    end("b");
    expect(await next).toBe("b");
  });

  it("become more and fewer as it goes, but never none", async () => {
    let width = 0;
    const { begun, start, end } = uploads(() => width);
    void start("a", 2);
    void start("b", 2);
    void start("c", 2);
    await expect.poll(() => begun).toEqual(["a"]);
    width = 2;
    end("a");
    await expect.poll(() => begun).toEqual(["a", "b", "c"]);
    width = 1;
    void start("d", 2);
    end("b");
    end("c");
    await expect.poll(() => begun).toEqual(["a", "b", "c", "d"]);
  });
});
