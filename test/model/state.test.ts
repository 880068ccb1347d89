import { describe, expect, it } from "vitest";
import {
  gravest,
  isByChoice,
  mediaItemId,
  needsAttention,
  noteState,
  PhotosError,
  type Hold,
  type ImageState,
  type MediaItem,
  type SkipReason,
} from "../../src/model";

const item: MediaItem = { id: mediaItemId("i"), url: "u", recipe: "o", origin: "created", since: 0 };
const waiting: ImageState = { is: "waiting" };
const safe: ImageState = { is: "backed-up", item };
const skipped = (because: SkipReason): ImageState => ({ is: "skipped", because });

describe("a person's attention", () => {
  it.each<[ImageState, boolean]>([
    [waiting, false],
    [{ is: "uploading" }, false],
    [safe, false],
    [{ is: "failed", because: "service" }, true],
    [{ is: "removed", item }, true],
    [skipped("folder"), false],
    [skipped("type"), false],
    [skipped("broken"), true],
    [skipped("too-large"), true],
    [skipped("empty"), true],
    [skipped("not-an-image"), true],
    [skipped("unreadable"), true],
  ])("%j", (state, needed) => {
    expect(needsAttention(state)).toBe(needed);
    if (state.is === "skipped") expect(isByChoice(state.because)).toBe(!needed);
  });
});

describe("a note", () => {
  it("without images that count has no state", () => {
    const none = { is: "none", safe: 0, of: 0, wanting: 0 };
    expect(noteState([])).toEqual(none);
    expect(noteState([skipped("folder"), skipped("type")])).toEqual(none);
  });

  it("is safe when all that count are", () => {
    expect(noteState([safe, skipped("type"), safe])).toEqual({
      is: "safe",
      safe: 2,
      of: 2,
      wanting: 0,
    });
  });

  it("is partly safe while some are on their way", () => {
    expect(noteState([safe, waiting, { is: "uploading" }])).toEqual({
      is: "partly",
      safe: 1,
      of: 3,
      wanting: 0,
    });
  });

  it("wants attention for each image that does, and for those it misses", () => {
    const states = [safe, skipped("broken"), { is: "failed", because: "refused" } as const, waiting];
    expect(noteState(states)).toEqual({ is: "attention", safe: 1, of: 4, wanting: 2 });
    expect(noteState([safe], 2)).toEqual({ is: "attention", safe: 1, of: 3, wanting: 2 });
    expect(noteState([], 1)).toEqual({ is: "attention", safe: 0, of: 1, wanting: 1 });
  });
});

describe("the hold that is told", () => {
  it("is the one that has to end first, in whatever order they came", () => {
    const inOrder: readonly Hold[] = [
      { why: "stopped", until: 0 },
      { why: "newer-ledger" },
      { why: "other-window" },
      { why: "first-use" },
      { why: "signed-out", ended: true },
      { why: "off", here: false },
      { why: "paused" },
      { why: "refused", because: "api-off" },
      { why: "storage-full", until: 0 },
      { why: "background" },
      { why: "offline" },
      { why: "wifi" },
      { why: "power" },
      { why: "daily-quota", until: 0 },
      { why: "rate-limit", until: 0 },
    ];
    for (const [place, hold] of inOrder.entries()) {
      expect(gravest(inOrder.slice(place))).toBe(hold);
      expect(gravest(inOrder.slice(place).reverse())).toBe(hold);
    }
    expect(gravest([])).toBeUndefined();
  });
});

describe("an error of Google's", () => {
  it("says its kind and what came with it", () => {
    const error = new PhotosError("refused", { status: 403, refusal: "api-off" });
    expect(error).toMatchObject({ name: "PhotosError", message: "refused", kind: "refused" });
    expect(error.detail).toEqual({ status: 403, refusal: "api-off" });
    expect(new PhotosError("offline").detail).toEqual({});
  });
});
