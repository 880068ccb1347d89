import exifr from "exifr";
import { expect, it } from "vitest";
import { withMetadata } from "../../src/picture/saver/carry-metadata";
import { drawn } from "./sample-files";

it.each(["jpeg", "png", "webp"] as const)(
  "a copy of fewer pixels says so, and keeps what else is told: %s",
  async (format) => {
    const told = drawn(64, 48)
      .withMetadata({ orientation: 6 })
      .withExif({
        IFD0: { Orientation: "6", Copyright: "somebody" },
        IFD2: { PixelXDimension: "64", PixelYDimension: "48" },
      });
    const local = new Uint8Array(await told.toFormat(format).toBuffer());
    const coded = new Uint8Array(await drawn(32, 24).jpeg().toBuffer());
    const copy = withMetadata(format, local, "jpeg", coded, { width: 32, height: 24 });
    const tags: unknown = await exifr.parse(Buffer.from(copy ?? []), { translateValues: false });
    expect(tags).toMatchObject({
      ExifImageWidth: 32,
      ExifImageHeight: 24,
      Orientation: 6,
      Copyright: "somebody",
    });
  },
);
