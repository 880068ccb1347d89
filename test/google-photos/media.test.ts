import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import exifr from "exifr";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { describeMedia } from "./media/describe";
import { exifDate } from "./media/exif";
import { withoutLocation } from "./media/location";
import { photo } from "./sample-photos";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const red = { create: { width: 40, height: 30, channels: 3 as const, background: "red" } };

describe("an item's date", () => {
  it("comes with the camera that took it", async () => {
    const { client } = await emulator();
    const item = await client.add(await photo({ format: "jpeg" }), "p.jpg");
    expect(item.mediaMetadata.photo).toEqual({ cameraMake: "Maker", cameraModel: "Model 1" });
  });

  it("is always the upload's where the switch says so", async () => {
    const { google, client } = await emulator({ creationTime: "upload" });
    const item = await client.add(await photo({ format: "jpeg" }), "p.jpg");
    expect(Math.abs(Date.parse(item.mediaMetadata.creationTime) - google.clock.now())).toBeLessThan(5000);
  });

  it("is what a date filter goes by, and an item without a capture date never matches one", async () => {
    const { client } = await emulator();
    const dated = await client.add(await photo({ format: "png" }), "dated.png");
    await client.add(png(), "undated.png");
    const search = async (dateFilter: unknown, orderBy?: string): Promise<string[]> => {
      const { body } = await client.post<{ mediaItems?: { id: string }[] }>("/v1/mediaItems:search", {
        filters: { dateFilter },
        orderBy,
      });
      return (body.mediaItems ?? []).map(({ id }) => id);
    };
    const year = new Date().getUTCFullYear();
    expect(await search({ dates: [{ year: 2021, month: 2, day: 3 }] })).toEqual([dated.id]);
    expect(await search({ dates: [{ year: 0, month: 2, day: 3 }] }, "MediaMetadata.creation_time")).toEqual([
      dated.id,
    ]);
    expect(await search({ dates: [{ year }] })).toEqual([]);
    const day = (dayOfMonth: number) => ({ year: 2021, month: 2, day: dayOfMonth });
    expect(await search({ ranges: [{ startDate: day(1), endDate: day(3) }] })).toEqual([dated.id]);
    expect(await search({ ranges: [{ startDate: day(4), endDate: day(9) }] })).toEqual([]);
  });

  it("is needed for an order; filters have their limits", async () => {
    const { client } = await emulator();
    const albumId = await client.album("A");
    const search = (body: unknown) => client.post("/v1/mediaItems:search", body);
    const dates = Array.from({ length: 6 }, () => ({ year: 2021 }));
    const both = { includedContentCategories: ["PETS"], excludedContentCategories: ["PETS"] };
    for (const body of [
      { orderBy: "MediaMetadata.creation_time" },
      { albumId, filters: {} },
      { albumId: "none" },
      { filters: { dateFilter: { dates } } },
      { filters: { contentFilter: both } },
      { filters: { mediaTypeFilter: { mediaTypes: ["PHOTO", "VIDEO"] } } },
    ]) {
      expect((await search(body)).status, JSON.stringify(body)).toBe(400);
    }
  });
});

describe("what bytes are", () => {
  it.each(["jpeg", "png", "webp", "avif"] as const)("is seen in a %s, with date and size", async (format) => {
    const captured = Date.parse("2021-02-03T04:05:06+02:00");
    expect(describeMedia(await photo({ format }))).toMatchObject({
      kind: "photo",
      mimeType: `image/${format}`,
      width: 40,
      height: 30,
      captured,
    });
  });

  it.each(["gif", "tiff"] as const)("is seen in a %s", async (format) => {
    const bytes = await sharp(red).toFormat(format).toBuffer();
    expect(describeMedia(bytes)).toMatchObject({ mimeType: `image/${format}`, width: 40, height: 30 });
  });

  it("is seen in a BMP and an ICO", () => {
    const bmp = Buffer.alloc(54 + 16);
    bmp.write("BM", 0, "latin1");
    for (const [value, at] of [
      [70, 2],
      [54, 10],
      [40, 14],
      [2, 18],
      [2, 22],
    ] as const)
      bmp.writeUInt32LE(value, at);
    expect(describeMedia(bmp)).toMatchObject({ mimeType: "image/bmp", width: 2, height: 2 });
    const inner = png();
    const ico = Buffer.alloc(22);
    ico.writeUInt16LE(1, 2);
    ico.writeUInt16LE(1, 4);
    ico.set([4, 3], 6);
    ico.writeUInt32LE(inner.length, 14);
    ico.writeUInt32LE(22, 18);
    expect(describeMedia(Buffer.concat([ico, inner]))?.mimeType).toBe("image/x-icon");
  });

  it("is seen in a video, which needs its table of contents", () => {
    const box = (type: string, content: Buffer): Buffer => {
      const head = Buffer.alloc(8);
      head.writeUInt32BE(8 + content.length);
      head.write(type, 4, "latin1");
      return Buffer.concat([head, content]);
    };
    const start = box("ftyp", Buffer.from("isom\0\0\0\0isom", "latin1"));
    const whole = Buffer.concat([start, box("moov", Buffer.alloc(100)), box("mdat", Buffer.alloc(100))]);
    expect(describeMedia(whole)).toMatchObject({ kind: "video", mimeType: "video/mp4" });
    expect(describeMedia(whole.subarray(0, -10))).toBeNull();
    expect(describeMedia(start)).toBeNull();
  });

  it("is turned with its orientation", async () => {
    const bytes = await sharp(red).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    expect(describeMedia(bytes)).toMatchObject({ width: 30, height: 40 });
  });

  it.each(["jpeg", "png", "webp", "avif"] as const)(
    "is not seen in a %s that breaks off, nor in any beginning of it",
    async (format) => {
      const bytes = await photo({ format, gps: true });
      const headOnly = format === "jpeg" ? bytes.indexOf(Buffer.from([0xff, 0xda])) : bytes.length - 1;
      for (let end = 0; end <= headOnly; end += 7) {
        expect(describeMedia(bytes.subarray(0, end)), `the first ${end} bytes`).toBeNull();
      }
    },
  );

  it.each([
    "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "%PDF-1.7\n%",
    "\xff\x0a\xfa\x7f jxl",
    "GIF89a",
    "BM",
    "RIFF....WEBP",
    "II*\0",
  ])("is nothing the service takes: %j", (text) => {
    expect(describeMedia(Buffer.from(text.padEnd(500, " "), "latin1"))).toBeNull();
  });

  it("is dated by its zone, else as UTC, and not at all by nonsense", () => {
    expect(exifDate("2024:08:18 09:17:44", "-03:30")).toBe(Date.parse("2024-08-18T12:47:44Z"));
    expect(exifDate("2024:08:18 09:17:44", undefined)).toBe(Date.parse("2024-08-18T09:17:44Z"));
    expect([
      exifDate("0000:00:00 00:00:00", undefined),
      exifDate("    :  :  ", undefined),
      exifDate(undefined, undefined),
    ]).toEqual([null, null, null]);
  });
});

const testData = process.env["TEST_DATA"];

describe.skipIf(testData === undefined)("real photos", () => {
  const folder = join(testData ?? "", "photos");
  const files = readdirSync(testData === undefined ? "." : folder, {
    recursive: true,
    encoding: "utf8",
  }).filter((name) => /\.(jpe?g|heic)$/i.test(name));

  it("are dated as an independent reader dates them, and lose their place and nothing else", async () => {
    expect(files.length).toBeGreaterThan(30);
    for (const name of files) {
      const bytes = readFileSync(join(folder, name));
      const media = describeMedia(bytes);
      expect(media, name).not.toBeNull();
      const read = (of: Uint8Array) =>
        exifr.parse(of, { gps: true, exif: true, reviveValues: false, mergeOutput: true }) as Promise<
          Record<string, unknown> | undefined
        >;
      const exif = await read(bytes);
      const offset = exif?.["OffsetTimeOriginal"] as string | undefined;
      expect(media?.captured ?? null, name).toBe(
        exifDate(exif?.["DateTimeOriginal"] as string | undefined, offset),
      );
      const stripped = withoutLocation(bytes, media?.mimeType ?? "");
      const { latitude, longitude, ...rest } = (await read(stripped)) ?? {};
      expect([latitude, longitude], name).toEqual([undefined, undefined]);
      const kept = Object.entries(exif ?? {}).filter(([key]) => !/^GPS|^latitude$|^longitude$/.test(key));
      expect(rest, name).toEqual(Object.fromEntries(kept));
    }
  });
});
