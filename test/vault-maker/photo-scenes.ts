import type { SeededRandom } from "./random.js";
import {
  type Color,
  ellipse,
  gradient,
  mix,
  type Place,
  polygon,
  type Raster,
  rectangle,
  stroke,
} from "./raster.js";

/** Draws something that could have been photographed. */
export type Scene = (raster: Raster, random: SeededRandom) => void;

/** The line of a range of hills from left to right, as a polygon down to the picture's foot. */
function hills(height: number, roughness: number, random: SeededRandom): Place[] {
  const waves = [1, 2.3, 5.1, 11.7].map((pitch) => ({
    pitch,
    shift: random.between(0, 7),
    size: roughness / pitch,
  }));
  const line = Array.from({ length: 81 }, (_, i): Place => {
    const x = i / 80;
    return [
      x,
      height + waves.reduce((sum, { pitch, shift, size }) => sum + size * Math.sin(pitch * 6 * x + shift), 0),
    ];
  });
  return [...line, [1, 1], [0, 1]];
}

/** Many small strokes of slightly different colour: grass, leaves, bark, plaster. */
function texture(
  raster: Raster,
  [left, top]: Place,
  [width, height]: Place,
  colors: readonly [Color, Color],
  random: SeededRandom,
  many = 900,
): void {
  for (let i = 0; i < many; i++) {
    const x = left + width * random.next();
    const y = top + height * random.next();
    const reach = 0.004 + 0.012 * random.next();
    const color = mix(colors[0], colors[1], random.next());
    stroke(raster, [x, y], [x + random.between(-reach, reach), y - reach], 0.0025, color);
  }
}

export const landscape: Scene = (raster, random) => {
  const evening = random.next() < 0.4;
  const sky: [Color, Color] = evening
    ? [
        [88, 84, 140],
        [250, 178, 112],
      ]
    : [
        [98, 158, 222],
        [222, 236, 246],
      ];
  gradient(raster, [0, 0], [1, 0.7], sky[0], sky[1]);
  const sun: Place = [random.between(0.15, 0.85), random.between(0.12, 0.35)];
  ellipse(raster, sun, [0.045, 0.045], [255, 246, 214]);
  for (let cloud = 0; cloud < 5; cloud++) {
    const at: Place = [random.next(), random.between(0.08, 0.34)];
    for (let puff = 0; puff < 4; puff++) {
      ellipse(raster, [at[0] + puff * 0.025, at[1]], [0.03, 0.012], mix(sky[1], [255, 255, 255], 0.6));
    }
  }
  const green: Color = [62, 118, 58];
  for (let range = 0; range < 4; range++) {
    polygon(raster, hills(0.45 + range * 0.11, 0.07, random), mix(sky[1], green, 0.25 + range * 0.25));
  }
  texture(
    raster,
    [0, 0.8],
    [1, 0.22],
    [
      [52, 98, 44],
      [142, 168, 74],
    ],
    random,
    2500,
  );
  for (let tree = 0; tree < 9; tree++) {
    const x = random.next();
    const foot = random.between(0.76, 0.9);
    const size = random.between(0.02, 0.04);
    stroke(raster, [x, foot], [x, foot - size * 2], size / 4, [84, 62, 44]);
    ellipse(raster, [x, foot - size * 2.4], [size, size * 1.2], [72, 132, 62], [34, 82, 40]);
  }
};

export const gardenBed: Scene = (raster, random) => {
  gradient(raster, [0, 0], [1, 1], [118, 84, 58], [72, 50, 36]);
  texture(
    raster,
    [0, 0],
    [1, 1],
    [
      [58, 40, 30],
      [156, 122, 92],
    ],
    random,
    3000,
  );
  const fruit = random.pick<Color>([
    [206, 48, 36],
    [232, 168, 40],
    [120, 56, 128],
  ]);
  for (let plant = 0; plant < 22; plant++) {
    const x = random.next();
    const y = random.between(0.15, 0.98);
    const size = 0.02 + 0.045 * y;
    for (let leaf = 0; leaf < 9; leaf++) {
      const turn = random.between(0, 2 * Math.PI);
      const at: Place = [x + Math.cos(turn) * size, y + Math.sin(turn) * size];
      ellipse(raster, at, [size * 0.55, size * 0.3], [random.between(70, 120), 160, 72], [36, 92, 44]);
      stroke(raster, [x, y], at, 0.002, [150, 190, 110]);
    }
    if (random.next() < 0.6)
      ellipse(raster, [x, y], [size * 0.4, size * 0.4], mix(fruit, [255, 255, 255], 0.25), fruit);
  }
};

export const dish: Scene = (raster, random) => {
  gradient(raster, [0, 0], [1, 1], [176, 132, 92], [124, 86, 56]);
  for (let board = 0; board < 7; board++) {
    stroke(raster, [0, board / 7], [1, board / 7 + 0.01], 0.003, [98, 66, 42]);
  }
  texture(
    raster,
    [0, 0],
    [1, 1],
    [
      [110, 76, 50],
      [196, 154, 112],
    ],
    random,
  );
  const middle: Place = [0.5, 0.54];
  ellipse(raster, [0.52, 0.57], [0.36, 0.27], [86, 58, 38]);
  ellipse(raster, middle, [0.36, 0.27], [250, 250, 246], [214, 214, 212]);
  ellipse(raster, middle, [0.3, 0.215], [226, 226, 222], [246, 246, 242]);
  const food = random.pick<Color>([
    [190, 120, 54],
    [160, 36, 58],
    [214, 176, 96],
  ]);
  ellipse(raster, middle, [0.24, 0.165], mix(food, [255, 255, 255], 0.2), mix(food, [0, 0, 0], 0.25));
  for (let crumb = 0; crumb < 120; crumb++) {
    const turn = random.between(0, 2 * Math.PI);
    const away = Math.sqrt(random.next());
    const at: Place = [0.5 + Math.cos(turn) * away * 0.22, 0.54 + Math.sin(turn) * away * 0.2];
    const size = random.between(0.004, 0.016);
    ellipse(
      raster,
      at,
      [size, size * 0.7],
      mix(
        food,
        random.pick<Color>([
          [255, 240, 200],
          [60, 30, 20],
          [90, 150, 60],
        ]),
        0.6,
      ),
    );
  }
};

export const kitchen: Scene = (raster, random) => {
  gradient(raster, [0, 0], [1, 0.72], [236, 230, 216], [214, 204, 186]);
  gradient(raster, [0, 0.72], [1, 0.28], [150, 112, 80], [104, 76, 54]);
  gradient(raster, [0.36, 0.08], [0.28, 0.34], [156, 202, 238], [226, 240, 248]);
  stroke(raster, [0.5, 0.08], [0.5, 0.42], 0.01, [250, 250, 250]);
  stroke(raster, [0.36, 0.25], [0.64, 0.25], 0.01, [250, 250, 250]);
  const front = random.pick<Color>([
    [92, 122, 112],
    [168, 146, 112],
    [70, 92, 128],
  ]);
  for (let door = 0; door < 5; door++) {
    gradient(raster, [0.03 + door * 0.19, 0.54], [0.18, 0.3], front, mix(front, [0, 0, 0], 0.3));
    ellipse(raster, [0.185 + door * 0.19, 0.66], [0.007, 0.007], [220, 214, 200]);
    if (door !== 2)
      rectangle(raster, [0.03 + door * 0.19, 0.06], [0.17, 0.26], mix(front, [255, 255, 255], 0.15));
  }
  gradient(raster, [0, 0.5], [1, 0.04], [232, 228, 222], [176, 170, 162]);
  texture(
    raster,
    [0, 0.86],
    [1, 0.15],
    [
      [90, 70, 52],
      [206, 186, 160],
    ],
    random,
    500,
  );
};

export const street: Scene = (raster, random) => {
  gradient(raster, [0, 0], [1, 0.7], [120, 176, 230], [238, 228, 206]);
  for (let house = 0; house < 7; house++) {
    const left = house / 7 - 0.01;
    const top = random.between(0.14, 0.34);
    const wall = random.pick<Color>([
      [232, 204, 140],
      [214, 130, 106],
      [188, 206, 214],
      [240, 236, 226],
    ]);
    gradient(raster, [left, top], [0.15, 0.75 - top], wall, mix(wall, [60, 50, 40], 0.3));
    polygon(
      raster,
      [
        [left, top],
        [left + 0.075, top - 0.07],
        [left + 0.15, top],
      ],
      [164, 82, 56],
    );
    for (let y = top + 0.05; y < 0.66; y += 0.11) {
      for (const x of [0.025, 0.085]) rectangle(raster, [left + x, y], [0.03, 0.06], [70, 84, 100]);
    }
  }
  gradient(raster, [0, 0.74], [1, 0.26], [128, 122, 116], [86, 82, 80]);
  texture(
    raster,
    [0, 0.76],
    [1, 0.26],
    [
      [70, 66, 64],
      [168, 162, 154],
    ],
    random,
    1800,
  );
};

/** A tram in a street; `left` is where its rear is, as a fraction of the picture's width. */
export function tram(raster: Raster, left: number): void {
  gradient(raster, [left, 0.52], [0.3, 0.3], [250, 206, 62], [206, 150, 30]);
  for (let pane = 0; pane < 4; pane++) {
    rectangle(raster, [left + 0.02 + pane * 0.07, 0.57], [0.05, 0.1], [60, 74, 88]);
  }
  stroke(raster, [0, 0.86], [1, 0.84], 0.004, [52, 50, 50]);
}

/** A street with its tram somewhere in the middle. */
export const tramStreet: Scene = (raster, random) => {
  street(raster, random);
  tram(raster, random.between(0.25, 0.5));
};

export const night: Scene = (raster, random) => {
  gradient(raster, [0, 0], [1, 1], [12, 16, 42], [52, 30, 48]);
  for (let stall = 0; stall < 6; stall++) {
    const left = 0.02 + stall * 0.165;
    rectangle(raster, [left, 0.56], [0.14, 0.3], [76, 44, 40]);
    polygon(
      raster,
      [
        [left - 0.01, 0.56],
        [left + 0.02, 0.48],
        [left + 0.12, 0.48],
        [left + 0.15, 0.56],
      ],
      [156, 42, 46],
    );
    gradient(raster, [left + 0.015, 0.6], [0.11, 0.12], [255, 214, 128], [196, 120, 58]);
  }
  for (let lantern = 0; lantern < 30; lantern++) {
    const at: Place = [random.next(), random.between(0.1, 0.46)];
    const size = random.between(0.008, 0.02);
    ellipse(raster, at, [size * 1.8, size * 1.9], [92, 40, 48]);
    ellipse(raster, at, [size, size * 1.15], [255, 226, 150], [236, 110, 60]);
  }
  texture(
    raster,
    [0, 0.86],
    [1, 0.14],
    [
      [30, 22, 34],
      [146, 96, 72],
    ],
    random,
  );
};

/** One of the scenes, by chance. */
export const anything: Scene = (raster, random) =>
  random.pick<Scene>([landscape, gardenBed, dish, kitchen, tramStreet, night])(raster, random);
