import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Recipe } from "../../src/model";
import { createPictures } from "../../src/picture";
import { stripDate } from "./strip-date";
import { recognise } from "../../src/picture/content/recognise";
import { withMetadata } from "../../src/picture/saver/carry-metadata";
import { gamutOf } from "../../src/picture/saver/gamut";
import { sizeToSave } from "../../src/picture/saver/leave";
import { imageNamed, memorySource, neverAborted, sha256 } from "./memory-image";
import {
  bitmap,
  box,
  drawn,
  madeFiles,
  realFiles,
  TEST_DATA,
  vaultFiles,
  type SampleFile,
} from "./sample-files";

/** How many damaged files are tried; each run takes new ones and prints the seed that gives them again. */
const TRIES = 5000;

/** No file of these sizes may take longer than this, in milliseconds, on a machine that has other work as well. */
const LONGEST = 2000;

/** No file may take more memory than this times its size, and a share that every one may take, in bytes. */
const MOST_TIMES = 12;
const MOST_ANYWAY = 4_000_000;

/** Larger files only make the same test slower. */
const LARGEST_SAMPLE = 250_000;

const NAMES = [
  "a.jpg",
  "a.png",
  "a.webp",
  "a.heic",
  "a.dng",
  "a.svg",
  "a.mp4",
  "Pasted image 20240818091744.png",
];

const RECIPES: readonly Recipe[] = [
  { quality: "original", dated: true },
  { quality: "original", dated: false },
  { quality: "storage-saver", dated: true },
];

/** One way to damage a file; places are shares of its length. */
type Harm =
  | { readonly do: "cut"; readonly at: number }
  | { readonly do: "set"; readonly at: number; readonly to: number }
  | { readonly do: "insert"; readonly at: number; readonly bytes: Uint8Array }
  | { readonly do: "remove"; readonly at: number; readonly length: number }
  | { readonly do: "repeat"; readonly at: number; readonly length: number };

/** Harm is spread over the file, or over its beginning, where the structure is. */
const share = (most: number): fc.Arbitrary<number> =>
  fc.noBias(fc.integer({ min: 0, max: 1_000_000 })).map((millionths) => (millionths / 1_000_000) * most);
const place = fc.oneof(share(1), share(0.02));

const harm: fc.Arbitrary<Harm> = fc.oneof(
  fc.record({ do: fc.constant("cut" as const), at: place }),
  fc.record({
    do: fc.constant("set" as const),
    at: place,
    to: fc.oneof(fc.constantFrom(0, 1, 0x7f, 0x80, 0xff), fc.nat(255)),
  }),
  fc.record({ do: fc.constant("insert" as const), at: place, bytes: fc.uint8Array({ maxLength: 64 }) }),
  fc.record({ do: fc.constant("remove" as const), at: place, length: fc.integer({ min: 1, max: 64 }) }),
  fc.record({ do: fc.constant("repeat" as const), at: place, length: fc.integer({ min: 1, max: 512 }) }),
);

function harmed(bytes: Buffer, harms: readonly Harm[]): Buffer {
  return harms.reduce<Buffer>((file, one) => {
    const at = Math.min(file.length, Math.floor(one.at * file.length));
    switch (one.do) {
      case "cut":
        return file.subarray(0, at);
      case "set": {
        const copy = Buffer.from(file);
        if (at < copy.length) copy[at] = one.to;
        return copy;
      }
      case "insert":
        return Buffer.concat([file.subarray(0, at), one.bytes, file.subarray(at)]);
      case "remove":
        return Buffer.concat([file.subarray(0, at), file.subarray(at + one.length)]);
      case "repeat":
        return Buffer.concat([file.subarray(0, at + one.length), file.subarray(at)]);
    }
  }, bytes);
}

async function samples(): Promise<readonly SampleFile[]> {
  const films = [
    Buffer.concat([box("ftyp", "isom\0\0\0\0isom"), box("moov", Buffer.alloc(400)), box("mdat", "x")]),
    Buffer.concat([box("ftyp", "heic\0\0\0\0mif1"), box("meta", Buffer.alloc(400)), box("mdat", "x")]),
  ].map((bytes) => ({ name: "film", bytes }));
  const real = TEST_DATA === undefined ? [] : await realFiles(TEST_DATA);
  const all = [
    ...(await madeFiles()),
    ...(await vaultFiles()),
    ...films,
    { name: "bitmap", bytes: bitmap(5, 5) },
    ...real,
  ];
  return all.filter(({ bytes }) => bytes.length <= LARGEST_SAMPLE);
}

/** Damaged files, mostly, and some that only begin like one. */
function anyBytes(files: readonly SampleFile[]): fc.Arbitrary<Buffer> {
  const broken = fc
    .tuple(fc.nat(files.length - 1), fc.array(harm, { minLength: 1, maxLength: 6 }))
    .map(([index, harms]) => harmed(files[index]?.bytes ?? Buffer.alloc(0), harms));
  const random = fc
    .tuple(fc.nat(files.length - 1), fc.nat(40), fc.uint8Array({ maxLength: 4096 }))
    .map(([index, head, tail]) =>
      Buffer.concat([files[index]?.bytes.subarray(0, head) ?? "", tail] as Buffer[]),
    );
  return fc.oneof({ weight: 9, arbitrary: broken }, { weight: 1, arbitrary: random });
}

function printedSeed(): number {
  const seed = Number(process.env["SEED"] ?? Date.now() % 2 ** 31);
  console.log(`seed of the damaged files: ${String(seed)} (SEED=… runs them again)`);
  return seed;
}

describe("any bytes whatever", () => {
  it(
    "give a copy to send or a reason, soon, and the date in the copy can be taken out again",
    { timeout: 600_000 },
    async () => {
      const files = await samples();
      const pictures = createPictures();
      const fates = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          anyBytes(files),
          fc.constantFrom(...NAMES),
          fc.constantFrom(...RECIPES),
          async (file, name, recipe) => {
            const held = process.memoryUsage().arrayBuffers;
            const began = performance.now();
            const outcome = await pictures.prepare(
              imageNamed(name, file.length),
              memorySource(file),
              recipe,
              neverAborted,
            );
            expect(performance.now() - began, "milliseconds").toBeLessThan(LONGEST);
            // Garbage counts too; where it is collected meanwhile, the figure only gets less.
            expect(process.memoryUsage().arrayBuffers - held, "bytes of memory").toBeLessThan(
              MOST_TIMES * file.length + MOST_ANYWAY,
            );
            const fate =
              "skip" in outcome
                ? outcome.skip
                : outcome.ready.captured
                  ? "sent with a date"
                  : "sent as it is";
            fates.set(fate, (fates.get(fate) ?? 0) + 1);
            if ("skip" in outcome) return;
            const { source, hash, captured } = outcome.ready;
            const sent = await source.slice(0, source.size);
            expect(hash).toBe(sha256(sent));
            // What was written is taken out; a damaged file that goes as it is has nothing of ours in it.
            expect(sha256(stripDate(sent)), captured ?? "no date").toBe(sha256(file));
          },
        ),
        { numRuns: TRIES, seed: printedSeed() },
      );
      console.log(`damaged files: ${JSON.stringify(Object.fromEntries(fates))}`);
      expect(fates.get("sent with a date")).toBeGreaterThan(TRIES / 20);
      expect(fates.get("broken")).toBeGreaterThan(TRIES / 20);
    },
  );

  it(
    "go through all that Storage saver reads and carries over, without an exception",
    { timeout: 600_000 },
    async () => {
      const files = await samples();
      const size = { width: 40, height: 30 };
      const coded = {
        jpeg: new Uint8Array(await drawn().jpeg().toBuffer()),
        png: new Uint8Array(await drawn().png().toBuffer()),
      };
      let carried = 0;
      fc.assert(
        fc.property(
          anyBytes(files),
          fc.constantFrom("jpeg" as const, "png" as const, "webp" as const, "bmp" as const),
          fc.constantFrom("jpeg" as const, "png" as const),
          (file, other, to) => {
            const bytes = new Uint8Array(file);
            const seen = recognise(bytes, "");
            const format = "format" in seen ? seen.format : other;
            sizeToSave({ format, bytes, mostDecoded: Infinity });
            gamutOf(format, bytes);
            const copy = withMetadata(format, bytes, to, coded[to], size);
            if (copy === undefined) return;
            expect(copy.length).toBeLessThanOrEqual(2 * bytes.length + coded[to].length + 100);
            if (copy.length > coded[to].length) carried += 1;
          },
        ),
        { numRuns: TRIES, seed: printedSeed() },
      );
      expect(carried).toBeGreaterThan(TRIES / 50);
    },
  );
});
