import { pixelsOf, type Canvas } from "./canvas";

/** Brightness of a picture's points, row by row, from 0 to 255. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Weights of brightness as JPEG has them (ITU-R BT.601). */
const RED = 0.299;
const GREEN = 0.587;
const BLUE = 0.114;

/**
 * Brightness of what is drawn, each value the mean of a square of points, `shrink` to a side: what an eye
 * sees from further away. Squares that are not whole are left out.
 */
export function lumaOf(canvas: Canvas, shrink: number): Luma {
  const rgba = pixelsOf(canvas);
  const rowLength = canvas.size.width;
  const width = Math.floor(rowLength / shrink);
  const height = Math.floor(canvas.size.height / shrink);
  const values = new Float32Array(width * height);
  const share = 1 / (shrink * shrink);
  for (let y = 0; y < height * shrink; y += 1) {
    const into = Math.floor(y / shrink) * width;
    for (let x = 0; x < width * shrink; x += 1) {
      const from = (y * rowLength + x) * 4;
      const light = RED * (rgba[from] ?? 0) + GREEN * (rgba[from + 1] ?? 0) + BLUE * (rgba[from + 2] ?? 0);
      const cell = into + Math.floor(x / shrink);
      values[cell] = (values[cell] ?? 0) + light * share;
    }
  }
  return { width, height, values };
}

const WINDOW = 8;
const STEP = 4;
/** The measure's two small numbers that keep it steady where a window is dark or flat. */
const STEADY_MEAN = (0.01 * 255) ** 2;
const STEADY_SPREAD = (0.03 * 255) ** 2;

/**
 * How alike two pictures of the same size look: the structural similarity (SSIM) of Wang, Bovik, Sheikh and Simoncelli
 * (2004) over windows of 8 × 8 with equal weights, every fourth point. 1 is equal; below 0.9 the difference is plain.
 */
export function similarity(one: Luma, other: Luma): number {
  let sum = 0;
  let windows = 0;
  for (let y = 0; y + WINDOW <= one.height; y += STEP) {
    for (let x = 0; x + WINDOW <= one.width; x += STEP) {
      sum += windowSimilarity(one, other, y * one.width + x);
      windows += 1;
    }
  }
  return windows === 0 ? 1 : sum / windows;
}

function windowSimilarity(one: Luma, other: Luma, corner: number): number {
  let sumOne = 0;
  let sumOther = 0;
  let squaresOne = 0;
  let squaresOther = 0;
  let products = 0;
  for (let row = 0; row < WINDOW; row += 1) {
    const start = corner + row * one.width;
    for (let at = start; at < start + WINDOW; at += 1) {
      const a = one.values[at] ?? 0;
      const b = other.values[at] ?? 0;
      sumOne += a;
      sumOther += b;
      squaresOne += a * a;
      squaresOther += b * b;
      products += a * b;
    }
  }
  const count = WINDOW * WINDOW;
  const meanOne = sumOne / count;
  const meanOther = sumOther / count;
  const spread = squaresOne / count - meanOne * meanOne + (squaresOther / count - meanOther * meanOther);
  const common = products / count - meanOne * meanOther;
  return (
    ((2 * meanOne * meanOther + STEADY_MEAN) * (2 * common + STEADY_SPREAD)) /
    ((meanOne * meanOne + meanOther * meanOther + STEADY_MEAN) * (spread + STEADY_SPREAD))
  );
}
