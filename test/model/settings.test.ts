import { describe, expect, it } from "vitest";
import {
  chosenRecipe,
  defaultSettings,
  folderChosen,
  isFromNewerVersion,
  isLeftOut,
  readSettings,
  type BackupSettings,
} from "../../src/model";

describe("settings", () => {
  it("start off, with everything in its plainest form", () => {
    const plainest: BackupSettings = {
      version: 1,
      started: false,
      automatic: true,
      quality: "original",
      dates: true,
      albums: "vault",
      folders: { include: [], exclude: [] },
      video: false,
      neutralNames: false,
      captions: false,
      uploads: 16,
      phoneLimit: 100,
      wifiOnly: false,
      chargingOnly: false,
      albumIds: {},
      outsideAlbums: {},
    };
    expect(defaultSettings()).toEqual(plainest);
  });

  it.each([null, undefined, "text", 7, []])("are the usual ones where data.json holds %j", (data) => {
    expect(readSettings(data)).toEqual(defaultSettings());
  });

  it("keep what makes sense and fall back where something does not", () => {
    const read = readSettings({
      version: "one",
      started: true,
      automatic: 0,
      quality: "tiny",
      dates: false,
      albums: "folders",
      folders: { include: ["A"] },
      video: "yes",
      wifiOnly: true,
      chargingOnly: true,
      albumIds: { me: { "": 1 } },
    });
    expect(read).toEqual({
      ...defaultSettings(),
      started: true,
      dates: false,
      albums: "folders",
      folders: { include: ["A"], exclude: [] },
      wifiOnly: true,
      chargingOnly: true,
    });
    expect([0, 1, 2].map((version) => readSettings({ version }).version)).toEqual([1, 1, 2]);
  });

  it("are none where the choice of folders makes no sense: a default would send what somebody left out", () => {
    for (const folders of ["all", null, { exclude: "Private" }, { exclude: [7] }, { include: {} }])
      expect(() => readSettings({ folders })).toThrow();
  });

  it("are a newer version's by their number alone", () => {
    expect(isFromNewerVersion({ version: 2 })).toBe(true);
    expect(isFromNewerVersion({ version: 1 })).toBe(false);
    expect(isFromNewerVersion({ version: "2" })).toBe(false);
    expect(isFromNewerVersion({})).toBe(false);
    expect(isFromNewerVersion(null)).toBe(false);
  });

  it("choose the recipe", () => {
    expect(chosenRecipe({ ...defaultSettings(), quality: "storage-saver", dates: false })).toEqual({
      quality: "storage-saver",
      dated: false,
    });
  });
});

describe("the choice of folders", () => {
  it.each([
    ["all where none is named", "A/b.png", [], [], true],
    ["what lies in a named one", "A/b.png", ["A"], [], true],
    ["what lies deeper", "A/B/c.png", ["A"], [], true],
    ["not what only begins like it", "AB/c.png", ["A"], [], false],
    ["not a file of its name", "A", ["A"], [], false],
    ["not what lies elsewhere", "C/d.png", ["A", "B"], [], false],
    ["not what lies in an excluded one, though chosen", "A/B/c.png", ["A"], ["A/B"], false],
    ["what lies beside an excluded one", "A/d.png", ["A"], ["A/B"], true],
    ["all, by the root's name", "x.png", ["/"], [], true],
    ["all, by the root's empty name", "x.png", [""], [], true],
    ["nothing, where the root is excluded", "x.png", [], ["/"], false],
  ])("takes in %s", (_, path, include, exclude, chosen) => {
    expect(folderChosen(path, { include, exclude })).toBe(chosen);
  });

  it("looks no list through for each image, however many images are left out by themselves", () => {
    let looks = 0;
    const paths = Array.from({ length: 1000 }, (_, n) => `A/${String(n)}.png`);
    const exclude = new Proxy(paths, {
      get(list, key, self): unknown {
        looks += 1;
        return Reflect.get(list, key, self);
      },
    });
    for (const path of paths) expect(isLeftOut(path, { include: [], exclude })).toBe(true);
    for (const path of paths) expect(folderChosen(path, { include: [], exclude })).toBe(true);
    expect(looks).toBeLessThan(3 * paths.length);
  });
});
