import { describe, expect, it } from "vitest";
import { bestDate } from "../../src/picture/date/best-date";
import { isoTime } from "../../src/picture/date/moment";
import { imageNamed } from "./memory-image";
import { live } from "./there";

// An hour ahead of UTC, two from the end of March to the end of October.
live("Europe/Berlin");

/** The date of a file of this name whose own times lie at noon of 2 January 2021, UTC. */
function dateOf(stem: string, times = {}): string {
  const best = bestDate(imageNamed(`notes/${stem}.png`, 1, times), {});
  return best === undefined ? "none" : isoTime(best);
}

const SUMMER = "2024-08-18T09:17:44+02:00";
const WINTER = "2020-01-02T15:04:05+01:00";
const FILE = "2021-01-02T13:00:00+01:00";

describe("the date in a name", () => {
  it.each([
    ["Pasted image 20240818091744", SUMMER],
    ["file-20240818091744123", SUMMER],
    ["Screenshot 2024-08-18 at 09.17.44", SUMMER],
    ["Screenshot 2024-08-18 at 09.17.44 (2)", SUMMER],
    ["Screenshot 2024-08-18 091744", SUMMER],
    ["Screenshot_20240818-091744", SUMMER],
    ["Screenshot_20240818_091744_Obsidian", SUMMER],
    ["Screenshot from 2024-08-18 09-17-44", SUMMER],
    ["Screen Shot 2020-01-02 at 3.04.05 PM", WINTER],
    ["Screenshot 2020-01-02 at 3.04.05\u202fPM", WINTER],
    ["Screen Shot 2020-01-02 at 12.04.05 AM", "2020-01-02T00:04:05+01:00"],
    ["CleanShot 2024-08-18 at 09.17.44@2x", SUMMER],
    ["Bildschirmfoto 2024-08-18 um 09.17.44", SUMMER],
    ["Capture d’écran 2024-08-18 à 09.17.44", SUMMER],
    ["Captura de pantalla 2024-08-18 a las 9.17.44", SUMMER],
    ["Schermafbeelding 2024-08-18 om 09.17.44", SUMMER],
    ["Снимок экрана 2024-08-18 в 09.17.44", SUMMER],
    ["スクリーンショット 2024-08-18 9.17.44", SUMMER],
    ["截屏2020-01-02 下午3.04.05", WINTER],
    ["IMG_20240818_091744", SUMMER],
    ["IMG20240818091744", SUMMER],
    ["20240818_091744", SUMMER],
    ["20240818_091744(0)", SUMMER],
    ["MVIMG_20240818_091744", SUMMER],
    ["VID_20240818_091744", SUMMER],
    // Google's camera writes UTC.
    ["PXL_20240818_071744123", SUMMER],
    ["PXL_20240818_071744123.PORTRAIT", SUMMER],
    ["signal-2024-08-18-09-17-44", SUMMER],
    ["signal-2024-08-18-091744_002", SUMMER],
    ["photo_2024-08-18_09-17-44", SUMMER],
    ["photo_2024-08-18 09.17.44", SUMMER],
    ["WhatsApp Image 2024-08-18 at 09.17.44", SUMMER],
    ["2024-08-18 09.17.44", SUMMER],
    ["2024-08-18T091744", SUMMER],
    ["202408180917 tomatoes", "2024-08-18T09:17:00+02:00"],
    ["2024-08-18 09.17", "2024-08-18T09:17:00+02:00"],
    ["FB_IMG_1723965464000", SUMMER],
    ["mmexport1723965464123", SUMMER],
  ])("%s", (stem, expected) => {
    expect(dateOf(stem)).toBe(expected);
  });

  it("without a time is at noon, or at the file's own time where that is on this day", () => {
    expect(dateOf("IMG-20240818-WA0001")).toBe("2024-08-18T12:00:00+02:00");
    expect(dateOf("VID-20240818-WA0001")).toBe("2024-08-18T12:00:00+02:00");
    expect(dateOf("whiteboard 2024-08-18 kitchen")).toBe("2024-08-18T12:00:00+02:00");
    expect(dateOf("IMG-20210102-WA0001")).toBe("2021-01-02T13:00:00+01:00");
  });

  it.each([
    "a cat",
    "IMG_0042",
    "20241318091744",
    "Pasted image 20230230091744",
    "Pasted image 20270101000000",
    "scan 19891109",
    "invoice 1020240818",
    "part20240818b",
    "3f20240818a1",
    "4006381333931",
  ])("is none in %s", (stem) => {
    expect(dateOf(stem)).toBe(FILE);
  });
});

describe("the date of a picture that tells none", () => {
  it("is the earlier of the file's two times", () => {
    const times = { ctime: Date.UTC(2022, 6, 1), mtime: Date.UTC(2019, 6, 1) };
    expect(dateOf("a cat", times)).toBe("2019-07-01T02:00:00+02:00");
    expect(dateOf("a cat", { ctime: times.mtime, mtime: times.ctime })).toBe("2019-07-01T02:00:00+02:00");
  });

  it("passes over times that cannot be", () => {
    expect(dateOf("a cat", { ctime: 0 })).toBe(FILE);
    expect(dateOf("a cat", { mtime: Date.UTC(2031, 0, 1) })).toBe(FILE);
    expect(dateOf("a cat", { ctime: 0, mtime: Number.NaN })).toBe("none");
  });

  it("is what the content says elsewhere, before all else", () => {
    const wall = Date.UTC(2018, 4, 6, 7, 8, 9);
    const best = (offset?: number): string => {
      const embedded = { created: { wall, offset } };
      const found = bestDate(imageNamed("IMG_20240818_091744.png", 1), embedded);
      return found === undefined ? "none" : isoTime(found);
    };
    expect(best()).toBe("2018-05-06T07:08:09+02:00");
    expect(best(-330)).toBe("2018-05-06T07:08:09-05:30");
  });
});
