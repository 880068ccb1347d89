import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mediaItemId, type MediaItem } from "../../src/model";
import { createStatus } from "../../src/status";
import { createNoteImages } from "../../src/vault/note-images";
import { Component } from "../obsidian-host/page/obsidian/component";
import { extensionOf, nameOf } from "../obsidian-host/page/obsidian/paths";
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

/** What each note asks for in vain, where it does. */
const lostIn = ({ notes, lostOf }: ReturnType<typeof started>) =>
  Object.fromEntries(notes().flatMap((note) => (lostOf(note).length > 0 ? [[note, lostOf(note)]] : [])));

describe("images that notes ask for in vain", () => {
  it("are told by note and by image, each once", async () => {
    const noteImages = started();
    vault.write("One.md", "![[x.png]] ![[y.png]] ![[x.png]]");
    vault.write("Two.md", "![[x.png]] [[No image]]");
    const file = { type: "file", file: "y.png" };
    vault.write("Board.canvas", JSON.stringify({ nodes: [file, file] }));
    await calm();
    expect(lostIn(noteImages)).toEqual({
      "One.md": ["x.png", "y.png"],
      "Two.md": ["x.png"],
      "Board.canvas": ["y.png"],
    });
    expect(noteImages.notesShowing("x.png")).toEqual(["One.md", "Two.md"]);
    expect(noteImages.notesShowing("y.png")).toEqual(["One.md", "Board.canvas"]);
    vault.write("y.png");
    await calm();
    expect(lostIn(noteImages)).toEqual({ "One.md": ["x.png"], "Two.md": ["x.png"] });
    expect(noteImages.notesShowing("y.png")).toEqual(["One.md", "Board.canvas"]);
  });

  it("are looked for note by note, however many notes and images are asked about", async () => {
    const noteImages = started();
    const numbers = Array.from({ length: 100 }, (_, number) => number);
    for (const number of numbers) vault.write(`${number}.md`, `![[${number}.png]]`);
    await calm();
    let looks = 0;
    vault.metadataCache.unresolvedLinks = new Proxy(vault.metadataCache.unresolvedLinks, {
      get: (links, note: string) => ((looks += 1), links[note]),
    });
    const status = createStatus(noteImages);
    const images = numbers.map((number) => ({ is: "missing" as const, path: `${number}.png`, item }));
    status.tell({ type: "away", images });
    status.summary();
    for (const number of numbers) {
      expect(status.note(`${number}.md`).value).toMatchObject({ wanting: 1 });
      expect(noteImages.notesShowing(`${number}.png`)).toEqual([`${number}.md`]);
    }
    expect(looks, "by the summary, by the note, and for its image").toBeLessThanOrEqual(3 * numbers.length);
    status.stop();
  });
});

const embedsOf = (...images: string[]): string => images.map((image) => `![[${image}]]`).join(" ");

const canvasOf = (...files: string[]): string =>
  JSON.stringify({ nodes: files.map((file) => ({ type: "file", file })) });

/** A canvas with one card of text. */
const cardOf = (text: string): string => JSON.stringify({ nodes: [{ type: "text", text }] });

/** What one sees who looks only when told; and how often that was. */
function followed() {
  const noteImages = started();
  const look = () => ({
    shown: Object.fromEntries(
      noteImages.notes().map((note) => [note, [...noteImages.imagesOf(note)].sort()]),
    ),
    lost: lostIn(noteImages),
    x: [...noteImages.notesShowing("x.png")].sort(),
  });
  let seen = look();
  let told = 0;
  noteImages.watch(() => {
    seen = look();
    told += 1;
  });
  return { noteImages, seen: () => seen, told: () => told };
}

/** Files as they are when a story begins. */
async function storyOf(files: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(files)) vault.write(path, text);
  const story = followed();
  await calm();
  // The first save of each note is told: nothing is known of it before.
  for (const [path, text] of Object.entries(files)) vault.write(path, text);
  await calm();
  return story;
}

describe("who follows the notes", () => {
  it("is not told of saves that change no image", async () => {
    const { told } = await storyOf({
      "x.png": "",
      "Note.md": embedsOf("x.png", "gone.png"),
      "Board.canvas": canvasOf("x.png"),
    });
    const before = told();
    for (let save = 0; save < 10; save += 1) {
      const text = `${embedsOf("x.png", "gone.png")} and words ${"!".repeat(save)}`;
      vault.type("Note.md", text);
      vault.write("Note.md", text);
      vault.write("Board.canvas", canvasOf("x.png"));
      await calm();
    }
    expect(told() - before, "how often followers were told").toBe(0);
  });

  it.each<[string, () => void, readonly string[]]>([
    [
      "a note that gains an image",
      () => vault.write("Note.md", embedsOf("x.png", "y.png", "gone.png")),
      ["x.png", "y.png"],
    ],
    ["a note that loses its image", () => vault.write("Note.md", embedsOf("gone.png")), []],
    ["an image that has gone", () => vault.remove("x.png"), []],
    ["an image that has another name", () => vault.rename("x.png", "z.png"), []],
    ["an image that was waited for", () => vault.write("gone.png"), ["gone.png", "x.png"]],
    [
      "an image that gets the name that is asked for",
      () => vault.rename("y.png", "gone.png"),
      ["gone.png", "x.png"],
    ],
    [
      "an image that is typed and not saved",
      () => vault.type("Note.md", embedsOf("x.png", "y.png")),
      ["x.png", "y.png"],
    ],
  ])("is told of %s", async (_what, change, images) => {
    const { seen } = await storyOf({ "x.png": "", "y.png": "", "Note.md": embedsOf("x.png", "gone.png") });
    change();
    await calm();
    expect(seen().shown["Note.md"]).toEqual(images);
  });

  it("is told of an image that comes back, though a canvas alone shows it", async () => {
    const { seen } = await storyOf({ "x.png": "", "Board.canvas": canvasOf("x.png") });
    vault.remove("x.png");
    await calm();
    expect(seen().shown).toEqual({ "Board.canvas": [] });
    vault.write("x.png");
    await calm();
    expect(seen().shown).toEqual({ "Board.canvas": ["x.png"] });
  });

  it("is told of the images of a canvas's text cards, wherever they lie", async () => {
    const { seen, noteImages } = await storyOf({
      "deep/x.png": "",
      "Board.canvas": cardOf("![[x.png|80]] ![](gone%20one.png) ![[deep/x.png#part]] [[y.png]]"),
    });
    expect(seen().shown).toEqual({ "Board.canvas": ["deep/x.png"] });
    expect(seen().lost).toEqual({ "Board.canvas": ["gone one.png"] });
    expect(noteImages.notesShowing("deep/x.png")).toEqual(["Board.canvas"]);
    vault.write("far/gone one.png");
    vault.remove("deep/x.png");
    await calm();
    expect(seen().shown).toEqual({ "Board.canvas": ["far/gone one.png"] });
    expect(seen().lost).toEqual({ "Board.canvas": ["x.png", "deep/x.png"] });
  });

  it("is told when a card of a canvas is saved without the image that was typed into it", async () => {
    const { seen } = await storyOf({ "x.png": "", "Board.canvas": cardOf("words") });
    vault.type("Board.canvas", embedsOf("x.png"));
    vault.write("Board.canvas", cardOf("other words"));
    await calm();
    expect(seen().shown).toEqual({ "Board.canvas": [] });
  });

  it("is told when what was typed is saved without its image", async () => {
    const { seen } = await storyOf({ "x.png": "", "Note.md": "words" });
    vault.type("Note.md", embedsOf("x.png"));
    expect(seen().shown).toEqual({ "Note.md": ["x.png"] });
    vault.write("Note.md", "other words");
    await calm();
    expect(seen().shown).toEqual({ "Note.md": [] });
  });

  it("sees the notes as they are after any history", async () => {
    const note = fc.constantFrom("a.md", "b.md", "deep/a.md", "c.canvas", "d.canvas");
    const image = fc.constantFrom("x.png", "y.png", "deep/x.png");
    const images = fc.uniqueArray(image, { maxLength: 3 });
    const textOf = (path: string, shown: readonly string[]): string =>
      !path.endsWith(".canvas")
        ? embedsOf(...shown)
        : path.startsWith("c")
          ? canvasOf(...shown)
          : cardOf(embedsOf(...shown));
    const has = (path: string): boolean => vault.texts.has(path);
    const deed = fc.oneof(
      fc.tuple(note, images).map(([path, shown]) => ({
        does: `${path} shows ${shown.join(" ")}`,
        act: () => vault.write(path, textOf(path, shown)),
      })),
      image.map((path) => ({ does: `${path} comes`, act: () => vault.write(path) })),
      fc.oneof(note, image).map((path) => ({
        does: `${path} goes`,
        act: () => vault.remove(path),
      })),
      fc.oneof(fc.tuple(note, note), fc.tuple(image, image)).map(([from, to]) => ({
        does: `${from} becomes ${to}`,
        act: () => {
          if (has(from) && !has(to) && extensionOf(nameOf(from)) === extensionOf(nameOf(to)))
            vault.rename(from, to);
        },
      })),
      fc.tuple(note, images).map(([path, shown]) => ({
        does: `${path} is typed in: ${shown.join(" ")}`,
        act: () => vault.type(path, textOf(path, shown)),
      })),
    );
    const history = fc.array(fc.tuple(deed, fc.constantFrom(0, 30, 100, 200, 400)), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(history, async (deeds) => {
        vault = new PlayedVault();
        const { seen, noteImages } = followed();
        for (const [{ act }, pause] of deeds) {
          act();
          await vi.advanceTimersByTimeAsync(pause);
        }
        await calm();
        // A second one, which has read all canvases and knows no past, tells what is true but for what is typed.
        const other = started();
        await calm();
        expect(seen().lost).toEqual(lostIn(other));
        expect(Object.keys(seen().shown).sort()).toEqual([...other.notes()].sort());
        for (const path of other.notes())
          expect(seen().shown[path]).toEqual([...noteImages.imagesOf(path)].sort());
        expect(seen().x).toEqual(
          Object.keys(seen().shown)
            .filter((path) => [seen().shown[path], seen().lost[path]].flat().includes("x.png"))
            .sort(),
        );
      }),
      { numRuns: 500 },
    );
  });
});
