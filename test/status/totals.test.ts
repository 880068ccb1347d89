import { describe, expect, it } from "vitest";
import { mediaItemId, type ImageState, type MediaItem } from "../../src/model";
import { count, NO_IMAGES } from "../../src/status/totals";

const item: MediaItem = { id: mediaItemId("i"), url: "u", recipe: "o", origin: "created", since: 0 };

describe("the totals", () => {
  it.each<[ImageState, number]>([
    [{ is: "waiting" }, 0],
    [{ is: "uploading" }, 0],
    [{ is: "backed-up", item }, 0],
    [{ is: "skipped", because: "type" }, 0],
    [{ is: "skipped", because: "broken" }, 1],
    [{ is: "failed", because: "service" }, 1],
    [{ is: "removed", item }, 1],
    [{ is: "removed", item, left: true }, 0],
  ])("count an image that becomes %j, and stops being it", (state, wanting) => {
    const tally = { ...NO_IMAGES };
    count(tally, state, 1);
    expect(tally).toEqual({ ...NO_IMAGES, found: 1, [state.is]: 1, wanting });
    count(tally, state, -1);
    expect(tally).toEqual(NO_IMAGES);
  });
});
