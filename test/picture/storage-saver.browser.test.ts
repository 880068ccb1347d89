import exifr from "exifr";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chromiumPath } from "../../scripts/ready.mjs";
import type { Recipe } from "../../src/model";
import { makePhoto } from "../vault-maker/photos";
import { bitmap } from "./sample-files";
import { likeness } from "./likeness";
import { sha256 } from "./memory-image";
import { openPicturePage, type PageOutcome, type PicturePage } from "./picture-page";
import { photo, toldPhoto } from "./told-photos";

const SAVED: Recipe = { quality: "storage-saver", dated: false };

interface Saved extends Exclude<PageOutcome, { skip: unknown }> {
  /** Another picture is sent than the local one. */
  readonly isAnew: boolean;
}

let page: PicturePage;
beforeAll(async () => {
  page = await openPicturePage(chromiumPath());
});
afterAll(async () => {
  await page.close();
});

async function save(bytes: Buffer, name = "a.jpg", where = page, recipe = SAVED): Promise<Saved> {
  const outcome = await where.prepare(bytes, name, recipe);
  if ("skip" in outcome) throw new Error(`was skipped: ${outcome.skip}`);
  expect(outcome.ready.hash).toBe(sha256(outcome.sent));
  return { ...outcome, isAnew: sha256(outcome.sent) !== sha256(bytes) };
}

/** How coarsely a JPEG is coded: the steps of its first table (ITU-T T.81, B.2.4.1), summed up. */
function coarseness(jpeg: Buffer): number {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xdb])) + 5;
  return jpeg.subarray(at, at + 64).reduce((sum, step) => sum + step, 0);
}

/** Tags of the copy's own shape, and what only PNG has; how XMP came along is looked at by itself. */
const OF_ITS_OWN =
  /^(?:Orientation|(?:Exif)?Image(?:Width|Height)|XML:.*|ProfileName|BitDepth|ColorType|Compression|Filter|Interlace)$/;

describe("a photo of 24 megapixels", () => {
  it("passes through at 16 megapixels and a fraction of the bytes, and the page never waits 50 ms", async () => {
    const local = await photo(6000, 4000);
    const { sent, ready, longest } = await save(local);
    expect(ready).toMatchObject({ type: "image/jpeg", extension: "jpg" });
    expect(await sharp(sent).metadata()).toMatchObject({ format: "jpeg", width: 4898, height: 3265 });
    expect(sent.length / local.length).toBeLessThan(0.5);
    expect(await likeness(local, sent)).toBeGreaterThanOrEqual(0.97);
    expect(longest).toBeLessThan(50);
  });
});

describe("a photo within 16 megapixels", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "of orientation %i comes out upright, and says so",
    async (orientation) => {
      const local = await toldPhoto("jpeg", orientation);
      const { sent } = await save(local);
      const { width, height } = await sharp(sent).metadata();
      expect({ width, height }).toEqual(
        orientation < 5 ? { width: 2100, height: 1400 } : { width: 1400, height: 2100 },
      );
      expect(await likeness(local, sent)).toBeGreaterThanOrEqual(0.97);
      const told: unknown = await exifr.parse(sent, {
        xmp: true,
        translateValues: false,
        multiSegment: true,
      });
      expect(told).toMatchObject({ Orientation: 1, ExifImageWidth: width, ExifImageHeight: height });
      expect(sent.toString("latin1")).not.toContain("tiff:Orientation");
    },
  );

  it.each(["jpeg", "png", "webp"] as const)(
    "keeps every tag of %s but those of its own shape",
    async (format) => {
      const local = await toldPhoto(format, 6);
      const { sent, ready } = await save(local);
      expect(ready.type).toBe("image/jpeg");
      const options = {
        reviveValues: false,
        translateValues: false,
        userComment: true,
        makerNote: true,
        xmp: true,
      };
      // exifr reads no WebP, but the block that is taken out of it.
      const readable =
        format === "webp" ? ((await sharp(local).metadata()).exif?.subarray(6) ?? local) : local;
      const before = (await exifr.parse(readable, options)) as Record<string, unknown>;
      const after = (await exifr.parse(sent, options)) as Record<string, unknown>;
      expect(Object.keys(before).length).toBeGreaterThan(12);
      for (const [tag, value] of Object.entries(before)) {
        if (!OF_ITS_OWN.test(tag)) expect(after[tag], tag).toEqual(value);
      }
      const place = await exifr.gps(sent);
      expect(place.latitude).toBeCloseTo(52.52, 6);
      expect(place.longitude).toBeCloseTo(13.41, 6);
      expect(sent.toString("latin1")).toContain('xmp:Rating="4"');
    },
  );

  it("is found in a PNG, and becomes a JPEG", async () => {
    const local = await makePhoto({ width: 1400, height: 1100, seed: 9, kind: "photo", format: "png" });
    const { sent, ready } = await save(local, "a.png");
    expect(ready).toMatchObject({ type: "image/jpeg", extension: "jpg" });
    expect(sent.length).toBeLessThan(local.length / 4);
    expect(await likeness(local, sent)).toBeGreaterThanOrEqual(0.97);
  });

  it("gets a quality of its own: more where there is fine detail everywhere", async () => {
    const grain = await sharp({
      create: {
        width: 1300,
        height: 950,
        channels: 3,
        noise: { type: "gaussian", mean: 128, sigma: 50 },
        background: "grey",
      },
    })
      .jpeg({ quality: 100 })
      .toBuffer();
    const [fine, plain] = [await save(grain), await save(await photo(2400, 1800))];
    expect([fine.isAnew, plain.isAnew]).toEqual([true, true]);
    expect(coarseness(fine.sent)).toBeLessThan(coarseness(plain.sent));
    expect(await likeness(grain, fine.sent)).toBeGreaterThanOrEqual(0.97);
  });

  it("gets its date after it was made anew", async () => {
    const local = await photo(2400, 1800);
    const { sent } = await save(local, "IMG_20220611_184512.jpg", page, { ...SAVED, dated: true });
    expect(sent.length).toBeLessThan(local.length);
    const told = (await exifr.parse(sent, { reviveValues: false })) as Record<string, unknown>;
    expect(told["DateTimeOriginal"]).toBe("2022:06:11 18:45:12");
  });

  it("goes as it is where coding it anew would not pay", async () => {
    const local = await sharp(await photo(4000, 3000))
      .jpeg({ quality: 60 })
      .toBuffer();
    expect(local.length).toBeGreaterThan(1_000_000);
    expect((await save(local)).isAnew).toBe(false);
  });
});

describe("a screenshot or drawing", () => {
  it("stays as it is within 16 megapixels", async () => {
    const local = await sharp(
      await makePhoto({ width: 1500, height: 1000, seed: 2, kind: "screenshot", format: "png" }),
    )
      .png({ compressionLevel: 0 })
      .toBuffer();
    expect((await save(local, "a.png")).isAnew).toBe(false);
  });

  it("over 16 megapixels becomes smaller and cannot be told from a good downscale", async () => {
    const local = await sharp(
      await makePhoto({ width: 5000, height: 3300, seed: 2, kind: "screenshot", format: "png" }),
    )
      .png({ compressionLevel: 1 })
      .withExif({ IFD0: { Copyright: "somebody" } })
      .toBuffer();
    const { sent, ready } = await save(local, "a.png");
    const { width, height, format } = await sharp(sent).metadata();
    expect(ready.type).toBe(`image/${format}`);
    expect(width * height).toBeLessThanOrEqual(16_000_000);
    expect(sent.length).toBeLessThanOrEqual(local.length + 1000);
    expect(await likeness(local, sent)).toBeGreaterThanOrEqual(0.99);
    expect(((await exifr.parse(sent)) as Record<string, unknown>)["Copyright"]).toBe("somebody");
  });

  it("of a bitmap is packed without losing a point", async () => {
    const local = bitmap(900, 700);
    const { sent, ready } = await save(local, "a.bmp");
    expect(ready).toMatchObject({ type: "image/png", extension: "png" });
    const { data } = await sharp(sent).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    expect(data.every((value) => value === 0x7f)).toBe(true);
    expect(sent.length).toBeLessThan(local.length / 10);
  });

  it("that lets something through stays as it is", async () => {
    const local = await sharp(await photo(1200, 1000))
      .ensureAlpha(0.6)
      .png()
      .toBuffer();
    expect((await save(local, "a.png")).isAnew).toBe(false);
  });
});

describe("what cannot be decoded here", () => {
  it("goes as it is", async () => {
    const local = await sharp(await photo(2400, 1800))
      .jpeg({ quality: 95 })
      .toBuffer();
    local.fill(0xff, 700, 5000);
    const outcome = await page.prepare(local, "a.jpg", SAVED);
    expect(outcome).toSatisfy(
      (answer: PageOutcome) => "skip" in answer || answer.ready.hash === sha256(local),
    );
  });

  it("nor held: goes as it is, too", async () => {
    const small = await openPicturePage(chromiumPath(), { pictures: { mostDecoded: 5_000_000 } });
    const local = await photo(3000, 2000);
    expect((await save(local, "a.jpg", small)).isAnew).toBe(false);
    expect((await save(local)).isAnew, "where there is room").toBe(true);
    await small.close();
  });
});

describe("a host without", () => {
  it.each([
    ["workers", { worker: false }],
    ["OffscreenCanvas", { offscreen: false }],
    ["leave to start workers", { policy: "worker-src 'none'" }],
  ])("%s makes the same copy", async (_what, options) => {
    const local = await photo(2400, 1800);
    const poor = await openPicturePage(chromiumPath(), options);
    const [one, other] = [await save(local), await save(local, "a.jpg", poor)];
    await poor.close();
    expect(other.isAnew).toBe(true);
    expect(other.sent.length / one.sent.length).toBeCloseTo(1, 1);
  });

  it("any canvas sends the picture as it is", async () => {
    const local = await photo(2400, 1800);
    const poor = await openPicturePage(chromiumPath(), { worker: false, offscreen: false });
    const { isAnew } = await save(local, "a.jpg", poor);
    await poor.close();
    expect(isAnew).toBe(false);
  });

  it("the encoder it is asked for sends the picture as it is", async () => {
    const poor = await openPicturePage(chromiumPath(), {
      worker: false,
      first: `const real = OffscreenCanvas.prototype.convertToBlob;
        OffscreenCanvas.prototype.convertToBlob = function () { return real.call(this, { type: "image/png" }); };`,
    });
    const local = await photo(2400, 1800);
    const { sent } = await save(local, "a.jpg", poor);
    await poor.close();
    expect(sha256(sent)).toBe(sha256(local));
  });
});

describe("a picture that takes long", () => {
  let slow: PicturePage;
  beforeEach(async () => {
    // Its bytes reach the worker when the test says so.
    slow = await openPicturePage(chromiumPath(), {
      first: `const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (...sent) { window.letGo = () => post.apply(this, sent); };`,
    });
    await slow.page.clock.install();
  });
  afterEach(() => slow.close());

  const whenAsked = (): Promise<unknown> => slow.page.waitForFunction("window.letGo");

  it("is waited for over a sleep of the device, in which the page does not run", async () => {
    const saving = save(await photo(2400, 1800), "a.jpg", slow);
    await whenAsked();
    await slow.page.clock.fastForward(180_000);
    await slow.page.evaluate("letGo()");
    expect((await saving).isAnew).toBe(true);
  });

  it("goes as it is after two minutes in which the page ran", async () => {
    const saving = save(await photo(2400, 1800), "a.jpg", slow);
    await whenAsked();
    await slow.page.clock.runFor(120_000);
    expect((await saving).isAnew).toBe(false);
  });
});

describe("a picture that nobody wants any more", () => {
  it("is given up at once, and the next one is made", async () => {
    const local = await photo(6000, 4000);
    expect(await page.prepareAndAbort(local, "a.jpg", SAVED, 60)).toBe("Error: no longer wanted");
    expect((await save(await photo(2400, 1800))).isAnew).toBe(true);
  });

  it("holds up none of those that wait behind it", async () => {
    const local = await photo(2400, 1800);
    const answers = await Promise.all([
      page.prepareAndAbort(local, "a.jpg", SAVED, 60),
      save(local),
      save(local),
    ]);
    expect(answers[1].isAnew).toBe(true);
    expect(sha256(answers[1].sent)).toBe(sha256(answers[2].sent));
  });
});
