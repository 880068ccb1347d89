import path from "node:path";
import sharp from "sharp";
import type { StageOptions } from "../ui/stage";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PICTURES = path.join(PROJECT, "docs", "images");

/** Between two tiles of a sheet, in pixels. */
const GAP = 12;

/** Each sheet is drawn in these looks; the name of its file ends so. */
export const LOOKS: readonly (readonly [string, StageOptions])[] = [
  ["", {}],
  ["-dark", { dark: true }],
  ["-phone", { mode: "phone" }],
];

/**
 * Puts pictures beside and under each other, each into the narrowest column that holds it, where there is most room.
 *
 * @param columns  how many columns there are, or how wide each is, in pixels
 * @returns        what was written
 */
export async function drawSheet(
  pictures: readonly Buffer[],
  name: string,
  columns: number | readonly number[],
): Promise<string> {
  const sizes = await Promise.all(pictures.map(async (one) => sharp(one).metadata()));
  const widest = Math.max(...sizes.map(({ width }) => width));
  const widths = typeof columns === "number" ? Array<number>(columns).fill(widest) : columns;
  let edge = GAP;
  const places = widths.map((width) => {
    const left = edge;
    edge += width + GAP;
    return { width, left, top: GAP };
  });
  const placed = pictures.map((input, index) => {
    const { width = 0, height = 0 } = sizes[index] ?? {};
    const [place] = places
      .filter((one) => one.width >= width)
      .sort((one, other) => one.width - other.width || one.top - other.top);
    if (place === undefined) throw new Error(`no column of ${name} is ${width} pixels wide`);
    const { left, top } = place;
    place.top += height + GAP;
    return { input, top, left };
  });
  const { dominant } = await sharp(pictures[0]).stats();
  const file = path.join(PICTURES, name);
  const { size } = await sharp({
    create: {
      width: edge,
      height: Math.max(...places.map(({ top }) => top)),
      channels: 3,
      background: dominant,
    },
  })
    .composite(placed)
    // Fewer colours than these lose the red of a few small icons.
    .png({ palette: true, quality: 90, effort: 10 })
    .toFile(file);
  return `${path.relative(PROJECT, file)}  ${String(Math.round(size / 1000))} kB`;
}
