import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath } from "../../scripts/ready.mjs";
import type { Recipe } from "../../src/model";
import { likeness } from "./likeness";
import { sha256 } from "./memory-image";
import { openPicturePage, type PageOutcome, type PicturePage } from "./picture-page";
import { photo, toldPhoto } from "./told-photos";

/* What becomes of the pixels themselves in a copy that is made anew: how they stand, their colours, and their damage. */

const SAVED: Recipe = { quality: "storage-saver", dated: false };

let page: PicturePage;
beforeAll(async () => {
  page = await openPicturePage(chromiumPath());
});
afterAll(async () => {
  await page.close();
});

async function save(bytes: Buffer, name: string): Promise<Exclude<PageOutcome, { skip: unknown }>> {
  const outcome = await page.prepare(bytes, name, SAVED);
  if ("skip" in outcome) throw new Error(`was skipped: ${outcome.skip}`);
  return outcome;
}

/** A picture stored so that the orientation sets it upright: each is its own way back but for the two quarter turns. */
async function storedAs(orientation: number, upright: Buffer): Promise<sharp.Sharp> {
  const turned = sharp(upright).rotate([0, 0, 0, 180, 0, 90, 270, 90, 90][orientation]);
  const stored = sharp(await turned.png({ compressionLevel: 1 }).toBuffer());
  if (orientation === 2 || orientation === 5) stored.flop();
  if (orientation === 4 || orientation === 7) stored.flip();
  return stored.withMetadata({ orientation });
}

describe("one picture, stored in several orientations,", () => {
  // What the eight come to is one path for all formats; what a PNG and a WebP say of theirs is read in another place.
  it.each([
    ["jpeg", [1, 2, 3, 4, 5, 6, 7, 8]],
    ["png", [1, 6]],
    ["webp", [1, 6]],
  ] as const)(
    "comes out upright and equal each time: %s, %j",
    async (format, orientations) => {
      // As a PNG a photo of half the size is large already.
      const upright = await (format === "png" ? photo(1400, 1000) : photo(2100, 1400));
      const copies: Buffer[] = [];
      for (const orientation of orientations) {
        const stored = await storedAs(orientation, upright);
        const local = await (
          format === "jpeg"
            ? stored.jpeg({ quality: 97 })
            : format === "png"
              ? stored.png({ compressionLevel: 1 })
              : stored.webp({ quality: 100 })
        ).toBuffer();
        expect((await sharp(local).metadata()).orientation ?? 1).toBe(orientation);
        const { sent, ready } = await save(local, `a.${format}`);
        expect(ready.type, String(orientation)).toBe("image/jpeg");
        expect(ready.hash, String(orientation)).not.toBe(sha256(local));
        expect((await sharp(sent).metadata()).orientation ?? 1).toBe(1);
        copies.push(sent);
      }
      // What is turned the wrong way shows at a third of the size as well, in a tenth of the time.
      const small = await Promise.all(
        copies.map((copy) => sharp(copy).resize({ width: 700 }).png().toBuffer()),
      );
      for (const [index, copy] of small.entries()) {
        expect(await likeness(upright, copy), String(orientations[index])).toBeGreaterThanOrEqual(0.97);
        expect(await likeness(small[0] ?? copy, copy), String(orientations[index])).toBeGreaterThanOrEqual(
          0.99,
        );
      }
    },
    120_000,
  );
});

describe("wide colours", () => {
  it.each(["jpeg", "png", "webp"] as const)("of %s are still there in the copy", async (format) => {
    const strong = sharp({
      create: { width: 2400, height: 1800, channels: 3, background: { r: 255, g: 0, b: 0 } },
    });
    const noise = await sharp(await photo(2400, 1800))
      .modulate({ brightness: 0.5 })
      .raw()
      .toBuffer();
    const pixels = await strong.raw().toBuffer();
    // The right half is a photo, so that the whole counts as one; the left is the strongest red that the screen has.
    for (let at = 0; at < pixels.length; at += 3)
      if ((at / 3) % 2400 > 750) noise.copy(pixels, at, at, at + 3);
    const wide = sharp(pixels, { raw: { width: 2400, height: 1800, channels: 3 } }).withIccProfile("p3", {
      attach: true,
    });
    const local = await (
      format === "jpeg"
        ? wide.jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
        : format === "png"
          ? wide.png()
          : wide.webp({ lossless: true })
    ).toBuffer();
    const { sent, ready } = await save(local, `a.${format}`);
    expect(ready.type).toBe("image/jpeg");
    expect(ready.hash).not.toBe(sha256(local));
    const corner = { left: 8, top: 8, width: 64, height: 64 };
    const [before, after] = await Promise.all(
      [local, sent].map((file) => sharp(file).extract(corner).withIccProfile("p3").png().toBuffer()),
    );
    const mean = async (file: Buffer | undefined): Promise<number[]> =>
      (await sharp(file).stats()).channels.slice(0, 3).map((channel) => Math.round(channel.mean));
    const [was, is] = await Promise.all([mean(before), mean(after)]);
    is.forEach((value, channel) => {
      expect(
        Math.abs(value - (was[channel] ?? 0)),
        `channel ${String(channel)} of ${was.join()} → ${is.join()}`,
      ).toBeLessThan(6);
    });
  });
});

describe("a large photo that is damaged", () => {
  it("gives a copy to send or a reason, whatever the damage", async () => {
    const whole = await toldPhoto("jpeg", 6);
    const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
    console.log(`seed of the damaged photos: ${String(seed)} (SEED=… runs them again)`);
    // A small generator of chance that a seed repeats.
    let state = seed;
    const chance = (): number => (state = (state * 48_271 + 11) % 0x7fff_ffff) / 0x7fff_ffff;
    const fates = new Set<string>();
    for (let index = 0; index < 15; index += 1) {
      const damaged = Buffer.from(whole);
      for (let harm = 0; harm < 5; harm += 1) {
        // Half of it in the header and what is told there, half in the coded picture.
        const most = harm % 2 === 0 ? 3000 : damaged.length;
        damaged[Math.floor(chance() * most)] = Math.floor(chance() * 256);
      }
      const cut = index % 4 === 0 ? Math.floor(chance() * damaged.length) : damaged.length;
      const local = damaged.subarray(0, cut);
      const outcome = await page.prepare(local, "a.jpg", SAVED);
      fates.add("skip" in outcome ? "skip" : outcome.ready.hash === sha256(local) ? "left" : "made");
    }
    expect([...fates]).toEqual(expect.arrayContaining(["left", "made"]));
  }, 300_000);
});
