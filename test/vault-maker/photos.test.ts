import exifr from "exifr";
import { describe, expect, it } from "vitest";
import { makePhoto, type PhotoOrder } from "./photos.js";

const small: PhotoOrder = { width: 400, height: 300, seed: 7, kind: "photo", format: "jpg" };

describe("a made picture", () => {
  it.each<Partial<PhotoOrder>>([
    { kind: "photo", format: "jpg" },
    { kind: "photo", format: "webp" },
    { kind: "screenshot", format: "png" },
  ])("has the same bytes whenever it is ordered: $kind as $format", async (order) => {
    const [one, other] = await Promise.all([
      makePhoto({ ...small, ...order }),
      makePhoto({ ...small, ...order }),
    ]);
    expect(one.equals(other)).toBe(true);
  });

  it("is another one for another seed", async () => {
    const [one, other] = await Promise.all([makePhoto(small), makePhoto({ ...small, seed: 8 })]);
    expect(one.equals(other)).toBe(false);
  });

  it.each([1, 2, 3])(
    "weighs as a photo what cameras write: 0.3 to 0.6 MB a megapixel (seed %i)",
    async (seed) => {
      const bytes = await makePhoto({ ...small, width: 2000, height: 1500, seed });
      const megabytesPerMegapixel = bytes.length / (2000 * 1500);
      expect(megabytesPerMegapixel).toBeGreaterThan(0.3);
      expect(megabytesPerMegapixel).toBeLessThan(0.6);
    },
  );

  it("holds what the camera noted", async () => {
    const camera = { taken: "2022:06:11 18:45:12", offset: "+02:00", orientation: 6 };
    const noted: unknown = await exifr.parse(await makePhoto({ ...small, camera }), {
      reviveValues: false,
      translateValues: false,
    });
    expect(noted).toMatchObject({
      DateTimeOriginal: "2022:06:11 18:45:12",
      OffsetTimeOriginal: "+02:00",
      Orientation: 6,
    });
  });

  it("holds no metadata where no camera noted any", async () => {
    expect(await exifr.parse(await makePhoto(small))).toBeUndefined();
  });
});
