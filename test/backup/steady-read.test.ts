import { describe, expect, it } from "vitest";
import { FileLost, ImageBroken, readSteadily, sparing } from "../../src/backup/planning/steady-read";
import { fingerprintFrom, type ByteSource, type Pictures } from "../../src/model";

/** Reads a file whose bytes cannot be had, or of which no fingerprint can be taken. */
async function read({ changes = false, fingerprint }: { changes?: boolean; fingerprint?: () => never } = {}) {
  const source: ByteSource = { size: 9, slice: () => Promise.reject(new Error("cannot be read")) };
  const pictures = {
    fingerprint: async (bytes: ByteSource) => {
      fingerprint?.();
      await bytes.slice(0, bytes.size);
      return fingerprintFrom("1".repeat(64));
    },
  };
  let stamps = 0;
  const vault = {
    open: async () => source,
    stamp: async () => ({ size: 9, mtime: changes ? (stamps += 1) : 1 }),
  };
  const ports = {
    vault,
    pictures: sparing(pictures as unknown as Pictures),
    clock: { now: () => 5 },
  } as unknown as Parameters<typeof readSteadily>[1];
  const error: unknown = await readSteadily("a.png", ports, new AbortController().signal).catch(
    (reason: unknown) => reason,
  );
  return error;
}

describe("a file that cannot be read", () => {
  it("is told from one that changes meanwhile", async () => {
    expect(await read()).toEqual(new ImageBroken());
    expect(await read({ changes: true })).toBeInstanceOf(FileLost);
  });

  it("is told from one at which something of ours breaks", async () => {
    const fault = new RangeError("out of bounds");
    const broken = await read({
      fingerprint: () => {
        throw fault;
      },
    });
    expect(broken).toBeInstanceOf(ImageBroken);
    expect((broken as ImageBroken).cause).toBe(fault);
  });
});
