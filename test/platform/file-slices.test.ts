import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fastHash } from "../../src/platform/fast-hash";
import { openInSlices } from "../../src/platform/file-slices";

const platform = vi.hoisted(() => ({ isDesktopApp: true, isMobile: false }));
vi.mock("obsidian", () => ({ Platform: platform }));

let folder = "";
beforeEach(() => {
  Object.assign(platform, { isDesktopApp: true, isMobile: false });
  vi.stubGlobal("window", { require: createRequire(import.meta.url) });
  folder = mkdtempSync(join(tmpdir(), "file-slices-"));
});
afterEach(() => {
  vi.unstubAllGlobals();
  rmSync(folder, { recursive: true });
});

function fileOf(bytes: Uint8Array): string {
  const path = join(folder, "clip.mp4");
  writeFileSync(path, bytes);
  return path;
}

describe("a file in slices", () => {
  it("gives the bytes that were asked for, and no more than there are", async () => {
    const bytes = randomBytes(100_000);
    const source = await openInSlices(fileOf(bytes));
    expect(source?.size).toBe(bytes.length);
    for (const [start, end] of [
      [0, 10],
      [5, 70_000],
      [99_990, 200_000],
      [100_000, 100_001],
    ] as const) {
      expect(Buffer.from((await source?.slice(start, end)) ?? [])).toEqual(bytes.subarray(start, end));
    }
  });

  it("ends where a file that has become shorter ends", async () => {
    const bytes = randomBytes(1000);
    const path = fileOf(bytes);
    const source = await openInSlices(path);
    truncateSync(path, 300);
    expect(Buffer.from((await source?.slice(200, 1000)) ?? [])).toEqual(bytes.subarray(200, 300));
  });

  it("is not there where the file is gone", async () => {
    await expect(openInSlices(join(folder, "gone.mp4"))).rejects.toThrow("ENOENT");
  });

  it("is not to be had on a phone", async () => {
    Object.assign(platform, { isMobile: true });
    expect(await openInSlices(fileOf(randomBytes(10)))).toBeUndefined();
  });
});

describe("the system's hash", () => {
  it("is SHA-256, piece by piece", () => {
    const bytes = randomBytes(10_000);
    const hash = fastHash();
    hash?.update(bytes.subarray(0, 777));
    hash?.update(bytes.subarray(777));
    expect(hash?.digest()).toBe(createHash("sha256").update(bytes).digest("hex"));
  });

  it("is not to be had on a phone", () => {
    Object.assign(platform, { isMobile: true });
    expect(fastHash()).toBeUndefined();
  });
});
