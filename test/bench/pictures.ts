import exifr from "exifr";
import sharp from "sharp";
import { chromiumPath } from "../../scripts/ready.mjs";
import { imageKind, type Recipe } from "../../src/model";
import type { Bench } from "./bench";
import { likeness } from "../picture/likeness";
import { openPicturePage, type PicturePage } from "../picture/picture-page";
import { realFiles, TEST_DATA, vaultFiles, type SampleFile } from "../picture/sample-files";
import { stripDate } from "../picture/strip-date";
import { makePhoto, type PhotoOrder } from "../vault-maker/photos";

/*
 * What Storage saver and true dates make of pictures, file by file, in a real browser: every real photo, a real vault,
 * our sample vault, and twenty made photos of 8 to 48 megapixels. Fails where a copy is worse than promised.
 */

const RECIPE: Recipe = { quality: "storage-saver", dated: true };

/** What is promised of every copy that was made anew. */
const PHOTO_LIKENESS = 0.97;
const DRAWING_LIKENESS = 0.99;
const MOST_GROWTH = 1000;
const MOST_PIXELS = 16_000_000;
/** All photos made anew together have at most this share of their bytes left. */
const SHARE_LEFT = 0.5;

/** Tags that say how the copy itself is shaped, the date we write, and what the file system or PNG alone knows. */
const OF_ITS_OWN =
  /^(?:Orientation|(?:Exif)?Image(?:Width|Height)|XML:.*|ProfileName|BitDepth|ColorType|Compression|Filter|Interlace|Thumbnail.*|JPEGInterchange.*)$/;

interface Row {
  readonly group: string;
  readonly name: string;
  readonly local: number;
  readonly sent: number;
  readonly type: string;
  /** What was done: made anew, with loss or without, left, or skipped with its reason. */
  readonly done: string;
  readonly anew: boolean;
  readonly likeness?: number;
  /** Tags that are still there, of those that should be. */
  readonly tags?: { readonly kept: number; readonly of: number; readonly lost: readonly string[] };
  readonly date: string;
  readonly milliseconds?: number;
  readonly wrong: readonly string[];
}

export const picturesBench: Bench = {
  about: "what Storage saver and true dates make of pictures, file by file",

  async run(tell) {
    const page = await openPicturePage(chromiumPath());
    const rows: Row[] = [];
    try {
      for await (const { group, file } of everyFile()) {
        const row = await measured(page, group, file);
        rows.push(row);
        tell(cells(row).join("  "));
      }
    } finally {
      await page.close();
    }
    const photos = rows.filter((row) => row.anew);
    const share = sum(photos, (row) => row.sent) / sum(photos, (row) => row.local);
    const wrong = rows.flatMap((row) => row.wrong.map((what) => `${row.name}: ${what}`));
    if (share > SHARE_LEFT) wrong.push(`pictures made anew keep ${percent(share)} of their bytes`);
    tell(totalOf("all", rows).join("  "));
    if (TEST_DATA !== undefined) return { page: { file: "docs/pictures.md", text: written(rows) }, wrong };
    tell("docs/pictures.md is written only where TEST_DATA names the folder of real photos");
    return { wrong };
  },
};

async function* everyFile(): AsyncGenerator<{ readonly group: string; readonly file: SampleFile }> {
  for (const file of TEST_DATA === undefined ? [] : await realFiles(TEST_DATA)) {
    if (imageKind(file.name) === undefined) continue;
    yield { group: /^(?:jpg|heic)\//.test(file.name) ? "real photos" : "real vault", file };
  }
  for (const file of await vaultFiles()) yield { group: "sample vault", file };
  for (const order of madeOrders()) {
    const name = `made ${String(order.seed)}, ${String(order.width)} × ${String(order.height)}.${order.format}`;
    yield { group: "made photos", file: { name, bytes: await makePhoto(order) } };
  }
}

/** Twenty photos as phones and cameras take them, in all eight orientations, with and without a date. */
function madeOrders(): readonly PhotoOrder[] {
  const sizes: readonly (readonly [number, number])[] = [
    [3264, 2448],
    [4000, 3000],
    [4608, 3456],
    [5472, 3648],
    [6000, 4000],
    [6240, 4160],
    [7008, 4672],
    [8064, 4536],
    [7952, 5304],
    [8000, 6000],
  ];
  return Array.from({ length: 20 }, (_, index) => {
    const [width, height] = sizes[index % sizes.length] ?? [4000, 3000];
    const dated = index % 2 === 0 ? { taken: "2022:06:11 18:45:12", offset: "+02:00" } : {};
    const camera = { ...dated, orientation: 1 + (index % 8) };
    return { width, height, seed: 100 + index, kind: "photo", format: "jpg", camera } as const;
  });
}

async function measured(page: PicturePage, group: string, { name, bytes }: SampleFile): Promise<Row> {
  const outcome = await page.prepare(bytes, name, RECIPE);
  const common = { group, name, local: bytes.length };
  if ("skip" in outcome) {
    return {
      ...common,
      sent: 0,
      type: "",
      done: `skipped: ${outcome.skip}`,
      anew: false,
      date: "",
      wrong: [],
    };
  }
  const { sent, ready, milliseconds } = outcome;
  const anew = !bytes.equals(stripDate(new Uint8Array(sent)));
  const tags = await keptTags(bytes, sent);
  const alike = anew ? await likeness(bytes, sent) : undefined;
  const row = {
    ...common,
    sent: sent.length,
    type: ready.type,
    done: anew ? (ready.type === "image/png" ? "lossless" : "made anew") : "left",
    anew,
    ...(alike !== undefined && { likeness: alike }),
    ...(tags.of > 0 && { tags }),
    date: ready.captured === undefined ? ((await hasDate(sent)) ? "its own" : "none") : "written in",
    milliseconds,
  };
  return { ...row, wrong: await whatIsWrong(row, sent) };
}

async function whatIsWrong(row: Omit<Row, "wrong">, sent: Buffer): Promise<string[]> {
  const wrong: string[] = [];
  if (row.tags && row.tags.lost.length > 0) wrong.push(`lost ${row.tags.lost.join(", ")}`);
  if (row.likeness === undefined) return wrong;
  const least = row.done === "lossless" ? DRAWING_LIKENESS : PHOTO_LIKENESS;
  if (row.likeness < least) wrong.push(`likeness ${row.likeness.toFixed(4)} is below ${String(least)}`);
  if (row.sent > row.local + MOST_GROWTH) wrong.push("is larger than the original");
  const { width, height } = await sharp(sent).metadata();
  if (width * height > MOST_PIXELS) wrong.push("has more than 16 megapixels");
  return wrong;
}

/** Tags that an independent reader finds before and after. */
async function keptTags(local: Buffer, sent: Buffer): Promise<NonNullable<Row["tags"]>> {
  const [before, after] = await Promise.all([tagsOf(local), tagsOf(sent)]);
  const due = Object.entries(before).filter(([tag]) => !OF_ITS_OWN.test(tag));
  const lost = due
    .filter(([tag, value]) => comparable(tag, after[tag]) !== comparable(tag, value))
    .map(([tag]) => tag);
  return { kept: due.length - lost.length, of: due.length, lost };
}

/** A time that XMP held is in EXIF afterwards, and written as EXIF writes it. */
function comparable(tag: string, value: unknown): string {
  return tag.startsWith("Date") && typeof value === "string"
    ? value.replaceAll(/\D/g, "").slice(0, 14)
    : JSON.stringify(value);
}

async function hasDate(sent: Buffer): Promise<boolean> {
  return "DateTimeOriginal" in (await tagsOf(sent));
}

async function tagsOf(file: Buffer): Promise<Readonly<Record<string, unknown>>> {
  const isWebp = file.toString("latin1", 8, 12) === "WEBP";
  const block = isWebp ? (await sharp(file).metadata()).exif : file;
  if (block === undefined) return {};
  const start = block.toString("latin1", 0, 4) === "Exif" ? 6 : 0;
  const options = {
    xmp: true,
    reviveValues: false,
    translateValues: false,
    makerNote: true,
    userComment: true,
  };
  try {
    const tags: unknown = await exifr.parse(block.subarray(start), options);
    return tags === undefined ? {} : (tags as Record<string, unknown>);
  } catch {
    // exifr throws for types it does not read, such as GIF; no tags are known of them.
    return {};
  }
}

const HEAD = ["file", "original kB", "sent kB", "type", "done", "SSIM", "tags kept", "date", "ms"] as const;

function cells(row: Row): readonly string[] {
  return [
    row.name.replaceAll("|", "\\|"),
    kB(row.local),
    row.sent === 0 ? "" : kB(row.sent),
    row.type,
    row.done,
    row.likeness?.toFixed(4) ?? "",
    row.tags ? `${String(row.tags.kept)}/${String(row.tags.of)}` : "",
    row.date,
    row.milliseconds?.toFixed(0) ?? "",
  ];
}

function written(rows: readonly Row[]): string {
  const groups = [...new Set(rows.map((row) => row.group))];
  const parts = groups.map((group) => {
    const own = rows.filter((row) => row.group === group);
    const shown = own.filter((row) => !row.done.startsWith("skipped: type"));
    const hidden = own.length - shown.length;
    const note =
      hidden === 0 ? "" : `\n${String(hidden)} more are skipped: a type that Google Photos does not take.\n`;
    return `### ${group[0]?.toUpperCase() ?? ""}${group.slice(1)}\n\n${tableOf(HEAD, shown.map(cells))}\n${note}`;
  });
  const totals = groups.map((group) =>
    totalOf(
      group,
      rows.filter((row) => row.group === group),
    ),
  );
  const head = [
    "group",
    "files",
    "sent",
    "made anew",
    "their bytes left",
    "lowest SSIM",
    "lost tags",
    "got a date",
  ];
  return [
    "# Pictures, measured",
    "Storage saver with true dates, file by file, measured in a real browser by `npm run bench -- pictures`. “Left” was sent as it is, but for a date. SSIM says how alike copy and picture are, 1 being the same; tags are what the file tells of camera, time and place, kept of those that should be; ms is how long the copy took.",
    tableOf(head, [...totals, totalOf("**all**", rows)]),
    ...parts,
  ].join("\n\n");
}

function totalOf(group: string, rows: readonly Row[]): readonly string[] {
  const anew = rows.filter((row) => row.anew);
  const sent = rows.filter((row) => row.sent > 0);
  const before = sum(anew, (row) => row.local);
  const after = sum(anew, (row) => row.sent);
  return [
    group,
    String(rows.length),
    String(sent.length),
    String(anew.length),
    anew.length === 0 ? "" : `${kB(after)} of ${kB(before)} kB, ${percent(after / before)}`,
    anew.length === 0 ? "" : Math.min(...anew.map((row) => row.likeness ?? 1)).toFixed(4),
    String(sum(rows, (row) => row.tags?.lost.length ?? 0)),
    String(rows.filter((row) => row.date === "written in").length),
  ];
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (columns: readonly string[]): string => `| ${columns.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const kB = (bytes: number): string => (bytes / 1000).toFixed(bytes < 100_000 ? 1 : 0);
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function sum(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}
