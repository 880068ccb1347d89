import { describe, expect, it } from "vitest";
import { accountKey, fingerprintFrom, markOfName, nameMark, neutralName, sentName } from "../../src/model";
import { recipeFrom, recipeKey, recipeOfMark, type RecipeKey } from "../../src/model";

const fingerprint = fingerprintFrom("3f9a1c2b7d5e8f60".padEnd(64, "0"));

describe("an account", () => {
  it("is a person and a client, whose usual ending says nothing", () => {
    expect(accountKey("12-ab.apps.googleusercontent.com", "777")).toBe("777@12-ab");
    expect(accountKey("12.apps.googleusercontent.com.example", "")).toBe(
      "@12.apps.googleusercontent.com.example",
    );
    expect(accountKey("12xappsxgoogleusercontentxcom", "7")).toBe("7@12xappsxgoogleusercontentxcom");
  });
});

describe("a recipe", () => {
  it.each<[RecipeKey, unknown]>([
    ["o", { quality: "original", dated: false }],
    ["od", { quality: "original", dated: true }],
    ["s", { quality: "storage-saver", dated: false }],
    ["sd", { quality: "storage-saver", dated: true }],
  ])("is written %s, and read again", (key, recipe) => {
    expect(recipeFrom(key)).toEqual(recipe);
    expect(recipeKey(recipeFrom(key))).toBe(key);
  });
});

describe("a sent name", () => {
  it("ends in sixteen digits of the fingerprint and the quality's letter", () => {
    expect(sentName("Pasted image 1", fingerprint, "original", "png")).toBe(
      "Pasted image 1 ~3f9a1c2b7d5e8f60o.png",
    );
    expect(sentName("a", fingerprint, "storage-saver", "jpg")).toBe("a ~3f9a1c2b7d5e8f60s.jpg");
  });

  it("is the mark alone where there is no stem", () => {
    expect(sentName("", fingerprint, "original", "png")).toBe("~3f9a1c2b7d5e8f60o.png");
    expect(sentName("   ", fingerprint, "original", "png")).toBe("~3f9a1c2b7d5e8f60o.png");
  });

  it("has at most 255 characters, of which none is cut in two", () => {
    // " ~", sixteen digits, a letter and ".png" are 23 characters.
    expect(sentName("x".repeat(300), fingerprint, "original", "png")).toBe(
      `${"x".repeat(232)} ~3f9a1c2b7d5e8f60o.png`,
    );
    expect(sentName("x".repeat(232), fingerprint, "original", "png")).toHaveLength(255);
    const faces = sentName(`x${"😀".repeat(200)}`, fingerprint, "original", "png");
    expect(faces).toBe(`x${"😀".repeat(115)} ~3f9a1c2b7d5e8f60o.png`);
    expect(sentName(`${"x".repeat(231)}  y`, fingerprint, "original", "png")).toBe(
      `${"x".repeat(231)} ~3f9a1c2b7d5e8f60o.png`,
    );
  });

  it.each([
    ["Pasted image 1 ~3f9a1c2b7d5e8f60o.png", "3f9a1c2b7d5e8f60o"],
    ["~3f9a1c2b7d5e8f60s.JPG", "3f9a1c2b7d5e8f60s"],
    ["two ~0000000000000000o.png ~3f9a1c2b7d5e8f60s.jpeg", "3f9a1c2b7d5e8f60s"],
    ["holiday.png", undefined],
    ["glued~3f9a1c2b7d5e8f60o.png", undefined],
    ["short ~3f9a1c2b7d5e8f6o.png", undefined],
    ["long ~3f9a1c2b7d5e8f600o.png", undefined],
    ["upper ~3F9A1C2B7D5E8F60o.png", undefined],
    ["letter ~3f9a1c2b7d5e8f60x.png", undefined],
    ["none ~3f9a1c2b7d5e8f60o", undefined],
    ["more ~3f9a1c2b7d5e8f60o.png (1)", undefined],
    ["odd ~3f9a1c2b7d5e8f60o.p g", undefined],
  ])("%s tells its mark", (name, mark) => {
    expect(markOfName(name)).toBe(mark);
  });

  it("says nothing but its mark where it is to be neutral, and stays where it has none", () => {
    expect(neutralName("holiday ~3f9a1c2b7d5e8f60o.png")).toBe("~3f9a1c2b7d5e8f60o.png");
    expect(neutralName("holiday.png")).toBe("holiday.png");
  });

  it("tells the quality by its mark", () => {
    expect(recipeOfMark(nameMark(fingerprint, "original"), false)).toBe("o");
    expect(recipeOfMark(nameMark(fingerprint, "storage-saver"), true)).toBe("sd");
  });
});
