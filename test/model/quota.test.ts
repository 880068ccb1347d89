import { describe, expect, it } from "vitest";
import { backedUpBy, IMAGES_A_DAY } from "../../src/model";

const DAY = 24 * 3_600_000;
const MONDAY = Date.UTC(2026, 10, 30, 8);

describe("a backup under Google's daily limit", () => {
  it("says no date where one day is enough", () => {
    expect(backedUpBy(0, MONDAY)).toBeUndefined();
    expect(backedUpBy(IMAGES_A_DAY, MONDAY)).toBeUndefined();
  });

  it("ends on the day that takes the last of them", () => {
    expect(backedUpBy(IMAGES_A_DAY + 1, MONDAY)).toBe(MONDAY + DAY);
    expect(backedUpBy(50_000, MONDAY)).toBe(MONDAY + 5 * DAY);
  });
});
