import type { Scene } from "./photo-scenes.js";
import { type Color, ellipse, mix, type Place, rectangle, stroke, writing } from "./raster.js";

const ink: Color = [44, 48, 56];
const paper: Color = [252, 251, 247];
const grout: Color = [176, 172, 164];

/** A window of some program: title bar, side bar, text, a picture in it. */
export const screenWindow: Scene = (raster, random) => {
  const accent = random.pick<Color>([
    [96, 88, 200],
    [38, 128, 178],
    [196, 92, 60],
  ]);
  rectangle(raster, [0, 0], [1, 1], [255, 255, 255]);
  rectangle(raster, [0, 0], [1, 0.06], [230, 230, 234]);
  const buttons: Color[] = [
    [236, 96, 88],
    [244, 190, 80],
    [98, 196, 88],
  ];
  buttons.forEach((color, i) => ellipse(raster, [0.02 + i * 0.022, 0.03], [0.007, 0.007], color));
  rectangle(raster, [0, 0.06], [0.22, 0.94], [246, 246, 248]);
  writing(raster, [0.02, 0.11], [0.16, 0.5], 13, [150, 152, 160], random);
  rectangle(raster, [0.01, 0.2], [0.2, 0.035], mix(accent, [255, 255, 255], 0.8));
  writing(raster, [0.27, 0.11], [0.4, 0.05], 1, accent, random);
  writing(raster, [0.27, 0.2], [0.66, 0.3], 8, ink, random);
  rectangle(raster, [0.27, 0.56], [0.3, 0.36], mix(accent, [255, 255, 255], 0.55));
  ellipse(raster, [0.36, 0.74], [0.05, 0.05], accent);
  writing(raster, [0.61, 0.57], [0.32, 0.32], 8, ink, random);
};

/** A table of numbers, as a spreadsheet shows one. */
export const table: Scene = (raster, random) => {
  rectangle(raster, [0, 0], [1, 1], [255, 255, 255]);
  rectangle(raster, [0, 0], [1, 0.08], [226, 236, 228]);
  for (let row = 0; row <= 12; row++)
    stroke(raster, [0, row / 12.5], [1, row / 12.5], 0.001, [206, 210, 214]);
  for (let column = 0; column < 6; column++) {
    stroke(raster, [column / 6, 0], [column / 6, 1], 0.001, [206, 210, 214]);
    for (let row = 0; row < 12; row++) {
      const width = column === 0 ? 0.12 : random.between(0.04, 0.08);
      const left = column === 0 ? 0.01 : (column + 1) / 6 - width - 0.01;
      rectangle(raster, [left, row / 12.5 + 0.025], [width, 0.025], row === 0 ? [52, 112, 72] : ink);
    }
  }
};

/** Bars over axes. */
export const chart: Scene = (raster, random) => {
  rectangle(raster, [0, 0], [1, 1], paper);
  writing(raster, [0.1, 0.05], [0.5, 0.07], 1, ink, random);
  for (let line = 0; line < 5; line++) {
    stroke(raster, [0.1, 0.2 + line * 0.15], [0.95, 0.2 + line * 0.15], 0.001, [222, 220, 212]);
  }
  for (let month = 0; month < 12; month++) {
    const height = 0.6 * Math.sin(((month + 0.7) / 12.5) * Math.PI) ** 2 * random.between(0.75, 1.05);
    rectangle(
      raster,
      [0.12 + month * 0.069, 0.86 - height],
      [0.045, height],
      mix([92, 148, 84], [206, 78, 52], height),
    );
    rectangle(raster, [0.13 + month * 0.069, 0.9], [0.025, 0.02], [150, 150, 150]);
  }
  stroke(raster, [0.1, 0.86], [0.95, 0.86], 0.003, ink);
  stroke(raster, [0.1, 0.16], [0.1, 0.86], 0.003, ink);
};

/** A drawing by hand: wavering lines on paper. */
export const sketch: Scene = (raster, random) => {
  rectangle(raster, [0, 0], [1, 1], paper);
  const wavering = ([x1, y1]: Place, [x2, y2]: Place): void => {
    const shake = (): number => random.between(-0.004, 0.004);
    let last: Place = [x1, y1];
    for (let step = 1; step <= 12; step++) {
      const next: Place = [x1 + ((x2 - x1) * step) / 12 + shake(), y1 + ((y2 - y1) * step) / 12 + shake()];
      stroke(raster, last, next, 0.004, [70, 78, 110]);
      last = next;
    }
  };
  const left = random.between(0.12, 0.2);
  const top = random.between(0.3, 0.4);
  wavering([left, top], [left + 0.55, top]);
  wavering([left + 0.55, top], [left + 0.55, 0.8]);
  wavering([left + 0.55, 0.8], [left, 0.8]);
  wavering([left, 0.8], [left, top]);
  wavering([left, top], [left + 0.12, top - 0.14]);
  wavering([left + 0.12, top - 0.14], [left + 0.67, top - 0.14]);
  wavering([left + 0.67, top - 0.14], [left + 0.55, top]);
  wavering([left + 0.67, top - 0.14], [left + 0.67, 0.68]);
  wavering([left + 0.67, 0.68], [left + 0.55, 0.8]);
  for (let plant = 0; plant < 6; plant++) {
    const x = left + 0.06 + plant * 0.085;
    wavering([x, 0.76], [x + random.between(-0.03, 0.03), top + 0.1]);
  }
  writing(raster, [0.62, 0.86], [0.3, 0.07], 2, [110, 116, 140], random);
};

/** Painted tiles: one motif, over and over. */
export const tiles: Scene = (raster, random) => {
  const blue = random.pick<Color>([
    [34, 74, 150],
    [28, 110, 140],
    [150, 60, 70],
  ]);
  const across = 8;
  const down = Math.max(1, Math.round((across * raster.height) / raster.width));
  rectangle(raster, [0, 0], [1, 1], [244, 244, 238]);
  for (let column = 0; column < across; column++) {
    for (let row = 0; row < down; row++) {
      const middle: Place = [(column + 0.5) / across, (row + 0.5) / down];
      const glaze = mix(blue, [255, 255, 255], random.between(0, 0.25));
      ellipse(raster, middle, [0.045, 0.045], glaze);
      ellipse(raster, middle, [0.03, 0.03], [244, 244, 238]);
      ellipse(raster, middle, [0.014, 0.014], [226, 172, 64]);
    }
  }
  for (let line = 0; line <= across; line++)
    stroke(raster, [line / across, 0], [line / across, 1], 0.004, grout);
  for (let line = 0; line <= down; line++) stroke(raster, [0, line / down], [1, line / down], 0.004, grout);
};
