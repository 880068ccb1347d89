import { encodeBmp } from "./bmp.js";
import { floorPlan } from "./floor-plan.js";
import {
  dish,
  gardenBed,
  kitchen,
  landscape,
  night,
  type Scene,
  street,
  tram,
  tramStreet,
} from "./photo-scenes.js";
import { type CameraNotes, draw, encode, encodeGif, type PictureFormat } from "./photos.js";
import { quarterTurned } from "./raster.js";
import { chart, screenWindow, sketch, table, tiles } from "./screen-scenes.js";

/** A picture of the sample vault: where it lies in it, and its bytes. */
export interface SamplePicture {
  /** From the vault's top folder, with `/`. */
  path: string;
  bytes: () => Promise<Buffer> | Buffer;
}

/** What a phone or camera would have made, in the format that the name says. */
function photo(path: string, scene: Scene, seed: number, camera?: CameraNotes): SamplePicture {
  const upright = camera?.orientation === 6;
  const [width, height] = upright ? [480, 640] : [640, 480];
  const bytes = (): Promise<Buffer> => {
    const picture = draw(scene, { width, height, seed, noise: 4 });
    return encode(upright ? quarterTurned(picture) : picture, format(path), camera, 80);
  };
  return { path, bytes };
}

/** What was on a screen or drawn by hand. */
function screen(path: string, scene: Scene, seed: number, width = 720, height = 450): SamplePicture {
  return { path, bytes: () => encode(draw(scene, { width, height, seed, noise: 0 }), format(path)) };
}

function format(path: string): PictureFormat {
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  switch (extension) {
    case "jpg":
    case "jpeg":
      return "jpg";
    case "png":
    case "webp":
    case "avif":
    case "tiff":
      return extension;
    default:
      throw new Error(`No format is known for ${path}`);
  }
}

/** A tram that crosses a street from left to right, in four pictures. */
function tramRide(): Promise<Buffer> {
  const frames = [0, 1, 2, 3].map((step) => {
    const frame = draw(street, { width: 240, height: 160, seed: 21, noise: 0 });
    tram(frame, -0.1 + step * 0.27);
    return frame;
  });
  return encodeGif(frames);
}

/** What a browser saves when the server answers with a page instead of the picture. */
const savedPage = `<!doctype html>
<html>
  <head><title>404 Not Found</title></head>
  <body><h1>Not Found</h1><p>The requested picture was not found on this server.</p></body>
</html>
`;

/** Every picture of the sample vault, and every kind of oddity that vaults hold. */
export const samplePictures: readonly SamplePicture[] = [
  // As phones, screenshots and Obsidian's own paste name them.
  screen("attachments/Pasted image 20240818091744.png", screenWindow, 1),
  screen("attachments/Pasted image 20210214103355.png", screenWindow, 2),
  screen("attachments/Screenshot 2023-03-05 at 14.22.10.png", table, 3),
  photo("attachments/IMG_20220611_184512.jpg", gardenBed, 4, {
    taken: "2022:06:11 18:45:12",
    offset: "+02:00",
  }),
  photo("attachments/IMG_20200704_071530.jpg", landscape, 5, {
    taken: "2020:07:04 07:15:30",
    orientation: 6,
  }),
  photo("attachments/PXL_20240502_101112345.jpg", landscape, 6),
  photo("attachments/DSC_0042.JPG", gardenBed, 7, { taken: "2021:09:18 11:02:47" }),
  photo("attachments/WhatsApp Image 2021-11-20 at 19.03.44.jpeg", dish, 8),
  photo("attachments/sourdough loaf.jpg", dish, 11),
  photo("attachments/apple cake, first slice.webp", dish, 12),
  photo("attachments/seed packets.webp", gardenBed, 13),
  // Drawn for a sign above the gate, and then forgotten: no note shows it.
  screen("attachments/gate sign, old idea.png", sketch, 14, 480, 360),

  photo("Garden/garden in may.jpg", landscape, 15, { taken: "2023:05:21 09:40:03", offset: "+02:00" }),
  screen("Garden/harvest chart.png", chart, 16),
  screen("Garden/Frühbeet Skizze.png", sketch, 17),

  photo("Recipes/борщ в кастрюле.jpg", dish, 7),

  photo("House/kitchen before.jpg", kitchen, 18),
  photo("House/kitchen after.jpg", kitchen, 20, { taken: "2023:10:28 16:12:55" }),
  { path: "House/floor plan.svg", bytes: () => Buffer.from(floorPlan) },
  // Equal bytes under two names.
  screen("House/tiles.png", tiles, 21, 480, 360),
  screen("House/tiles copy.png", tiles, 21, 480, 360),

  photo("Travel/Japan/旅館の庭.jpg", landscape, 22, { taken: "2023:11:09 08:05:00", offset: "+09:00" }),
  screen("Travel/Japan/京都 🍁.png", landscape, 23, 480, 320),
  photo("Travel/Japan/night market.avif", night, 24),
  { path: "Travel/Lisbon/tram ride.gif", bytes: tramRide },
  {
    path: "Travel/Lisbon/tram 28.bmp",
    bytes: () => encodeBmp(draw(tramStreet, { width: 240, height: 180, seed: 25, noise: 4 })),
  },
  screen("Travel/Lisbon/azulejo.tiff", tiles, 26, 320, 240),
  photo("Travel/Lisbon/Miradouro (evening).jpg", landscape, 29),
  photo("Travel/Lisbon/alfama.jpg", tramStreet, 28, { taken: "2022:04:16 17:20:31", offset: "+01:00" }),

  screen("Private/diary sketch.png", sketch, 29, 480, 360),

  // A name that lies about its type, and a file that is no picture at all.
  {
    path: "Inbox/scan 13.jpg",
    bytes: () => encode(draw(sketch, { width: 480, height: 640, seed: 30, noise: 0 }), "png"),
  },
  { path: "Inbox/scan 12.png", bytes: () => Buffer.from(savedPage) },
];
