import type { Bytes } from "../content/bytes";
import type { PixelSize } from "../content/size";

/** The colours a canvas can hold. */
export type Gamut = "srgb" | "display-p3";

/** A canvas that is not shown, made of what the host has. */
export interface Canvas {
  readonly size: PixelSize;
  readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  /** What can be drawn into another canvas. */
  readonly image: CanvasImageSource;
  /** Encodes what is drawn; `undefined` where the host answers another type than it was asked for, or nothing. */
  encode(type: "image/jpeg" | "image/png", quality?: number): Promise<Bytes | undefined>;
  /** Gives the memory back at once. */
  release(): void;
}

/** By its full name: what Obsidian adds to the page for making elements is not known in this room. */
const XHTML = "http://www.w3.org/1999/xhtml";

/** Makes a canvas, in a worker or on the page; `undefined` where the host cannot. */
export function makeCanvas({ width, height }: PixelSize, gamut: Gamut): Canvas | undefined {
  const canvas =
    typeof OffscreenCanvas === "undefined" ? elementCanvas() : new OffscreenCanvas(width, height);
  canvas.width = width;
  canvas.height = height;
  const options = { colorSpace: gamut, willReadFrequently: true } as const;
  const context = canvas.getContext("2d", options) as Canvas["context"] | null;
  if (context === null) return undefined;
  return {
    size: { width, height },
    context,
    image: canvas,
    async encode(type, quality = 1) {
      const blob =
        "convertToBlob" in canvas
          ? await canvas.convertToBlob({ type, quality })
          : await new Promise<Blob | null>((resolve) => {
              canvas.toBlob(resolve, type, quality);
            });
      // An encoder that is asked for what it cannot do answers PNG, without a word (measured; HTML, 4.12.5.5).
      return blob?.type === type ? new Uint8Array(await blob.arrayBuffer()) : undefined;
    },
    release() {
      canvas.width = 0;
    },
  };
}

function elementCanvas(): HTMLCanvasElement {
  return document.createElementNS(XHTML, "canvas") as HTMLCanvasElement;
}

/** Decodes a picture as it is stored; `undefined` where this host cannot. */
export async function decode(bytes: Bytes, type: string): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
  } catch {
    // The decoder's only way to say no; which formats it knows is nowhere to be asked.
    return undefined;
  }
}

/** The pixels of a stretch of the canvas, in its own colours. */
export function pixelsOf(
  canvas: Canvas,
  x = 0,
  y = 0,
  { width, height }: PixelSize = canvas.size,
): Uint8ClampedArray {
  return canvas.context.getImageData(x, y, width, height).data;
}
