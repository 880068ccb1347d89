import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { ByteSource, Recipe } from "../../src/model";
import { createPictures } from "../../src/picture";
import { bitmap, box, drawn, madeFiles } from "./sample-files";
import { imageNamed, memorySource, neverAborted, sha256 } from "./memory-image";

const AS_IT_IS: Recipe = { quality: "original", dated: false };

/** What becomes of a file: its sent type and extension, or the reason why it is skipped. */
async function fate(name: string, bytes: Uint8Array): Promise<string> {
  const pictures = createPictures();
  const outcome = await pictures.prepare(
    imageNamed(name, bytes.length),
    memorySource(bytes),
    AS_IT_IS,
    neverAborted,
  );
  return "skip" in outcome ? outcome.skip : `${outcome.ready.type} ${outcome.ready.extension}`;
}

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const padded = (text: string): Buffer => Buffer.concat([latin1(text), Buffer.alloc(64, 0x20)]);

describe("the type of a picture", () => {
  it("is told by the content of every type we can make", async () => {
    const fates = await Promise.all(
      (await madeFiles()).map(async ({ name, bytes }) => [name, await fate(name, bytes)]),
    );
    for (const [name = "", answer] of fates) {
      const extension = name.split(".")[1] ?? "";
      expect(answer, name).toBe(`image/${extension === "jpg" ? "jpeg" : extension} ${extension}`);
    }
  });

  it("wins over a name that says otherwise", async () => {
    expect(await fate("photo.jpg", await drawn().png().toBuffer())).toBe("image/png png");
    expect(await fate("drawing.svg", await drawn().jpeg().toBuffer())).toBe("image/jpeg jpg");
  });

  it("leaves a name's own right extension as it is, in lower case", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    expect(await fate("a.jpeg", jpeg)).toBe("image/jpeg jpeg");
    expect(await fate("a.JPG", jpeg)).toBe("image/jpeg jpg");
    expect(await fate("a.tif", await drawn().tiff().toBuffer())).toBe("image/tiff tif");
  });

  const meta = box("meta", Buffer.alloc(20));
  const tiff = latin1("II*\0\x08\0\0\0\x01\0\x00\x01\x03\0\x01\0\0\0\x10\0\0\0\0\0\0\0");
  const cases: readonly (readonly [string, Buffer, string])[] = [
    ["a.heic", Buffer.concat([box("ftyp", "heic\0\0\0\0mif1heic"), meta]), "image/heic heic"],
    ["a.heic", Buffer.concat([box("ftyp", "mif1\0\0\0\0mif1heic"), meta]), "image/heic heic"],
    ["a.avif", Buffer.concat([box("ftyp", "mif1\0\0\0\0mif1avif"), meta]), "image/avif avif"],
    ["a.cr3", Buffer.concat([box("ftyp", "crx \0\0\0\0crx "), box("moov", "x")]), "image/x-canon-cr3 cr3"],
    ["a.dng", tiff, "image/x-adobe-dng dng"],
    ["a.nef", tiff, "image/x-nikon-nef nef"],
    ["a.png", tiff, "image/tiff tiff"],
    // What CR3 keeps in boxes is not looked for in a TIFF that only bears its name.
    ["a.cr3", tiff, "image/tiff tiff"],
    ["a.cr2", latin1("II*\0\x10\0\0\0CR\x02\0\0\0\0\0\x01\0" + "\0".repeat(16)), "image/x-canon-cr2 cr2"],
    ["a.raf", padded("FUJIFILMCCD-RAW 0201"), "image/x-fuji-raf raf"],
    ["a.orf", padded("IIRO\x08\0\0\0"), "image/x-olympus-orf orf"],
    ["a.rw2", padded("IIU\0\x08\0\0\0"), "image/x-panasonic-rw2 rw2"],
    ["a.bmp", bitmap(2, 2), "image/bmp bmp"],
    [
      "a.svg",
      Buffer.from("\ufeff<?xml version='1.0'?><!-- <b> --><!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg/>"),
      "type",
    ],
    ["a.png", latin1("  <svg xmlns='http://www.w3.org/2000/svg'></svg>"), "type"],
    ["a.png", latin1("<!---->".repeat(500)), "not-an-image"],
    ["a.png", padded("%PDF-1.7"), "type"],
    ["a.png", padded("8BPS\0\x01"), "type"],
    ["a.jpg", padded("\xff\x4f\xff\x51"), "type"],
    ["a.mp4", padded("OggS"), "type"],
    ["a.jpg", padded("\xff\x0a jxl"), "type"],
    ["a.png", latin1("# A note\nthat somebody named wrongly"), "not-an-image"],
    ["a.png", latin1("<!doctype html><title>404</title><svg/>"), "not-an-image"],
    ["a.bmp", latin1("BMW is a maker of cars and no bitmap at all"), "not-an-image"],
    ["a.webp", padded("RIFF\x20\0\0\0WAVEfmt "), "not-an-image"],
    ["a.png", Buffer.alloc(0), "empty"],
  ];
  it.each(cases)("%s, case %#", async (name, bytes, expected) => {
    expect(await fate(name, bytes)).toBe(expected);
  });
});

describe("a damaged picture", () => {
  const half = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length / 2);

  it.each([
    ["png", "broken"],
    ["webp", "broken"],
    ["avif", "broken"],
    // What viewers show in part is sent: the person sees it, too.
    ["jpg", "image/jpeg jpg"],
    ["gif", "image/gif gif"],
    ["bmp", "image/bmp bmp"],
  ])("%s, cut in its middle: %s", async (type, expected) => {
    const picture = drawn(200, 100);
    const encoders: Record<string, () => Promise<Buffer> | Buffer> = {
      png: () => picture.png().toBuffer(),
      webp: () => picture.webp().toBuffer(),
      avif: () => picture.avif().toBuffer(),
      jpg: () => picture.jpeg().toBuffer(),
      gif: () => picture.gif().toBuffer(),
      bmp: () => bitmap(200, 100),
    };
    expect(await fate(`a.${type}`, half((await encoders[type]?.()) ?? Buffer.alloc(0)))).toBe(expected);
  });

  it("is not one that lacks its end mark or has more behind it", async () => {
    const endless = { "a.png": 12, "a.jpg": 2, "a.gif": 1 };
    const files = await madeFiles();
    for (const [name, length] of Object.entries(endless)) {
      const bytes =
        files.find((file) => file.name === name.replace("a.", "plain."))?.bytes ?? Buffer.alloc(0);
      expect(await fate(name, bytes.subarray(0, bytes.length - length)), name).toMatch(/^image/);
      expect(await fate(name, Buffer.concat([bytes, Buffer.alloc(999, 0xff)])), name).toMatch(/^image/);
    }
  });

  it("is one that ends before its first pixel", async () => {
    for (const { name, bytes } of await madeFiles()) {
      if (name.endsWith(".tiff")) continue; // keeps its table where the writer likes
      expect(await fate(name, bytes.subarray(0, 30)), name).toBe("broken");
    }
  });
});

describe("a video", () => {
  const ftyp = box("ftyp", "isom\0\0\0\0isomavc1");
  const film = Buffer.concat([ftyp, box("mdat", Buffer.alloc(1000)), box("moov", "x")]);
  const stream = Buffer.alloc(188 * 5);
  for (let at = 0; at < stream.length; at += 188) stream[at] = 0x47;

  it.each([
    ["a.mp4", film, "video/mp4 mp4"],
    ["a.mov", Buffer.concat([box("ftyp", "qt  \0\0\0\0qt  "), box("moov", "x")]), "video/quicktime mov"],
    ["a.mov", Buffer.concat([box("wide"), box("mdat", "xx"), box("moov", "x")]), "video/quicktime mov"],
    ["a.3gp", Buffer.concat([box("ftyp", "3gp4\0\0\0\0"), box("moov", "x")]), "video/3gpp 3gp"],
    ["a.avi", padded("RIFF\x20\0\0\0AVI LIST"), "video/x-msvideo avi"],
    ["a.mkv", padded("\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska"), "video/x-matroska mkv"],
    ["a.mpg", padded("\x00\x00\x01\xba"), "video/mpeg mpg"],
    ["a.mts", stream, "video/mp2t mts"],
    ["a.wmv", padded("\x30\x26\xb2\x75\x8e\x66\xcf\x11"), "video/x-ms-asf wmv"],
    ["a.webm", padded("\x1a\x45\xdf\xa3\x87\x42\x82\x84webm"), "type"],
    ["a.mp4", Buffer.concat([ftyp, box("mdat", Buffer.alloc(1000))]), "broken"],
    ["a.mp4", film.subarray(0, 500), "broken"],
    // Video is a choice of its own, whatever the file is called.
    ["a.jpg", film, "type"],
  ] as const)("%s, case %#", async (name, bytes, expected) => {
    expect(await fate(name, bytes)).toBe(expected);
  });
});

describe("a large file", () => {
  /** Node's own hash, as the desktop has it. */
  function hashInPieces(): { update(piece: Uint8Array): void; digest(): string } {
    const hash = createHash("sha256");
    return { update: (piece) => void hash.update(piece), digest: () => hash.digest("hex") };
  }

  /** A file of which only the first bytes are kept; counts what is read of it. */
  function longFile(head: Uint8Array, size: number): ByteSource & { read: number; largest: number } {
    return {
      size,
      read: 0,
      largest: 0,
      slice(start, end) {
        this.read += end - start;
        this.largest = Math.max(this.largest, end - start);
        const bytes = new Uint8Array(end - start);
        if (start < head.length) bytes.set(head.subarray(start, Math.min(end, head.length)));
        return Promise.resolve(bytes);
      },
    };
  }

  it.each([
    [10_000, 10_000, undefined],
    [10_001, 10_000, true],
  ])(
    "of %i by %i pixels is sent, and noted where Google's own apps take no more",
    async (width, height, huge) => {
      const bytes = await drawn().png().toBuffer();
      bytes.writeUInt32BE(width, 16);
      bytes.writeUInt32BE(height, 20);
      const outcome = await createPictures().prepare(
        imageNamed("map.png", bytes.length),
        memorySource(bytes),
        AS_IT_IS,
        neverAborted,
      );
      expect("ready" in outcome && outcome.ready.huge).toBe(huge);
    },
  );

  it("over 200 MB is skipped before it is read", async () => {
    const source = longFile(await drawn().jpeg().toBuffer(), 200 * 2 ** 20 + 1);
    const outcome = await createPictures().prepare(
      imageNamed("a.jpg", source.size),
      source,
      AS_IT_IS,
      neverAborted,
    );
    expect(outcome).toEqual({ skip: "too-large" });
    expect(source.read).toBeLessThan(100_000);
  });

  it("is hashed in pieces, once, and is never whole in memory", async () => {
    const film = Buffer.concat([box("ftyp", "isom\0\0\0\0"), box("moov", "x")]);
    const source = longFile(film, 40 * 2 ** 20);
    const pictures = createPictures({ hashInPieces });
    const fingerprint = await pictures.fingerprint(source, neverAborted);
    const outcome = await pictures.prepare(imageNamed("a.mp4", source.size), source, AS_IT_IS, neverAborted);
    const whole = Buffer.alloc(source.size);
    film.copy(whole);
    expect(fingerprint).toBe(sha256(whole));
    expect(outcome).toMatchObject({ ready: { hash: fingerprint, source } });
    expect(source.read).toBeLessThan(source.size + 100_000);
    expect(source.largest).toBeLessThanOrEqual(2 ** 20);
  });

  it("is hashed at once where the host, such as a phone, has no hash that is fed in pieces", async () => {
    const source = longFile(Uint8Array.of(1, 2, 3), 17 * 2 ** 20);
    const whole = Buffer.alloc(source.size);
    whole.set([1, 2, 3]);
    expect(await createPictures().fingerprint(source, neverAborted)).toBe(sha256(whole));
    expect(source.read).toBe(source.size);
  });

  it("lets others have their turn while it is hashed, though all of it is at hand", async () => {
    const turns: number[] = [];
    const end = setInterval(() => turns.push(performance.now()), 1);
    const slow = (): ReturnType<typeof hashInPieces> => ({
      update: () => {
        const began = performance.now();
        while (performance.now() - began < 2);
      },
      digest: () => "ab".repeat(32),
    });
    await createPictures({ hashInPieces: slow }).fingerprint(
      longFile(new Uint8Array(0), 100 * 2 ** 20),
      neverAborted,
    );
    clearInterval(end);
    // 100 pieces of two milliseconds and more.
    expect(turns.length).toBeGreaterThan(5);
  });

  it("stops being read when nobody wants it any more", async () => {
    const source = longFile(new Uint8Array(0), 64 * 2 ** 20);
    const ending = new AbortController();
    const slice = source.slice.bind(source);
    source.slice = (start, end) => {
      if (start > 2 ** 20) ending.abort(new Error("no longer wanted"));
      return slice(start, end);
    };
    const reading = createPictures({ hashInPieces }).fingerprint(source, ending.signal);
    await expect(reading).rejects.toThrow("no longer wanted");
    expect(source.read).toBeLessThan(4 * 2 ** 20);
  });
});

describe("the hash of the sent bytes", () => {
  it("is the fingerprint, and costs nothing, where nothing was changed", async () => {
    const bytes = await drawn().jpeg().toBuffer();
    let reads = 0;
    const source: ByteSource = {
      size: bytes.length,
      slice: (start, end) => {
        if (end - start === bytes.length) reads += 1;
        return memorySource(bytes).slice(start, end);
      },
    };
    const pictures = createPictures();
    const fingerprint = await pictures.fingerprint(source, neverAborted);
    const before = reads;
    const outcome = await pictures.prepare(imageNamed("a.jpg", bytes.length), source, AS_IT_IS, neverAborted);
    expect(outcome).toMatchObject({ ready: { hash: fingerprint, source } });
    expect(fingerprint).toBe(sha256(bytes));
    // One look at the beginning and one at the whole, which for so small a file is the same; none to hash.
    expect(reads - before).toBeLessThanOrEqual(2);
  });
});
