import { describe, expect, it } from "vitest";
import exifr from "exifr";
import sharp from "sharp";
import type { PlainClient, WireItem } from "./plain-client";
import { photo } from "./sample-photos";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

/** Adds a picture and answers the address of its bytes. */
async function baseUrlOf(client: PlainClient, bytes: Uint8Array, name = "picture.png"): Promise<string> {
  const { id } = await client.add(bytes, name);
  return (await client.get<WireItem>(`/v1/mediaItems/${id}`)).body.baseUrl ?? "";
}

const bytesAt = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

/** A picture's EXIF as two independent readers find it: one the block in its container, one the tags in that. */
async function exifOf(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const { exif } = await sharp(bytes).metadata();
  const block = exif?.subarray(exif.toString("latin1", 0, 4) === "Exif" ? 6 : 0) ?? Buffer.alloc(0);
  return ((await exifr.parse(block, { gps: true, exif: true })) ?? {}) as Record<string, unknown>;
}

describe("a download", () => {
  it.each(["jpeg", "png", "webp", "avif"] as const)(
    "of a %s is the same bytes but for the place",
    async (format) => {
      const { client } = await emulator();
      const original = await photo({ format, gps: true });
      expect(await exifOf(original), "the test's own picture has a place").toMatchObject({ latitude: 51.5 });
      const bytes = await bytesAt(`${await baseUrlOf(client, original)}=d`);
      const kept = await exifOf(bytes);
      expect(kept).toMatchObject({ Make: "Maker", OffsetTimeOriginal: "+02:00" });
      expect(Object.keys(kept).filter((name) => /gps|latitude/i.test(name))).toEqual([]);
      expect(bytes.length).toBe(original.length);
      const pixels = (of: Uint8Array): Promise<Buffer> => sharp(of).raw().toBuffer();
      expect((await pixels(bytes)).equals(await pixels(original))).toBe(true);
    },
  );

  it("of a picture without a place is its bytes, each one", async () => {
    const { client } = await emulator();
    const original = await photo({ format: "jpeg" });
    expect((await bytesAt(`${await baseUrlOf(client, original)}=d`)).equals(original)).toBe(true);
  });

  it("keeps the place, or compresses anew, by the switches", async () => {
    const { google, client } = await emulator({ gpsInDownloads: true });
    const original = await photo({ format: "jpeg", gps: true, width: 400, noise: true });
    const url = await baseUrlOf(client, original, "p.jpg");
    expect((await bytesAt(`${url}=d`)).equals(original)).toBe(true);
    google.set({ recompressed: true });
    const smaller = await bytesAt(`${url}=d`);
    expect(smaller.length).toBeLessThan(original.length);
    expect((await sharp(smaller).metadata()).width).toBe(400);
  });

  it("has its name and type, answers HEAD, and serves ranges", async () => {
    const { google, client } = await emulator();
    const original = png(1, 100);
    const url = `${await baseUrlOf(client, original, "Grüße.png")}=d`;
    const head = await fetch(url, { method: "HEAD" });
    expect([head.status, head.headers.get("content-type"), head.headers.get("content-length")]).toEqual([
      200,
      "image/png",
      String(original.length),
    ]);
    expect(head.headers.get("content-disposition")).toContain("filename*=UTF-8''Gr%C3%BC%C3%9Fe.png");
    const part = async (range: string): Promise<[number, string | null, Buffer]> => {
      const response = await fetch(url, { headers: { range } });
      return [
        response.status,
        response.headers.get("content-range"),
        Buffer.from(await response.arrayBuffer()),
      ];
    };
    const size = original.length;
    expect(await part("bytes=0-9")).toEqual([206, `bytes 0-9/${size}`, original.subarray(0, 10)]);
    expect(await part("bytes=20-")).toEqual([206, `bytes 20-${size - 1}/${size}`, original.subarray(20)]);
    expect(await part("bytes=-5")).toEqual([
      206,
      `bytes ${size - 5}-${size - 1}/${size}`,
      original.subarray(-5),
    ]);
    expect((await part(`bytes=${size}-`)).slice(0, 2)).toEqual([416, `bytes */${size}`]);
    expect(google.requests.counts().other).toBe(1);
  });

  it("fits a size, or is cut to it", async () => {
    const { client } = await emulator();
    const url = await baseUrlOf(client, await photo({ format: "jpeg", width: 400 }));
    const size = async (suffix: string): Promise<[number, number]> => {
      const { width, height } = await sharp(await bytesAt(`${url}=${suffix}`)).metadata();
      return [width, height];
    };
    expect([await size("w100"), await size("w200-h75"), await size("w100-h100-c")]).toEqual([
      [100, 75],
      [100, 75],
      [100, 100],
    ]);
  });

  it("is refused for what is no address or no size, and counts on a quota of its own", async () => {
    const { google, client } = await emulator({ downloadNeedsBearer: true, dailyDownloads: 1 });
    const url = await baseUrlOf(client, png());
    const status = async (address: string, signed = true): Promise<number> =>
      (await fetch(address, signed ? { headers: { authorization: `Bearer ${client.accessToken}` } } : {}))
        .status;
    expect(await status(url.replace(/.$/, (letter) => (letter === "A" ? "B" : "A")) + "=d")).toBe(404);
    expect(await status(`${url}=d`, false)).toBe(403);
    google.set({ dailyDownloads: 0 });
    expect([await status(`${url}=huge`), await status(`${url}=dv`), await status(`${url}=d`)]).toEqual([
      400, 404, 200,
    ]);
    google.set({ dailyDownloads: 1 });
    expect([await status(`${url}=d`), await status(`${url}=d`)]).toEqual([200, 429]);
  });
});
