import { decode, encode, makeCanvas, type Canvas } from "./canvas";
import { lumaOf, similarity } from "./similarity";

/** The qualities that are tried. Below the first, colours bleed even where the measure is content. */
const QUALITIES = [0.75, 0.79, 0.83, 0.87, 0.9, 0.93] as const;

/** What is asked of the JPEG copy of a picture. */
export interface Demand {
  /** The least likeness, of 1. */
  readonly likeness: number;
  /** The least quality, from 0 to 1. */
  readonly quality: number;
  /** The picture is looked at as if shrunk by so much. */
  readonly shrink: number;
}

/**
 * What is asked of a photo. Large ones are looked at at half their size, as they are on any screen, where the sensor's
 * noise, which nobody sees and no coding keeps, does not count; at least 0.97 then remains at the scale that
 * structural similarity is meant for: the bench of pictures shows it for every photo there is.
 */
export function demandOf(kind: "photo" | "drawing", shorterSide: number): Demand {
  if (kind === "drawing") return { likeness: 0.99, quality: 0.87, shrink: 1 };
  return shorterSide >= 1000
    ? { likeness: 0.95, quality: 0.75, shrink: 2 }
    : { likeness: 0.975, quality: 0.75, shrink: 1 };
}

export interface ChosenQuality {
  readonly quality: number;
  /** Bytes that coding took for each pixel. */
  readonly bytesPerPixel: number;
}

/** Finds the lowest quality at which the sample's JPEG copy meets the demand; `undefined` where none does. */
export async function chooseQuality(
  sample: Canvas,
  demand: Demand,
  signal: AbortSignal,
): Promise<ChosenQuality | undefined> {
  const original = lumaOf(sample, demand.shrink);
  const copy = makeCanvas(sample.size, sample.gamut);
  const pixels = sample.size.width * sample.size.height;
  for (const quality of QUALITIES.filter((one) => one >= demand.quality)) {
    signal.throwIfAborted();
    const coded = await encode(sample, "jpeg", quality);
    const bitmap = await decode("jpeg", coded);
    copy.context.drawImage(bitmap, 0, 0);
    bitmap.close();
    if (similarity(original, lumaOf(copy, demand.shrink)) >= demand.likeness) {
      return { quality, bytesPerPixel: coded.length / pixels };
    }
  }
  return undefined;
}
