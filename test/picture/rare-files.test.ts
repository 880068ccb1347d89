import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../src/model";
import { createPictures } from "../../src/picture";
import { stripDate } from "./strip-date";
import { imageNamed, memorySource, neverAborted, sha256 } from "./memory-image";
import { box, drawn, jpegWith, madeFiles, pngWith, vaultFiles } from "./sample-files";
import { live } from "./there";

/* Files as few people have them: what cameras, scanners and old programs write within the rules of their formats. */

const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const bytesOf = (data: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(data);

/** What becomes of a file: its sent type and extension, or the reason why it is skipped. */
async function fate(name: string, bytes: Buffer): Promise<string> {
  const image = imageNamed(name, bytes.length);
  const asItIs = { quality: "original", dated: false } as const;
  const outcome = await createPictures().prepare(image, memorySource(bytes), asItIs, neverAborted);
  return "skip" in outcome ? outcome.skip : `${outcome.ready.type} ${outcome.ready.extension}`;
}

// Clocks there are half an hour off everybody else's.
live("Asia/Kolkata");

/** What is sent of a picture that is to be dated. */
async function dated(name: string, bytes: Buffer) {
  const pictures = createPictures();
  const recipe = { quality: "original", dated: true } as const;
  const image = imageNamed(name, bytes.length);
  const outcome = await pictures.prepare(image, memorySource(bytes), recipe, neverAborted);
  if ("skip" in outcome) throw new Error(`expected a picture, it is skipped: ${outcome.skip}`);
  const { source, captured } = outcome.ready;
  const sent = await source.slice(0, source.size);
  expect(sha256(stripDate(sent))).toBe(sha256(bytes));
  return { captured, sent: Buffer.from(sent) };
}

type Entry = readonly [tag: number, type: number, value: number | string];

/** A TIFF of either byte order with one table. */
function tiff(order: "II" | "MM", entries: readonly Entry[]): Buffer {
  const bytes = Buffer.alloc(400);
  let text = 300;
  const short = (value: number, at: number) =>
    order === "II" ? bytes.writeUInt16LE(value, at) : bytes.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === "II" ? bytes.writeUInt32LE(value, at) : bytes.writeUInt32BE(value, at);
  bytes.write(order, "latin1");
  short(42, 2);
  long(8, 4);
  short(entries.length, 8);
  entries.forEach(([tag, type, value], index) => {
    const at = 10 + 12 * index;
    short(tag, at);
    short(type, at + 2);
    long(typeof value === "string" ? value.length + 1 : 1, at + 4);
    if (typeof value === "string") {
      long(text, at + 8);
      text += bytes.write(`${value}\0`, text, "latin1");
    } else if (type === 3) short(value, at + 8);
    else if (type === 1) bytes[at + 8] = value;
    else long(value, at + 8);
  });
  return bytes;
}

const MAKE = 0x010f;
const DNG_VERSION = 0xc612;

describe("a camera's raw file under a plain TIFF's name", () => {
  it.each([
    ["by its version: DNG", tiff("II", [[DNG_VERSION, 1, 1]]), "image/x-adobe-dng dng"],
    ["of a maker who says so: the TIFF that it also is", tiff("MM", [[MAKE, 2, "NIKON"]]), "image/tiff tif"],
    ["with its version in a type that holds none", tiff("II", [[DNG_VERSION, 7, 1]]), "image/tiff tif"],
    ["with its version in a long number", tiff("MM", [[DNG_VERSION, 4, 1]]), "image/x-adobe-dng dng"],
    ["with its version in a short number", tiff("MM", [[DNG_VERSION, 3, 1]]), "image/x-adobe-dng dng"],
    ["with 64-bit places", Buffer.concat([latin1("II+\0\x08\0\0\0"), Buffer.alloc(64)]), "image/tiff tif"],
    [
      "with 64-bit places, the other way round",
      Buffer.concat([latin1("MM\0+\0\x08\0\0"), Buffer.alloc(64)]),
      "image/tiff tif",
    ],
  ])("is known %s", async (_, bytes, expected) => {
    expect(await fate("a.tif", bytes)).toBe(expected);
  });
});

describe("a camera's raw file that Google hands back", () => {
  const WIDTH = 0x0100;
  const HEIGHT = 0x0101;

  it("is not taken for the small picture that stands before its own", async () => {
    const nef = tiff("II", [
      [WIDTH, 4, 160],
      [HEIGHT, 4, 120],
      [MAKE, 2, "NIKON"],
    ]);
    const found = await createPictures().examine(bytesOf(nef), neverAborted, "nef");
    expect(found).toBeDefined();
    expect(found?.size).toBeUndefined();
  });
});

describe("a file that calls itself by a brand", () => {
  const named = (brands: string, ...more: Buffer[]): Buffer => Buffer.concat([box("ftyp", brands), ...more]);
  const meta = box("meta", Buffer.alloc(20));
  const moov = box("moov", "x");

  it.each([
    ["a.heif", named("mif1\0\0\0\0mif1miaf", meta), "image/heif heif"],
    ["a.m4v", named("M4V \0\0\0\0", moov), "video/x-m4v m4v"],
    ["a.3g2", named("3g2a\0\0\0\0", moov), "video/3gpp2 3g2"],
    ["a.jpg", named("jxl \0\0\0\0"), "type"],
    ["a.jpg", named("jp2 \0\0\0\0"), "type"],
    ["a.mp4", named("M4A \0\0\0\0", moov), "type"],
  ])("%s, case %#", async (name, bytes, expected) => {
    expect(await fate(name, bytes)).toBe(expected);
  });
});

describe("a film", () => {
  const ftyp = box("ftyp", "isom\0\0\0\0isomavc1");
  const moov = box("moov", "x");
  const long = (size: number, inside: Buffer): Buffer => {
    const head = Buffer.alloc(16);
    head.writeUInt32BE(1);
    head.write("mdat", 4, "latin1");
    head.writeUInt32BE(size, 12);
    return Buffer.concat([head, inside]);
  };
  const short = (size: number): Buffer => {
    const head = Buffer.alloc(16);
    head.writeUInt32BE(size);
    head.write("mdat", 4, "latin1");
    return head;
  };
  const fragments = Buffer.concat(Array.from({ length: 1100 }, () => box("free")));

  it.each([
    [
      "with a box of a 64-bit length",
      Buffer.concat([ftyp, long(116, Buffer.alloc(100)), moov]),
      "video/mp4 mp4",
    ],
    [
      "with a 64-bit length that is less than its own header",
      Buffer.concat([ftyp, long(9, Buffer.alloc(9)), moov]),
      "broken",
    ],
    ["with a length that is less than its own header", Buffer.concat([ftyp, short(4), moov]), "broken"],
    ["whose last box goes on to the end", Buffer.concat([ftyp, moov, short(0)]), "video/mp4 mp4"],
    ["with a few bytes at the end that are no box", Buffer.concat([ftyp, Buffer.alloc(3)]), "broken"],
    ["of more fragments than are counted", Buffer.concat([ftyp, fragments, moov]), "video/mp4 mp4"],
    [
      "of unknown kind in a Matroska's clothes",
      Buffer.concat([latin1("\x1a\x45\xdf\xa3"), Buffer.alloc(64)]),
      "not-an-image",
    ],
  ])("%s", async (_, bytes, expected) => {
    expect(await fate("a.mp4", bytes)).toBe(expected);
  });

  it("over 20 GB is skipped before it is read", async () => {
    const film: ByteSource = {
      size: 20 * 2 ** 30 + 1,
      slice: (start, end) => Promise.resolve(bytesOf(Buffer.concat([ftyp, Buffer.alloc(end - start)]))),
    };
    const image = imageNamed("a.mp4", film.size);
    const asItIs = { quality: "original", dated: false } as const;
    expect(await createPictures().prepare(image, film, asItIs, neverAborted)).toEqual({ skip: "too-large" });
  });
});

describe("a picture in the way of old programs", () => {
  it("is whole: a GIF with colours of its own, behind a comment", async () => {
    const head = latin1("GIF89a\x01\0\x01\0\0\0\0");
    const comment = latin1("\x21\xfe\x02hi\0");
    const picture = latin1("\x2c\0\0\0\0\x01\0\x01\0\x80\0\0\0\xff\xff\xff\x02\x02\x44\x01\0");
    expect(await fate("a.gif", Buffer.concat([head, comment, picture, latin1(";")]))).toBe("image/gif gif");
    expect(await fate("a.gif", Buffer.concat([head, comment, latin1(";")]))).toBe("broken");
  });

  it("is whole: a JPEG with fill bytes before a segment", async () => {
    const jpeg = await drawn().jpeg().toBuffer();
    const filled = Buffer.concat([jpeg.subarray(0, 2), Buffer.alloc(3, 0xff), jpeg.subarray(2)]);
    expect(await fate("a.jpg", filled)).toBe("image/jpeg jpg");
    expect((await dated("Pasted image 20240818091744.jpg", filled)).captured).toContain("2024-08-18");
  });

  it("is an icon only where its directory makes sense", async () => {
    const icon = Buffer.alloc(64);
    icon.writeUInt16LE(1, 2);
    icon.writeUInt16LE(1, 4);
    icon.writeUInt32LE(22, 18);
    expect(await fate("a.ico", icon)).toMatch(/^image\/x-icon|^image\/vnd\.microsoft\.icon/);
    icon[9] = 7;
    expect(await fate("a.ico", icon)).toBe("not-an-image");
  });
});

describe("a picture that has no room for a date", () => {
  it("goes as it is: its metadata fill a JPEG's longest segment", async () => {
    const block = tiff("II", [[MAKE, 2, "Somebody"]]);
    const full = Buffer.concat([block, Buffer.alloc(65_520 - block.length)]).toString("latin1");
    const bytes = await jpegWith(0xe1, `Exif\0\0${full}`);
    expect((await dated("Pasted image 20240818091744.jpg", bytes)).captured).toBeUndefined();
  });

  it.each([
    ["lossy", 26, { lossless: false }],
    ["lossless", 20, { lossless: true }],
  ])("goes as it is: a %s WebP that does not tell its size", async (_, at, options) => {
    const webp = await drawn().webp(options).toBuffer();
    webp.writeUInt16LE(0, at);
    expect((await dated("Pasted image 20240818091744.webp", webp)).captured).toBeUndefined();
  });

  it("goes as it is: a WebP whose extended header is not its first", async () => {
    const plain = await drawn().webp().toBuffer();
    const wide = await drawn().withIccProfile("p3").webp().toBuffer();
    expect((await dated("Pasted image 20240818091744.webp", wide)).captured).toContain("2024-08-18");
    const late = Buffer.concat([plain, latin1("VP8X\x0a\0\0\0"), Buffer.alloc(10)]);
    late.writeUInt32LE(late.length - 8, 4);
    expect((await dated("Pasted image 20240818091744.webp", late)).captured).toBeUndefined();
  });

  it("is found all the same in a WebP whose metadata have an odd length", async () => {
    const block = tiff("II", [[MAKE, 2, "Somebody"]]).subarray(0, 399);
    const plain = await drawn().withIccProfile("p3").webp().toBuffer();
    const size = Buffer.alloc(4);
    size.writeUInt32LE(block.length);
    const odd = Buffer.concat([plain, latin1("EXIF"), size, block, Buffer.alloc(1)]);
    odd.writeUInt32LE(odd.length - 8, 4);
    const { captured, sent } = await dated("Pasted image 20240818091744.webp", odd);
    expect(captured).toContain("2024-08-18");
    expect((await sharp(sent).metadata()).exif?.includes("2024:08:18 09:17:44")).toBe(true);
  });
});

describe("a PNG that ends behind its metadata, without their check sum,", () => {
  it("gets its date and the check sum, which both are taken out again", async () => {
    const png = await drawn().png().toBuffer();
    const block = tiff("II", [[MAKE, 2, "Somebody"]]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(block.length);
    const last = Buffer.concat([png.subarray(0, png.length - 12), head, latin1("eXIf"), block]);
    expect((await dated("Pasted image 20240818091744.png", last)).captured).toContain("2024-08-18");
  });
});

describe("what looks like a date of ours", () => {
  it.each([
    ["under another name", 0, 0x56],
    ["of more steps than stand there", 26, 9],
    ["of a step past the end of the file", 27, 0xff],
  ])("but is a record %s is somebody's own, and stays", async (_, at, value) => {
    const { sent } = await dated("Pasted image 20240818091744.jpg", await drawn().jpeg().toBuffer());
    const record = sent.indexOf("vault-image-backup date 1");
    expect(record).toBeGreaterThan(0);
    sent[record + at] = value;
    expect(sha256(stripDate(bytesOf(sent)))).toBe(sha256(sent));
  });

  it("in what is no picture is left alone", () => {
    const text = bytesOf(latin1("vault-image-backup date 1\0 in a note"));
    expect(stripDate(text)).toBe(text);
  });
});

describe("a PNG's packet of words", () => {
  const words = '<x:xmpmeta photoshop:DateCreated="2011-12-13T14:15:16Z"/>';
  const said = "2011-12-13T14:15:16+00:00";
  const ofTheFile = "2021-01-02T17:30:00+05:30";

  it.each([
    ["is read where it lies open", "\0\0\0\0", said],
    ["is not read where it is packed", "\x01\0\0\0", ofTheFile],
    ["is not read where its language has no end", "\0\0en", ofTheFile],
  ])("%s", async (_, fields, expected) => {
    const text = `XML:com.adobe.xmp\0${fields}${expected === said ? words : ""}`;
    expect((await dated("a cat.png", await pngWith("iTXt", latin1(text)))).captured).toBe(expected);
  });
});

describe("a file that is brought back", () => {
  const examine = (bytes: Buffer) => createPictures().examine(bytesOf(bytes), neverAborted);

  it("is told by its own fingerprint, and by that of the local file that it was made from", async () => {
    const local = await drawn().jpeg().toBuffer();
    const { sent } = await dated("Pasted image 20240818091744.jpg", local);
    const found = await examine(sent);
    expect(found?.fingerprint).toBe(sha256(sent));
    expect(found?.undated.fingerprint).toBe(sha256(local));
    expect(found?.size).toEqual({ width: 48, height: 32 });
  });

  it("is its own local file where no date was written into it", async () => {
    for (const { name, bytes } of [...(await madeFiles()), ...(await vaultFiles())]) {
      const found = await examine(bytes);
      if (found === undefined) continue;
      expect(found.fingerprint, name).toBe(sha256(bytes));
      expect(found.undated.fingerprint, name).toBe(found.fingerprint);
    }
  });

  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ["no picture", () => latin1("a page that says that you must sign in")],
    ["a damaged picture", async () => (await drawn().png().toBuffer()).subarray(0, 60)],
    ["a damaged film", () => box("ftyp", "isom\0\0\0\0isomavc1")],
  ])("is refused where it is %s", async (_, make) => {
    expect(await examine(await make())).toBeUndefined();
  });

  it("may be a film, whose size is not looked for", async () => {
    const film = Buffer.concat([box("ftyp", "isom\0\0\0\0isomavc1"), box("moov", "x")]);
    const found = await examine(film);
    expect(found?.fingerprint).toBe(sha256(film));
    expect(found?.size).toBeUndefined();
  });
});
