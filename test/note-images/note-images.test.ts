import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mediaItemId, type MediaItem } from "../../src/model";
import { createStatus } from "../../src/status";
import { createNoteImages } from "../../src/vault/note-images";
import { Component } from "../obsidian-host/page/obsidian/component";
import { PlayedVault } from "./played-vault";

vi.mock("obsidian", async () => ({
  ...(await import("../obsidian-host/page/obsidian/debounce")),
  ...(await import("../obsidian-host/page/obsidian/paths")),
  ...(await import("../obsidian-host/page/vault/files")),
}));

const item: MediaItem = { id: mediaItemId("m"), url: "", recipe: "o", origin: "created", since: 1 };

let vault: PlayedVault;
let life: Component;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
  vault = new PlayedVault();
  life = new Component();
  life.load();
});

afterEach(() => {
  life.unload();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Long enough that all is read, resolved and told. */
const calm = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1_000);

function started() {
  const noteImages = createNoteImages(vault.app);
  noteImages.start(life);
  return noteImages;
}

describe("images that notes ask for in vain", () => {
  it("are told by note and by image, each once", async () => {
    const noteImages = started();
    vault.write("One.md", "![[x.png]] ![[y.png]] ![[x.png]]");
    vault.write("Two.md", "![[x.png]] [[No image]]");
    const file = { type: "file", file: "y.png" };
    vault.write("Board.canvas", JSON.stringify({ nodes: [file, file] }));
    await calm();
    expect(Object.fromEntries(noteImages.lost())).toEqual({
      "One.md": ["x.png", "y.png"],
      "Two.md": ["x.png"],
      "Board.canvas": ["y.png"],
    });
    expect(noteImages.notesAsking("x.png")).toEqual(["One.md", "Two.md"]);
    expect(noteImages.notesAsking("y.png")).toEqual(["One.md", "Board.canvas"]);
    vault.write("y.png");
    await calm();
    expect(noteImages.notesAsking("y.png")).toEqual([]);
  });

  it("are looked for once, however many notes and images are asked about", async () => {
    const noteImages = started();
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    for (const number of numbers) vault.write(`${number}.md`, `![[${number}.png]]`);
    await calm();
    let looks = 0;
    vault.metadataCache.unresolvedLinks = new Proxy(vault.metadataCache.unresolvedLinks, {
      get: (links, note: string) => ((looks += 1), links[note]),
    });
    const status = createStatus(noteImages);
    status.tellMissing(numbers.map((number) => ({ path: `${number}.png`, item })));
    status.summary();
    for (const number of numbers) {
      expect(status.note(`${number}.md`).value).toMatchObject({ wanting: 1 });
      expect(noteImages.notesAsking(`${number}.png`)).toEqual([`${number}.md`]);
    }
    expect(looks, "each note's links are looked at once").toBeLessThanOrEqual(numbers.length);
    status.stop();
  });
});
