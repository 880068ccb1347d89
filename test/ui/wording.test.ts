import { describe, expect, it } from "vitest";
import { Words } from "../../src/i18n";
import { PhotosError } from "../../src/model";
import { sayError, sentences } from "../../src/ui/wording";

describe("an error", () => {
  const { say } = new Words("en");

  it.each([
    [true, "The sign-in has ended. Sign in again."],
    [false, "Nobody is signed in on this device. Sign in first."],
    [undefined, "Nobody is signed in on this device. Sign in first."],
  ])("of a sign-in that has ended (%s) says so, and no other does", (ended, said) => {
    expect(sayError(new PhotosError("signed-out", { ended }), say)).toBe(said);
  });
});

describe("sentences", () => {
  it.each([
    [
      "en",
      ["Failed", "The connection broke again and again."],
      "Failed. The connection broke again and again.",
    ],
    ["fr", ["Sauvegardée", ""], "Sauvegardée."],
    ["ko", ["백업됨", "Google 포토에 있습니다."], "백업됨. Google 포토에 있습니다."],
    ["ja", ["バックアップ済み", "Google フォトにあります。"], "バックアップ済み。Google フォトにあります。"],
    ["zh", ["已备份", "它在您的 Google 相册中。"], "已备份。它在您的 Google 相册中。"],
  ])("end as they do in %s", (_language, texts, said) => {
    expect(sentences(...texts)).toBe(said);
  });
});
