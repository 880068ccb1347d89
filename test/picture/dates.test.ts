import exifr from "exifr";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import type { PreparedImage, Recipe } from "../../src/model";
import { createPictures } from "../../src/picture";
import { stripDate } from "./strip-date";
import { imageNamed, memorySource, neverAborted, sha256 } from "./memory-image";
import { drawn, madeFiles, realFiles, TEST_DATA, vaultFiles, type SampleFile } from "./sample-files";
import { live } from "./there";

const DATED: Recipe = { quality: "original", dated: true };
const NAME = "Pasted image 20240818091744";
/** What that name tells there. */
const NAMED = "2024-08-18T09:17:44+05:30";

interface Sent {
  readonly ready: PreparedImage;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

// Clocks there are half an hour off everybody else's.
live("Asia/Kolkata");

/** Prepares a file. */
async function send(name: string, local: Uint8Array, recipe = DATED): Promise<Sent | undefined> {
  const outcome = await createPictures().prepare(
    imageNamed(name, local.length),
    memorySource(local),
    recipe,
    neverAborted,
  );
  if ("skip" in outcome) return undefined;
  const bytes = await outcome.ready.source.slice(0, outcome.ready.source.size);
  expect(outcome.ready.hash, `hash of ${name}`).toBe(sha256(bytes));
  return { ready: outcome.ready, bytes };
}

/** What independent readers find: exifr in JPEG, PNG, HEIC; in WebP the block that sharp takes out. */
async function readExif(bytes: Uint8Array): Promise<Record<string, unknown>> {
  const { format, exif } = await sharp(bytes).metadata();
  const block = format === "webp" ? exif?.subarray(exif.toString("latin1", 0, 4) === "Exif" ? 6 : 0) : bytes;
  const options = { reviveValues: false, makerNote: true, userComment: true, ifd1: true } as const;
  return block === undefined
    ? {}
    : (((await exifr.parse(Buffer.from(block), options)) as Record<string, unknown> | undefined) ?? {});
}

const carriesDates = ({ name }: SampleFile): boolean => /\.(?:jpe?g|png|webp)$/i.test(name);

describe("a picture without a capture date", () => {
  let files: readonly SampleFile[] = [];
  beforeAll(async () => {
    files = (await madeFiles()).filter(carriesDates);
  });

  it("is sent with the date that its name tells, and its offset", async () => {
    for (const { name, bytes } of files) {
      const sent = await send(`${NAME}.${name.split(".")[1] ?? ""}`, bytes);
      expect(sent?.ready.captured, name).toBe(NAMED);
      expect(await readExif(sent?.bytes ?? bytes), name).toMatchObject({
        DateTimeOriginal: "2024:08:18 09:17:44",
        OffsetTimeOriginal: "+05:30",
      });
    }
  });

  it("keeps its pixels and all that was told of it", async () => {
    for (const { name, bytes } of files) {
      const sent = await send(name, bytes);
      const pixels = [bytes, sent?.bytes ?? bytes].map((file) => sharp(file).ensureAlpha().raw().toBuffer());
      const [before, after] = await Promise.all(pixels);
      expect(after?.equals(before ?? Buffer.alloc(0)), name).toBe(true);
      expect(await readExif(sent?.bytes ?? bytes), name).toMatchObject(await readExif(bytes));
    }
  });

  it("comes back to the last bit when the date is taken out", async () => {
    for (const { name, bytes } of files) {
      const sent = await send(name, bytes);
      expect(sent?.bytes.length, name).toBeGreaterThan(bytes.length);
      expect(sha256(stripDate(sent?.bytes ?? new Uint8Array())), name).toBe(sha256(bytes));
    }
  });

  it("grows by less than 400 bytes", async () => {
    for (const { name, bytes } of files) {
      expect(((await send(name, bytes))?.bytes.length ?? 0) - bytes.length, name).toBeLessThan(400);
    }
  });

  it("goes as it is where dates are not wanted, or its format carries none", async () => {
    for (const { name, bytes } of await madeFiles()) {
      const recipe = carriesDates({ name, bytes }) ? { ...DATED, dated: false } : DATED;
      const sent = await send(name, bytes, recipe);
      expect(sent?.ready.captured, name).toBeUndefined();
      expect(sent?.ready.hash, name).toBe(sha256(bytes));
    }
  });
});

describe("a picture with a capture date", () => {
  const dated = { IFD2: { DateTimeOriginal: "2001:02:03 04:05:06" } };

  it.each([
    ["jpg", () => drawn().withExif(dated).jpeg().toBuffer()],
    ["png", () => drawn().withExif(dated).png().toBuffer()],
    ["webp", () => drawn().withExif(dated).webp().toBuffer()],
  ])("is not touched: %s", async (extension, make) => {
    const bytes = await make();
    expect((await send(`${NAME}.${extension}`, bytes))?.ready.hash).toBe(sha256(bytes));
    expect(sha256(stripDate(new Uint8Array(bytes)))).toBe(sha256(bytes));
  });

  it("of zeros or blanks has none", async () => {
    for (const blank of ["0000:00:00 00:00:00", "    :  :     :  :  "]) {
      const bytes = await drawn()
        .withExif({ IFD2: { DateTimeOriginal: blank } })
        .jpeg()
        .toBuffer();
      const sent = await send(`${NAME}.jpg`, bytes);
      expect(sent?.ready.captured).toBe("2024-08-18T09:17:44+05:30");
      expect(sha256(stripDate(sent?.bytes ?? new Uint8Array()))).toBe(sha256(bytes));
    }
  });

  it("keeps the one that was sent with it, when it is sent again", async () => {
    const once = await send(`${NAME}.jpg`, await drawn().jpeg().toBuffer());
    const again = await send("IMG_20200101_000000.jpg", once?.bytes ?? new Uint8Array());
    expect(again?.ready.captured).toBeUndefined();
    expect(again?.ready.hash).toBe(once?.ready.hash);
  });
});

describe("a date that stands elsewhere in the content", () => {
  it("goes before the name's: digitised", async () => {
    const bytes = await drawn()
      .withExif({ IFD2: { DateTimeDigitized: "2011:12:13 14:15:16", OffsetTimeDigitized: "-03:00" } })
      .jpeg()
      .toBuffer();
    expect((await send(`${NAME}.jpg`, bytes))?.ready.captured).toBe("2011-12-13T14:15:16-03:00");
  });

  it("is none in a year that nobody had a camera, however few digits count", async () => {
    const bytes = await drawn()
      .withExif({ IFD2: { DateTimeDigitized: "0099:12:13 14:15:16", OffsetTimeDigitized: "-03:00" } })
      .jpeg()
      .toBuffer();
    expect((await send(`${NAME}.jpg`, bytes))?.ready.captured).toBe(NAMED);
  });

  it("goes before the name's: XMP", async () => {
    const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:DateCreated="2011-12-13T14:15:16Z"/>
      </rdf:RDF></x:xmpmeta>`;
    for (const picture of [drawn().jpeg(), drawn().png(), drawn().webp()]) {
      const bytes = await picture.withXmp(xmp).toBuffer();
      const sent = await send(`${NAME}.png`, bytes);
      expect(sent?.ready.captured).toBe("2011-12-13T14:15:16+00:00");
      expect(sha256(stripDate(sent?.bytes ?? new Uint8Array()))).toBe(sha256(bytes));
    }
  });

  it("goes behind the name's where it is only of the last change", async () => {
    const bytes = await drawn()
      .withExif({ IFD0: { DateTime: "2011:12:13 14:15:16" } })
      .jpeg()
      .toBuffer();
    expect((await send(`${NAME}.jpg`, bytes))?.ready.captured).toBe(NAMED);
    expect((await send("a cat.jpg", bytes))?.ready.captured).toBe("2011-12-13T14:15:16+05:30");
  });
});

describe("somebody else's file", () => {
  it("is not changed by taking out a date that is not quite ours", async () => {
    const sent = await send(`${NAME}.jpg`, await drawn().jpeg().toBuffer());
    const changed = Buffer.from(sent?.bytes ?? []);
    // One byte in front of the date's text: a table that we would not have written so.
    const at = changed.indexOf("2024:08:18") - 1;
    changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
    expect(sha256(stripDate(new Uint8Array(changed)))).toBe(sha256(changed));
  });
});

describe("files of the sample vault and real ones", () => {
  async function checked(files: readonly SampleFile[]): Promise<{ written: number; had: number }> {
    let written = 0;
    let had = 0;
    for (const { name, bytes } of files) {
      const sent = await send(name, bytes);
      if (sent === undefined) continue;
      expect(sha256(stripDate(sent.bytes)), name).toBe(sha256(bytes));
      if (!carriesDates({ name, bytes })) continue;
      const before = await readExif(bytes);
      const after = await readExif(sent.bytes);
      expect(after, name).toMatchObject(before);
      if (sent.ready.captured === undefined) had += 1;
      else written += 1;
      expect(after["DateTimeOriginal"], name).toMatch(/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/);
    }
    return { written, had };
  }

  it("all are sent with a capture date, lose nothing and come back to the last bit", async () => {
    const { written, had } = await checked(await vaultFiles());
    expect(written).toBeGreaterThan(5);
    expect(had).toBeGreaterThan(0);
  });

  it.skipIf(TEST_DATA === undefined)("the same holds for real photos and a real vault", async () => {
    const { written, had } = await checked(await realFiles(TEST_DATA ?? ""));
    console.log(`real files: ${String(written)} got a date, ${String(had)} had one`);
    expect(written).toBeGreaterThan(40);
    expect(had).toBeGreaterThan(20);
  });
});
