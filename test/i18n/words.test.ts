import { describe, expect, it } from "vitest";
import { Words } from "../../src/i18n";

const english = new Words("en");

describe("words", () => {
  it("choose the plural form by the count", () => {
    expect(english.say("headline.attention", { n: 1 })).toBe("1 image needs attention");
    expect(english.say("headline.attention", { n: 0 })).toBe("0 images need attention");
  });

  it("write numbers as the language does", () => {
    expect(english.say("headline.backing-up", { done: 1200, of: 50000 })).toBe("Backing up 1,200 of 50,000");
  });

  it("stay English for a language that we do not have", () => {
    const words = new Words("xx");
    expect(words.language).toBe("en");
    expect(words.say("cancel")).toBe("Cancel");
  });

  it("put what a person named into a sentence as it is", () => {
    expect(english.say("row.label", { name: "{state}.png", state: "Waiting" })).toBe("{state}.png: Waiting");
  });
});

describe("sizes, times and lengths of time", () => {
  it("say sizes in decimal units, as Google does", () => {
    expect([0, 999, 1500, 12_340_000, 15e9].map((size) => english.bytes(size))).toEqual([
      "0 bytes",
      "999 bytes",
      "1.5 kB",
      "12 MB",
      "15 GB",
    ]);
  });

  it("say a moment of today by its time alone", () => {
    const noon = new Date(2026, 7, 18, 12).getTime();
    expect(english.moment(noon + 3_600_000, noon)).toMatch(/^1:00\sPM$/);
    expect(english.moment(noon + 24 * 3_600_000, noon)).toMatch(/^Aug 19, 2026, 12:00\sPM$/);
  });

  it("say them as the region writes them that was asked for", () => {
    const noon = new Date(2026, 7, 18, 12).getTime();
    expect(new Words("en-GB").moment(noon, 0)).toBe("18 Aug 2026, 12:00");
    expect(new Words("pt").day(noon)).toBe("18 de agosto de 2026");
  });

  it("say a length of time as coarsely as a person wants it", () => {
    expect([400, 45_000, 60_000 * 9, 3_600_000 * 3].map((ms) => english.duration(ms))).toEqual([
      "1 second",
      "45 seconds",
      "9 minutes",
      "3 hours",
    ]);
  });
});
