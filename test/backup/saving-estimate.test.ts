import { describe, expect, it } from "vitest";
import { estimateSaving, type EstimatePorts } from "../../src/backup/saving-estimate";
import type { FoundImage } from "../../src/backup/planning/catalogue";
import { defaultSettings, WAITING, type ImageState } from "../../src/model";

function found(path: string, size: number, state: ImageState = WAITING): FoundImage {
  return {
    image: { path, size, mtime: 1, ctime: 1 },
    fingerprint: undefined,
    state,
    attempts: 0,
    isTold: true,
  };
}

/** Copies of images over 1 MB have a quarter of their bytes, all others have them all. */
function ports(tried: string[] = [], unreadable: readonly string[] = []): EstimatePorts {
  return {
    settings: { read: () => defaultSettings() },
    vault: {
      open: async (path) => {
        if (unreadable.includes(path)) throw new Error("cannot be read");
        return { size: 0, slice: async () => new Uint8Array() };
      },
    },
    pictures: {
      prepare: async ({ path, size }, source, recipe) => {
        if (path.startsWith("broken")) return { skip: "broken" };
        tried.push(`${path} ${recipe.quality}`);
        const sent = size > 1_000_000 ? size / 4 : size;
        return {
          ready: { source: { ...source, size: sent }, type: "image/jpeg", extension: "jpg", hash: "" },
        };
      },
    },
  };
}

const never = new AbortController().signal;
const small = Array.from({ length: 400 }, (_, n) => found(`small ${String(n)}.png`, 50_000));
const large = Array.from({ length: 20 }, (_, n) => found(`large ${String(n)}.jpg`, 4_000_000 + n));

describe("an estimate of what Storage saver would save", () => {
  it("is near the truth, with a few images tried, one after another", async () => {
    const tried: string[] = [];
    const steps: string[] = [];
    const all = [...small, ...large];
    const estimate = await estimateSaving(all, ports(tried), never, (done, of) =>
      steps.push(`${String(done)}/${String(of)}`),
    );
    expect(tried).toHaveLength(12);
    expect(tried.every((one) => one.endsWith(" storage-saver"))).toBe(true);
    expect(steps[0]).toBe("0/12");
    expect(steps.at(-1)).toBe("11/12");
    expect(estimate).toMatchObject({ tried: 12, bytes: 400 * 50_000 + 20 * 4_000_000 + 190 });
    expect(estimate.saved / (20 * 3_000_000)).toBeCloseTo(1, 1);
  });

  it("is nothing where the images are small, or there are none", async () => {
    expect(await estimateSaving(small, ports(), never, () => undefined)).toMatchObject({
      saved: 0,
    });
    expect(await estimateSaving([], ports(), never, () => undefined)).toEqual({
      tried: 0,
      bytes: 0,
      saved: 0,
    });
  });

  it("leaves out videos, skipped images, broken ones and files that cannot be read", async () => {
    const images = [
      found("clip.mp4", 900_000_000),
      found("drawing.svg", 8_000_000, { is: "skipped", because: "type" }),
      found("gone.jpg", 4_000_000),
      found("broken.jpg", 3_000_000),
      found("there.jpg", 4_000_001),
    ];
    const tried: string[] = [];
    const estimate = await estimateSaving(images, ports(tried, ["gone.jpg"]), never, () => undefined);
    expect(tried).toEqual(["there.jpg storage-saver"]);
    expect(estimate).toMatchObject({ tried: 1, bytes: 11_000_001 });
  });

  it("ends when the settings are closed", async () => {
    const ending = new AbortController();
    const tried: string[] = [];
    const estimate = estimateSaving(large, ports(tried), ending.signal, (done) => {
      if (done === 2) ending.abort(new Error("closed"));
    });
    await expect(estimate).rejects.toThrow("closed");
    expect(tried).toHaveLength(2);
  });
});
