import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  albumPurpose,
  albumTitle,
  isOfOlder,
  nthPurpose,
  OLDER,
  purposeOfTitle,
} from "../../src/backup/account/album-purpose";
import { defaultSettings } from "../../src/model";

describe("the album of an image", () => {
  it.each([
    ["vault", ""],
    ["folders", "trips/2024"],
    ["none", undefined],
  ] as const)("with the setting %s is for %j", (albums, purpose) => {
    expect(albumPurpose("trips/2024/a.png", { ...defaultSettings(), albums })).toBe(purpose);
  });

  it("is named after the vault and its folder, and numbered where it is a further one", () => {
    expect(albumTitle("", "Notes")).toBe("Notes");
    expect(albumTitle("trips/2024", "Notes")).toBe("Notes / trips/2024");
    expect(albumTitle(nthPurpose("", 2), "Notes")).toBe("Notes (2)");
    expect(albumTitle(nthPurpose("trips", 12), "Notes")).toBe("Notes / trips (12)");
    expect(albumTitle(OLDER, "Notes")).toBe("Notes (older versions)");
    expect(albumTitle(nthPurpose(OLDER, 2), "Notes")).toBe("Notes (older versions) (2)");
  });

  it("has a title that Google takes, with its number at the end", () => {
    const title = albumTitle(nthPurpose("f".repeat(600), 3), "Notes");
    expect(title).toHaveLength(500);
    expect(title).toMatch(/^Notes \/ f+ \(3\)$/);
    expect(albumTitle("f".repeat(600), "Notes")).toHaveLength(500);
    expect(albumTitle("", "🦔".repeat(400))).toBe("🦔".repeat(250));
    expect(albumTitle(nthPurpose("", 12), "🦔".repeat(400))).toBe(`${"🦔".repeat(247)} (12)`);
  });

  it("is known by its title, whatever folder and number it is for", () => {
    const folder = fc.stringMatching(/^[^/]{0,20}$/).filter((name) => !/ \(\d+\)$/.test(name));
    fc.assert(
      fc.property(fc.oneof(fc.constant(OLDER), folder), fc.integer({ min: 1, max: 120 }), (purpose, nth) => {
        const key = nthPurpose(purpose, nth);
        expect(purposeOfTitle(albumTitle(key, "Notes"), "Notes")).toBe(key);
        expect(isOfOlder({ purpose: key })).toBe(purpose === OLDER);
      }),
    );
  });

  it("is not one of another vault, nor is a vault's own name taken for a number", () => {
    expect(purposeOfTitle("Other", "Notes")).toBeUndefined();
    expect(purposeOfTitle("Notes2", "Notes")).toBeUndefined();
    expect(purposeOfTitle("Other (2)", "Notes")).toBeUndefined();
    expect(purposeOfTitle("Notes (1)", "Notes")).toBeUndefined();
    expect(purposeOfTitle("Notes (2)", "Notes (2)")).toBe("");
    expect(purposeOfTitle("Notes (2)", "Notes")).toBe(nthPurpose("", 2));
    expect(purposeOfTitle("Notes / a (10)", "Notes")).toBe(nthPurpose("a", 10));
  });
});
