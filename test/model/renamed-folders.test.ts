import { describe, expect, it } from "vitest";
import { renamedFolders } from "../../src/model";

describe("the choice of folders, where one is renamed or moved", () => {
  const folders = { include: ["Travel"], exclude: ["Travel/Private", "Travelling"] };

  it("goes along with it and with what lies in it", () => {
    expect(renamedFolders(folders, "Travel", "Trips/Far")).toEqual({
      include: ["Trips/Far"],
      exclude: ["Trips/Far/Private", "Travelling"],
    });
  });

  it("goes along with an image that is left out by itself", () => {
    const images = { include: [], exclude: ["Travel/map.png", "Travel/map.png.png"] };
    expect(renamedFolders(images, "Travel/map.png", "plan.png").exclude).toEqual([
      "plan.png",
      "Travel/map.png.png",
    ]);
  });

  it("stays the same one where it names nothing of it", () => {
    expect(renamedFolders(folders, "Trav", "Trips")).toBe(folders);
  });
});
