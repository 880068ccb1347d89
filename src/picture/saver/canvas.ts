import type { Bytes } from "../content/bytes";
import type { PixelSize } from "../content/picture";

/** The colours a canvas can hold. */
export type Gamut = "srgb" | "display-p3";

/** A canvas that is not shown, made of what the host has. It throws where the host cannot do what it is asked for. */
export interface Canvas {
  readonly size: PixelSize;
  readonly context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
  /** What can be drawn into another canvas. */
  readonly image: CanvasImageSource;
  /** Makes another one of the same colours. */
  another(size: PixelSize): Canvas;
  encode(type: "image/jpeg" | "image/png", quality?: number): Promise<Bytes>;
  /** Gives the memory back at once. */
  release(): void;
}

/** By its full name: what Obsidian adds to the page for making elements is not known in this room. */
const XHTML = "http://www.w3.org/1999/xhtml";

/** Makes a canvas, in a worker or on the page. */
export function makeCanvas(size: PixelSize, gamut: Gamut): Canvas {
  const { width, height } = size;
  const canvas =
    typeof OffscreenCanvas === "undefined" ? elementCanvas() : new OffscreenCanvas(width, height);
  canvas.width = width;
  canvas.height = height;
  const options = { colorSpace: gamut, willReadFrequently: true } as const;
  const context = canvas.getContext("2d", options) as Canvas["context"] | null;
  if (context === null) throw new TypeError("This host has no more room for a canvas");
  return {
    size,
    context,
    image: canvas,
    another: (ofSize) => makeCanvas(ofSize, gamut),
    async encode(type, quality = 1) {
      const blob =
        "convertToBlob" in canvas
          ? await canvas.convertToBlob({ type, quality })
          : await new Promise<Blob | null>((resolve) => {
              canvas.toBlob(resolve, type, quality);
            });
      // An encoder that is asked for what it cannot do answers PNG, without a word (measured; HTML, 4.12.5.5).
      if (blob?.type !== type) throw new TypeError(`This host cannot encode ${type}`);
      return new Uint8Array(await blob.arrayBuffer());
    },
    release() {
      canvas.width = 0;
    },
  };
}

function elementCanvas(): HTMLCanvasElement {
  return document.createElementNS(XHTML, "canvas") as HTMLCanvasElement;
}

/** Decodes a picture as it is stored; throws where this host cannot: which formats it knows is nowhere to be asked. */
export function decode(bytes: Bytes, type: string): Promise<ImageBitmap> {
  return createImageBitmap(new Blob([bytes], { type }), { imageOrientation: "from-image" });
}

/** The pixels of so many rows from a row on, or of the whole canvas, in its own colours. */
export function pixelsOf({ context, size }: Canvas, from = 0, rows = size.height): Uint8ClampedArray {
  return context.getImageData(0, from, size.width, rows).data;
}
