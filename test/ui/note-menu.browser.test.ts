import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";
import { ITEM } from "./table/images";

const SAFE = { is: "backed-up", item: ITEM };
const FOLDERS = ["Cellar", "Garden"];
const NOTES = {
  "House.md": "![[Garden/plan.png]] ![[Cellar/plan.png]] ![[tiles.png]] ![[Recording.webm]]",
  "Film.md": "![[Recording.webm]]",
  "Board.md": "![[tiles.png]]",
};
const IMAGES = ["Cellar/plan.png", "Garden/plan.png", "tiles.png"];
/** Not found yet. */
const LATE = "Cellar/late.png";

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const folder of FOLDERS) fs.mkdirSync(path.join(vault, folder));
      for (const file of [...IMAGES, LATE, "Recording.webm"])
        fs.writeFileSync(path.join(vault, file), "bytes");
      for (const [note, text] of Object.entries(NOTES)) fs.writeFileSync(path.join(vault, note), text);
      const nodes = [{ id: "a", type: "file", file: "tiles.png", x: 0, y: 0, width: 1, height: 1 }];
      fs.writeFileSync(path.join(vault, "Board.canvas"), JSON.stringify({ nodes, edges: [] }));
    },
  });
  await stage.host.openNote("House.md");
  await stage.play(
    async (door, states) => {
      await door.change({ started: true });
      door.enter(states as unknown as Parameters<typeof door.enter>[0]);
      door.tell({ type: "looked-through" });
      await door.open();
    },
    IMAGES.map((image) => [image, SAFE]),
  );
});

afterAll(() => stage.close());

describe("the badge of a note", () => {
  it("stands in no pane that follows the note in front", async () => {
    const [inNote, inPane] = await stage.play(async () => {
      const { workspace } = (globalThis as unknown as { app: App }).app;
      const leaf = workspace.getLeaf("tab");
      await leaf.setViewState({ type: "outline", state: { file: "House.md" } });
      const badges = [workspace.getLeavesOfType("markdown")[0], leaf].map(
        (one) => one?.view.containerEl.querySelectorAll(".vib-note-badge").length,
      );
      leaf.detach();
      return badges;
    });
    expect([inNote, inPane]).toEqual([1, 0]);
  });
});

describe("the menu of a note", () => {
  it("has what is backed up or is to be, and no video that nobody wants; and tells images of one name apart", async () => {
    await stage.host.page.click(".vib-note-badge:visible");
    expect(await stage.host.page.locator(".menu-item").allTextContents()).toEqual([
      "All 3 images of this note are backed up",
      "Garden/plan.png: Backed up",
      "Cellar/plan.png: Backed up",
      "tiles.png: Backed up",
      "Show in backup status",
    ]);
    await stage.host.page.keyboard.press("Escape");
  });
});

describe("the command for a note", () => {
  it("says that there are no images where there are videos alone, and nobody wants them", async () => {
    await stage.host.openNote("Film.md");
    await stage.host.runCommand("vault-image-backup:back-up-note-images");
    await expect.poll(() => stage.host.notices()).toContain("This note has no images to back up.");
    expect(await stage.play((door) => door.given.filter((one) => one.includes("backUp")))).toEqual([]);
  });
});

describe("a row of the status view", () => {
  it("says which of several it is: its image by the path, a canvas by its extension", async () => {
    const rows = stage.host.page.locator(".vib-row");
    await expect.poll(() => rows.count()).toBe(8);
    const names = await rows.evaluateAll((all) =>
      all.map((row) => {
        const name = row.querySelector(".vib-row-name");
        return [name?.textContent, name?.ariaLabel];
      }),
    );
    expect(names).toEqual([
      ["Board.canvas", "Board.canvas"],
      ["tiles.png", "tiles.png"],
      ["Board", "Board.md"],
      ["tiles.png", "tiles.png"],
      ["House", "House.md"],
      ["plan.png", "Cellar/plan.png"],
      ["plan.png", "Garden/plan.png"],
      ["tiles.png", "tiles.png"],
    ]);
    await stage.host.page.getByRole("treeitem", { name: "Cellar/plan.png Backed up" }).waitFor();
    await stage.host.page.getByRole("treeitem", { name: "Board.canvas 1" }).waitFor();
  });
});

describe("the menu of a folder", () => {
  it("backs up all that lies in it, also what the look through the vault has not come to yet", async () => {
    await stage.play((door) => door.enter([["Cellar/plan.png", { is: "waiting" }]]));
    await stage.host.page.locator(".nav-folder-title", { hasText: "Cellar" }).click({ button: "right" });
    await stage.host.page.locator(".menu-item", { hasText: "Back up images in this folder" }).click();
    await expect
      .poll(() => stage.play((door) => door.given.at(-1)))
      .toBe(JSON.stringify(["backUp", [LATE, "Cellar/plan.png"]]));
  });
});
