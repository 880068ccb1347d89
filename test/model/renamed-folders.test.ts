import { describe, expect, it } from "vitest";
import { renamedFolders } from "../../src/model";

describe("the choice of folders, where one is renamed or moved", () => {
  const folders = { include: ["Travel"], exclude: ["Travel/Private", "Travelling"] };

  it("goes along with it and with what lies in it", () => {
    const { include, exclude } = renamedFolders(folders, "Travel", "Trips/Far");
    expect([include, exclude]).toEqual([
      ["Trips/Far"],
      expect.arrayContaining(["Trips/Far/Private", "Travelling"]),
    ]);
  });

  it("goes along with an image that is left out by itself", () => {
    const images = { include: [], exclude: ["Travel/map.png", "Travel/map.png.png"] };
    expect(renamedFolders(images, "Travel/map.png", "plan.png").exclude).toContain("plan.png");
  });

  it("leaves out under both names: another device may get the new one before the files, or after them", () => {
    const after = renamedFolders(folders, "Travel", "Trips");
    expect(after.exclude).toEqual(["Travel/Private", "Travelling", "Trips/Private"]);
    // Obsidian tells of everything that lies in the folder as well.
    expect(renamedFolders(after, "Travel/Private", "Trips/Private")).toBe(after);
  });

  it("stays the same one where it names nothing of it", () => {
    expect(renamedFolders(folders, "Trav", "Trips")).toBe(folders);
    const twice = { include: [], exclude: ["Travel", "Travel"] };
    expect(renamedFolders(twice, "Trav", "Trips"), "though something stands in it twice").toBe(twice);
  });
});
