import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { createPictures } from "../../src/picture";
import type { FormatName } from "../../src/picture/content/formats";
import { sizeToSave } from "../../src/picture/saver/leave";
import { bitmap, box, drawn, jpegWith, pngWith } from "./sample-files";
import { imageNamed, memorySource, neverAborted, sha256 } from "./memory-image";

const MOST_DECODED = 100_000_000;

/** What Storage saver makes of a file: nothing, or one of the size it found. Small ones are made large by what stands behind them. */
function seen(format: FormatName, bytes: Buffer, grown = true): string {
  const large = grown ? Buffer.concat([bytes, Buffer.alloc(1_000_000)]) : bytes;
  const size = sizeToSave({ format, bytes: new Uint8Array(large), mostDecoded: MOST_DECODED });
  return size ? `${String(size.width)} × ${String(size.height)}` : "left";
}

const xmp = (words: string): Promise<Buffer> =>
  jpegWith(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${words}`);

async function frames(): Promise<sharp.Sharp> {
  const frame = await drawn().raw().toBuffer();
  return sharp(Buffer.concat([frame, frame.map((value) => 255 - value)]), {
    raw: { width: 48, height: 64, channels: 3, pageHeight: 32 },
  });
}

describe("Storage saver leaves as it is", () => {
  it("what is small", async () => {
    expect(seen("jpeg", await drawn().jpeg().toBuffer(), false)).toBe("left");
    expect(seen("jpeg", await drawn().jpeg().toBuffer())).toBe("48 × 32");
  });

  it("but not what nothing speaks against, whatever else is told of it", async () => {
    expect(seen("jpeg", await xmp('xmp:Rating="4"'))).toBe("48 × 32");
    expect(seen("jpeg", await jpegWith(0xe2, "urn:iso:std:iso:ts:1\0\0"))).toBe("48 × 32");
    expect(seen("png", await pngWith("tEXt", Buffer.from("Title\0exif")))).toBe("48 × 32");
    expect(seen("webp", await drawn().webp().toBuffer())).toBe("48 × 32");
  });

  it("but not what is small in bytes and has over 16 megapixels", async () => {
    const wide = await sharp({ create: { width: 5000, height: 4000, channels: 3, background: "white" } })
      .png()
      .toBuffer();
    expect(wide.length).toBeLessThan(1_000_000);
    expect(seen("png", wide, false)).toBe("5000 × 4000");
  });

  it("what this device cannot hold", async () => {
    const vast = await drawn().png().toBuffer();
    vast.writeUInt32BE(20_000, 16);
    vast.writeUInt32BE(20_000, 20);
    expect(seen("png", vast)).toBe("left");
  });

  it("animations", async () => {
    expect(seen("webp", await (await frames()).webp().toBuffer())).toBe("left");
    expect(seen("png", await pngWith("acTL", Buffer.alloc(8)))).toBe("left");
    expect(seen("gif", await (await frames()).gif().toBuffer())).toBe("left");
  });

  it("what has more than eight bits a colour", async () => {
    const deep = await drawn().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe("ushort");
    expect(seen("png", deep)).toBe("left");
    expect(seen("png", await pngWith("cICP", Buffer.from([9, 16, 0, 1])))).toBe("left");
  });

  it("gain maps of every kind", async () => {
    expect(seen("jpeg", await xmp('hdrgm:Version="1.0"'))).toBe("left");
    expect(seen("jpeg", await xmp('Item:Semantic="GainMap"'))).toBe("left");
    expect(seen("jpeg", await jpegWith(0xe2, "urn:iso:std:iso:ts:21496:-1\0\0"))).toBe("left");
    const second = await xmp("urn:com:apple:photo:2020:aux:hdrgainmap");
    expect(seen("jpeg", Buffer.concat([await drawn().jpeg().toBuffer(), second]))).toBe("left");
  });

  it("motion photos", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    const film = Buffer.concat([box("ftyp", "isom\0\0\0\0isom"), box("mdat", Buffer.alloc(100))]);
    expect(seen("jpeg", await xmp('GCamera:MotionPhoto="1"'))).toBe("left");
    expect(seen("jpeg", await xmp('GCamera:MicroVideo="1"'))).toBe("left");
    expect(seen("jpeg", Buffer.concat([jpeg, film]))).toBe("left");
    expect(seen("jpeg", Buffer.concat([jpeg, Buffer.from("MotionPhoto_Data")]))).toBe("left");
  });

  it("panoramas that know their place on the sphere, and photos with depth", async () => {
    expect(seen("jpeg", await xmp('GPano:ProjectionType="equirectangular"'))).toBe("left");
    expect(seen("jpeg", await xmp('GDepth:Format="RangeInverse"'))).toBe("left");
  });

  it("colours and codings that browsers do not know", async () => {
    const cmyk = await drawn().toColourspace("cmyk").jpeg().toBuffer();
    expect(seen("jpeg", cmyk)).toBe("left");
    const arithmetic = await drawn().jpeg().toBuffer();
    arithmetic[arithmetic.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
    expect(seen("jpeg", arithmetic)).toBe("left");
  });

  it("formats that are not made anew", async () => {
    for (const format of ["gif", "avif", "heic", "tiff", "ico", "dng", "cr3"] as const) {
      expect(seen(format, await drawn().jpeg().toBuffer())).toBe("left");
    }
  });

  it("metadata that could not be carried over", async () => {
    expect(seen("png", await pngWith("tEXt", Buffer.from("Raw profile type exif\0\nexif\n 12\n")))).toBe(
      "left",
    );
  });

  it("everything where the host can decode nothing, and still dates it", async () => {
    const bytes = bitmap(700, 700);
    const outcome = await createPictures().prepare(
      imageNamed("a.bmp", bytes.length),
      memorySource(bytes),
      { quality: "storage-saver", dated: true },
      neverAborted,
    );
    expect(outcome).toMatchObject({
      ready: { type: "image/bmp", hash: sha256(bytes) },
    });
  });
});
