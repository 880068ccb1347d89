import type { SeededRandom } from "./random.js";

/** Red, green, blue, each 0 to 255. */
export type Color = readonly [number, number, number];

/** A place in a picture, as a fraction of its width and of its height, so that a scene fits any size. */
export type Place = readonly [x: number, y: number];

/** A picture in memory: three bytes a pixel, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
}

export function blank(width: number, height: number, color: Color = [255, 255, 255]): Raster {
  const raster = { width, height, pixels: new Uint8ClampedArray(width * height * 3) };
  rectangle(raster, [0, 0], [1, 1], color);
  return raster;
}

export function mix(one: Color, other: Color, share: number): Color {
  const part = Math.min(1, Math.max(0, share));
  return [
    one[0] + (other[0] - one[0]) * part,
    one[1] + (other[1] - one[1]) * part,
    one[2] + (other[2] - one[2]) * part,
  ];
}

function setRow(raster: Raster, y: number, from: number, to: number, color: Color): void {
  const { pixels, width } = raster;
  const end = (y * width + Math.min(width, to)) * 3;
  for (let i = (y * width + Math.max(0, from)) * 3; i < end; i += 3) {
    pixels[i] = color[0];
    pixels[i + 1] = color[1];
    pixels[i + 2] = color[2];
  }
}

export function rectangle(raster: Raster, [left, top]: Place, [width, height]: Place, color: Color): void {
  gradient(raster, [left, top], [width, height], color, color);
}

/** A rectangle whose colour goes from one at its top to another at its bottom. */
export function gradient(
  raster: Raster,
  [left, top]: Place,
  [width, height]: Place,
  upper: Color,
  lower: Color,
): void {
  const from = Math.round(left * raster.width);
  const to = Math.round((left + width) * raster.width);
  const first = Math.max(0, Math.round(top * raster.height));
  const last = Math.min(raster.height, Math.round((top + height) * raster.height));
  for (let y = first; y < last; y++) {
    setRow(raster, y, from, to, mix(upper, lower, (y - first) / (last - first)));
  }
}

/** An ellipse; both radii are fractions of the picture's width, so equal ones make a circle. */
export function ellipse(
  raster: Raster,
  [x, y]: Place,
  [radiusX, radiusY]: Place,
  color: Color,
  lower: Color = color,
): void {
  const centerY = y * raster.height;
  const rows = Math.max(0.5, radiusY * raster.width);
  const first = Math.max(0, Math.ceil(centerY - rows));
  const last = Math.min(raster.height - 1, Math.floor(centerY + rows));
  for (let row = first; row <= last; row++) {
    const half = radiusX * Math.sqrt(Math.max(0, 1 - ((row - centerY) / rows) ** 2));
    const from = Math.round((x - half) * raster.width);
    const to = Math.round((x + half) * raster.width);
    setRow(raster, row, from, to, mix(color, lower, (row - centerY + rows) / (2 * rows)));
  }
}

export function polygon(raster: Raster, places: readonly Place[], color: Color): void {
  const points = places.map(([x, y]) => [x * raster.width, y * raster.height] as const);
  const rows = points.map(([, y]) => y);
  const first = Math.max(0, Math.floor(Math.min(...rows)));
  const last = Math.min(raster.height - 1, Math.ceil(Math.max(...rows)));
  for (let row = first; row <= last; row++) {
    const middle = row + 0.5;
    const crossings: number[] = [];
    points.forEach(([x, y], i) => {
      const [otherX, otherY] = points[(i + 1) % points.length] ?? [x, y];
      if (y > middle !== otherY > middle) crossings.push(x + ((middle - y) / (otherY - y)) * (otherX - x));
    });
    crossings.sort((one, other) => one - other);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      setRow(raster, row, Math.round(crossings[i] ?? 0), Math.round(crossings[i + 1] ?? 0), color);
    }
  }
}

/** A straight stroke; its thickness is a fraction of the picture's width. */
export function stroke(
  raster: Raster,
  [x1, y1]: Place,
  [x2, y2]: Place,
  thickness: number,
  color: Color,
): void {
  const dx = (x2 - x1) * raster.width;
  const dy = (y2 - y1) * raster.height;
  const length = Math.hypot(dx, dy) || 1;
  const aside = Math.max(1, thickness * raster.width) / 2 / length;
  const sideX = (-dy * aside) / raster.width;
  const sideY = (dx * aside) / raster.height;
  const corners: Place[] = [
    [x1 + sideX, y1 + sideY],
    [x2 + sideX, y2 + sideY],
    [x2 - sideX, y2 - sideY],
    [x1 - sideX, y1 - sideY],
  ];
  polygon(raster, corners, color);
}

/** Bars that look like lines of text from afar. */
export function writing(
  raster: Raster,
  [left, top]: Place,
  [width, height]: Place,
  lines: number,
  color: Color,
  random: SeededRandom,
): void {
  const step = height / lines;
  for (let line = 0; line < lines; line++) {
    const end = left + width * (line === lines - 1 ? random.between(0.3, 0.7) : random.between(0.85, 1));
    for (let x = left; x < end;) {
      const word = Math.min(width * random.between(0.03, 0.13), end - x);
      rectangle(raster, [x, top + line * step], [word, step * 0.5], color);
      x += word + width * 0.015;
    }
  }
}

/** What a sensor adds: noise of its own in every pixel, and corners a little darker than the middle. */
export function sensor(raster: Raster, strength: number, random: SeededRandom): void {
  const { width, height, pixels } = raster;
  const noise = Float32Array.from({ length: 1 << 16 }, () => random.bell() * strength);
  for (let y = 0; y < height; y++) {
    // Another stretch of the noise for each row, so that no pattern shows.
    let at = Math.floor(random.next() * noise.length);
    const awayY = (y / height - 0.5) ** 2;
    for (let x = 0, i = y * width * 3; x < width; x++, i += 3) {
      const light = 1 - 0.5 * (awayY + (x / width - 0.5) ** 2);
      for (let channel = 0; channel < 3; channel++) {
        at = (at + 1) & 0xffff;
        pixels[i + channel] = (pixels[i + channel] ?? 0) * light + (noise[at] ?? 0);
      }
    }
  }
}

/** The picture as a sensor sees it that is held a quarter turned: what was up lies to the left. */
export function quarterTurned({ width, height, pixels }: Raster): Raster {
  const turned = blank(height, width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const to = ((width - 1 - x) * height + y) * 3;
      turned.pixels.set(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), to);
    }
  }
  return turned;
}
