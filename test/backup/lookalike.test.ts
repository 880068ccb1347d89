import { expect, it } from "vitest";
import { isOfSize } from "../../src/backup/lookalike";
import { fingerprintFrom, mediaItemId, type ExaminedPicture, type ListedItem } from "../../src/model";

const fingerprint = fingerprintFrom("a".repeat(64));
const picture: ExaminedPicture = {
  fingerprint,
  undated: { bytes: new Uint8Array(), fingerprint },
  size: { width: 40, height: 30 },
};
const item = (width: number, height: number): ListedItem => ({
  id: mediaItemId("i"),
  name: "n",
  url: "u",
  type: "image/png",
  width,
  height,
});

it("a picture is of an item's size the one way or turned, and never where a size is not told", () => {
  expect(isOfSize(picture, item(40, 30))).toBe(true);
  expect(isOfSize(picture, item(30, 40))).toBe(true);
  for (const [width, height] of [
    [40, 40],
    [30, 30],
    [41, 30],
    [30, 41],
    [0, 30],
    [40, 0],
  ] as const) {
    expect(isOfSize(picture, item(width, height)), `${String(width)} × ${String(height)}`).toBe(false);
  }
  const { size: _size, ...ofNoSize } = picture;
  expect(isOfSize(ofNoSize, item(40, 30))).toBe(false);
});
