import { describe, expect, it } from "vitest";
import { deviceLimit, isLookedFor, planImage } from "../../src/backup/plan";
import { DEFAULT_SETTINGS, readSettings, type BackupSettings, type VaultImage } from "../../src/model";

const MB = 1_000_000;
const file = (path: string, size: number): VaultImage => ({ path, size, mtime: 1, ctime: 1 });
const onPhone = (image: VaultImage, settings: BackupSettings): string => {
  const step = planImage(image, {}, settings, deviceLimit(true, settings));
  return step.do === "skip" ? step.because : step.do;
};

describe("a file over the limit that is set for phones", () => {
  const settings = readSettings({ video: true, phoneLimit: 50 });

  it("is not read there", () => {
    expect(onPhone(file("a.mp4", 50 * MB + 1), settings)).toBe("too-large");
    expect(onPhone(file("a.png", 50 * MB + 1), settings)).toBe("too-large");
    expect(onPhone(file("a.mp4", 50 * MB), settings)).toBe("fingerprint");
  });

  it("is sent by a computer", () => {
    expect(planImage(file("a.mp4", 3000 * MB), {}, settings, deviceLimit(undefined, settings)).do).toBe(
      "fingerprint",
    );
  });

  it("is a limit that one can choose, whatever a file of settings says", () => {
    expect(readSettings({ phoneLimit: -1 }).phoneLimit).toBe(DEFAULT_SETTINGS.phoneLimit);
    expect(onPhone(file("a.mp4", 150 * MB), readSettings({ phoneLimit: 200 }))).toBe("fingerprint");
  });
});

describe("a video", () => {
  const settings = readSettings({ video: true });

  it("is looked for where the person asked for videos, and only there", () => {
    expect(isLookedFor(file("a.mp4", 1), DEFAULT_SETTINGS)).toBe(false);
    expect(isLookedFor(file("a.mp4", 1), settings)).toBe(true);
  });

  it("may have 20 GB, where a photo may have 200 MB", () => {
    const fate = (path: string, size: number): string => planImage(file(path, size), {}, settings).do;
    expect(fate("a.mp4", 20 * 2 ** 30)).toBe("fingerprint");
    expect(fate("a.mp4", 20 * 2 ** 30 + 1)).toBe("skip");
    expect(fate("a.jpg", 200 * 2 ** 20)).toBe("fingerprint");
    expect(fate("a.jpg", 200 * 2 ** 20 + 1)).toBe("skip");
  });

  it("of a type that Google does not take is not even read", () => {
    expect(planImage(file("a.webm", 1), {}, settings)).toEqual({ do: "skip", because: "type" });
  });
});
