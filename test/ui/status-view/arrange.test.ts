import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mediaItemId, type ImageState, type MediaItem } from "../../../src/model";
import { arrange, type Arrangement, type Row, type Shelf } from "../../../src/ui/status-view/arrange";
import { PlayedNotes } from "../../status/played-notes";

const item: MediaItem = { id: mediaItemId("m"), url: "", recipe: "o", origin: "created", since: 1 };
const SAFE: ImageState = { is: "backed-up", item };
const FAILED: ImageState = { is: "failed", because: "service" };
const WAITING: ImageState = { is: "waiting" };

const ALL: Arrangement = {
  filter: "all",
  query: "",
  groupBy: "note",
  folded: new Set(),
};

function shelf(
  images: Readonly<Record<string, ImageState>>,
  notes: Readonly<Record<string, readonly string[]>> = {},
): Shelf {
  return {
    images: new Map(Object.entries(images)),
    away: [],
    noteImages: new PlayedNotes(notes),
  };
}

function rowsOf(what: Shelf, asked: Arrangement = ALL): readonly Row[] {
  const work = arrange(what, asked);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

const paths = (rows: readonly Row[]): string[] => rows.map(({ path }) => path);

describe("rows", () => {
  it("show what needs attention first, and what is in no note last", () => {
    const rows = rowsOf(
      shelf(
        { "z.png": FAILED, "a.png": SAFE, "b.png": SAFE, "lost.png": FAILED },
        { "A.md": ["a.png"], "B.md": ["b.png", "z.png"] },
      ),
    );
    expect(paths(rows)).toEqual(["B.md", "z.png", "b.png", "", "lost.png", "A.md", "a.png"]);
  });

  it("stand under each note that shows the image", () => {
    const rows = rowsOf(shelf({ "a.png": SAFE }, { "A.md": ["a.png"], "B.md": ["a.png"] }));
    expect(paths(rows)).toEqual(["A.md", "a.png", "B.md", "a.png"]);
  });

  it("that a search for a note's path finds are those of that note alone", () => {
    const rows = rowsOf(
      shelf(
        { "a.png": SAFE, "b.png": SAFE, "Trip.md.png": SAFE },
        { "Trip.md": ["a.png"], "Round Trip.md": ["a.png", "b.png"], "Old/Trip.md": ["a.png"] },
      ),
      { ...ALL, query: "Trip.md" },
    );
    expect(paths(rows)).toEqual(["Trip.md", "a.png"]);
  });

  it("that a search for a note's path finds are none where that note has none that pass the filter", () => {
    const what = shelf(
      { "a.png": SAFE, "b.png": FAILED },
      { "Trip.md": ["a.png"], "Round Trip.md": ["b.png"] },
    );
    expect(rowsOf(what, { ...ALL, query: "Trip.md", filter: "failed" })).toEqual([]);
  });

  it("are searched for what looks like a note's path where there is no such note", () => {
    const what = shelf({ "a.png": SAFE }, { "Old/Trip.md": ["a.png"] });
    expect(paths(rowsOf(what, { ...ALL, query: "trip.md" }))).toEqual(["Old/Trip.md", "a.png"]);
  });

  it("are found by a note's name, too", () => {
    const what = shelf({ "a.png": SAFE, "b.png": SAFE }, { "Kitchen.md": ["a.png"] });
    expect(paths(rowsOf(what, { ...ALL, query: " kitchen " }))).toEqual(["Kitchen.md", "a.png"]);
  });

  it("say by another name why they need attention where another text says it", () => {
    // As the ledger gives it: with the key in any case.
    const gone = { is: "removed", item, left: undefined } as const;
    const rows = rowsOf(
      shelf({
        "a.png": { ...gone, bin: undefined },
        "b.png": { ...gone, bin: true },
        "c.png": FAILED,
        "d.png": { ...FAILED, retryAt: 1 },
      }),
    );
    const wants = rows.filter(({ kind }) => kind === "image").map((row) => row.wants);
    expect(new Set(wants).size).toBe(4);
  });

  it("of a folded group are counted and not shown", () => {
    const rows = rowsOf(shelf({ "a.png": SAFE }, { "A.md": ["a.png"] }), {
      ...ALL,
      folded: new Set(["A.md"]),
    });
    expect(rows).toEqual([
      {
        kind: "group",
        by: "note",
        path: "A.md",
        group: "A.md",
        images: 1,
        folded: true,
        wants: "",
        at: 1,
        of: 1,
      },
    ]);
  });
});

describe("arranging", () => {
  it("shows each image that passes the filter once per group, in order, however many there are", () => {
    const state = fc.constantFrom(SAFE, FAILED, WAITING);
    const images = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}\.png$/), state, { maxKeys: 200 });
    fc.assert(
      fc.property(images, (given) => {
        const rows = rowsOf(shelf(given), { ...ALL, groupBy: "folder" });
        const shown = paths(rows.filter(({ kind }) => kind === "image"));
        const order = (path: string): string => `${given[path] === FAILED ? 0 : 1}${path}`;
        expect(shown).toEqual(Object.keys(given).sort((a, b) => (order(a) < order(b) ? -1 : 1)));
      }),
    );
  });

  it("pauses, so that the editor need not wait", () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${index}.png`, SAFE]));
    const work = arrange(shelf(many), ALL);
    let pauses = 0;
    while (work.next().done !== true) pauses += 1;
    expect(pauses).toBeGreaterThan(10);
  });
});
