import { effect } from "@preact/signals-core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  mediaItemId,
  needsAttention,
  WAITING,
  type ImageState,
  type MediaItem,
  type VaultPath,
} from "../../src/model";
import { createStatus, type FedStatus } from "../../src/status";
import { PlayedNotes } from "./played-notes";

const item: MediaItem = {
  id: mediaItemId("m"),
  url: "https://photos",
  recipe: "o",
  origin: "created",
  since: 1,
};
const SAFE: ImageState = { is: "backed-up", item };
const FAILED: ImageState = { is: "failed", because: "connection" };
const VECTOR: ImageState = { is: "skipped", because: "type" };
const BROKEN: ImageState = { is: "skipped", because: "broken" };

function enter(status: FedStatus, states: Record<VaultPath, ImageState | undefined>): void {
  status.tell({ type: "images", states: new Map(Object.entries(states)) });
}

function looked(states: Record<VaultPath, ImageState>, notes: Record<VaultPath, readonly VaultPath[]> = {}) {
  const played = new PlayedNotes(notes);
  const status = createStatus(played);
  enter(status, states);
  status.tell({ type: "looked-through" });
  return { status, played };
}

describe("the totals", () => {
  it("balance after any history of images", () => {
    const state = fc.constantFrom<ImageState | undefined>(
      undefined,
      WAITING,
      { is: "uploading" },
      SAFE,
      VECTOR,
      BROKEN,
      FAILED,
      { is: "removed", item },
    );
    const events = fc.array(fc.dictionary(fc.constantFrom("a", "b", "c", "d", "e"), state), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(events, (history) => {
        const status = createStatus(new PlayedNotes({}));
        for (const states of history) enter(status, states);
        const { found, wanting, ...states } = status.totals.value;
        expect(Object.values(states).reduce((sum, n) => sum + n, 0)).toBe(found);
        expect(found).toBe(status.images().size);
        expect(wanting).toBe([...status.images().values()].filter(needsAttention).length);
      }),
    );
  });
});

describe("a note's state", () => {
  it("follows its images, and only its own", () => {
    const { status } = looked({ a: WAITING, b: SAFE, c: WAITING }, { "n.md": ["a", "b"], "o.md": ["c"] });
    const seen: string[] = [];
    const end = effect(() => void seen.push(status.note("n.md").value.is));
    enter(status, { c: SAFE });
    enter(status, { a: SAFE });
    enter(status, { b: FAILED });
    end();
    expect(seen).toEqual(["partly", "safe", "attention"]);
  });

  it("follows its links", () => {
    const { status, played } = looked({ a: SAFE, b: WAITING }, { "n.md": ["a"] });
    expect(status.note("n.md").value).toEqual({ is: "safe", safe: 1, of: 1, wanting: 0 });
    played.change({ "n.md": ["a", "b"] });
    expect(status.note("n.md").value).toEqual({ is: "partly", safe: 1, of: 2, wanting: 0 });
  });

  it("is told of with the work of one look at what is missing, however many notes there are", () => {
    const names = Array.from({ length: 50 }, (_, number) => `${number}`);
    const notes = Object.fromEntries(names.map((name) => [`${name}.md`, []]));
    const { status, played } = looked({}, notes);
    played.change(notes, Object.fromEntries(names.map((name) => [`${name}.md`, [`${name}.png`]])));
    let looks = 0;
    const images = names.map((name) => ({
      is: "missing" as const,
      item,
      get path() {
        looks += 1;
        return `${name}.png`;
      },
    }));
    status.tell({ type: "away", images });
    status.summary();
    for (const name of names) expect(status.note(`${name}.md`).value).toMatchObject({ wanting: 1 });
    expect(looks, "each missing image is looked at once").toBe(names.length);
  });

  it("counts an image once that it names in two ways", () => {
    const { status, played } = looked({}, { "n.md": [] });
    played.change({ "n.md": [] }, { "n.md": ["a.png", "img/a.png"] });
    const images = ["a.png", "img/a.png"].map((path) => ({ is: "missing" as const, path, item }));
    status.tell({ type: "away", images });
    expect(status.note("n.md").value).toMatchObject({ of: 1, wanting: 1 });
    expect(status.totals.value).toMatchObject({ missing: 1, wanting: 1 });
    expect(status.missingIn("n.md")).toEqual(["a.png", "img/a.png"]);
  });

  it("needs attention where it asks for an image that is missing", () => {
    const { status, played } = looked({ a: SAFE }, { "n.md": ["a"] });
    played.change({ "n.md": ["a"] }, { "n.md": ["gone.png"] });
    status.tell({ type: "away", images: [{ is: "missing", path: "gone.png", item }] });
    expect(status.note("n.md").value).toEqual({ is: "attention", safe: 1, of: 2, wanting: 1 });
    expect(status.totals.value).toMatchObject({ found: 1, missing: 1, only: 0, wanting: 1 });
    const named = ["gone.png", "img/gone.png"].map((path) => ({ is: "missing" as const, path, item }));
    status.tell({ type: "away", images: named });
    const one = "one image is counted once, however notes name it";
    expect(status.totals.value, one).toMatchObject({ found: 1, missing: 1, only: 0, wanting: 1 });
  });
});

describe("the headline", () => {
  it("says nothing of the totals before the vault was looked through", () => {
    const status = createStatus(new PlayedNotes({}));
    enter(status, { a: SAFE });
    expect(status.headline.value).toEqual({ is: "looking", images: 0 });
  });

  it("counts how far a run has come, an image that fails and waits again not twice", () => {
    const { status } = looked({ a: WAITING, b: WAITING, c: WAITING, old: SAFE });
    status.tell({ type: "run-began", at: 0 });
    enter(status, { a: SAFE });
    expect(status.headline.value).toEqual({ is: "backing-up", done: 1, of: 3 });
    enter(status, { b: FAILED });
    enter(status, { b: WAITING });
    expect(status.headline.value).toEqual({ is: "backing-up", done: 1, of: 3 });
    enter(status, { b: SAFE, c: VECTOR });
    status.tell({ type: "run-ended", at: 5 });
    expect(status.headline.value).toEqual({ is: "complete", images: 3 });
    expect(status.run.value).toEqual({
      is: "resting",
      began: 0,
      ended: 5,
      done: 2,
      bytes: 0,
    });
  });

  it("counts what is left out during a run neither as done nor as to be done", () => {
    const { status } = looked({ a: WAITING, b: WAITING, c: WAITING, d: WAITING });
    status.tell({ type: "run-began", at: 0 });
    enter(status, { a: SAFE, b: FAILED, c: VECTOR });
    expect(status.headline.value).toEqual({ is: "backing-up", done: 2, of: 3 });
    enter(status, { b: { is: "skipped", because: "forgotten" } });
    expect(status.headline.value).toEqual({ is: "backing-up", done: 1, of: 2 });
  });

  it("tells of a passing hold only while something waits", () => {
    const { status } = looked({ a: WAITING });
    status.tell({ type: "hold", hold: { why: "offline" } });
    expect(status.headline.value).toEqual({ is: "hold", hold: { why: "offline" }, left: 1 });
    enter(status, { a: SAFE });
    expect(status.headline.value).toEqual({ is: "complete", images: 1 });
  });

  it("tells of a hold that needs the person even when all is safe", () => {
    const { status } = looked({ a: SAFE });
    const hold = { why: "signed-out", ended: true } as const;
    status.tell({ type: "hold", hold });
    expect(status.headline.value).toEqual({ is: "hold", hold, left: 0 });
  });

  it("tells first of all that the backup was interrupted, though nothing was looked through or all is safe", () => {
    const hold = { why: "stopped", until: 7 } as const;
    for (const status of [createStatus(new PlayedNotes({})), looked({ a: SAFE }).status]) {
      status.tell({ type: "hold", hold });
      expect(status.headline.value).toEqual({ is: "hold", hold, left: 0 });
      expect(status.settled.value).toBe(true);
    }
  });

  it("asks for attention only when nothing is left to do by itself", () => {
    const { status } = looked({ a: FAILED, b: WAITING });
    expect(status.headline.value).toEqual({ is: "waiting", images: 1 });
    enter(status, { b: SAFE });
    expect(status.headline.value).toEqual({ is: "attention", images: 1 });
  });
});

describe("the backup has settled", () => {
  it("when nothing moves or waits, whatever has failed", () => {
    const { status } = looked({ a: FAILED, b: SAFE, c: VECTOR });
    expect(status.settled.value).toBe(true);
  });

  it("under a hold", () => {
    const { status } = looked({ a: WAITING });
    expect(status.settled.value).toBe(false);
    const hold = { why: "rate-limit", until: 7 } as const;
    status.tell({ type: "hold", hold });
    expect(status.settled.value).toBe(true);
  });

  it("not before a run that is on has ended", () => {
    const { status } = looked({ a: WAITING });
    status.tell({ type: "run-began", at: 1 });
    enter(status, { a: SAFE });
    expect(status.settled.value).toBe(false);
    status.tell({ type: "run-ended", at: 2 });
    expect(status.settled.value).toBe(true);
  });
});

describe("the summary", () => {
  it("counts images by state and reason, and notes", () => {
    const { status } = looked(
      { a: SAFE, b: { is: "uploading" }, c: WAITING, d: VECTOR, e: BROKEN, f: FAILED },
      { "safe.md": ["a", "d"], "partly.md": ["a", "b"], "plain.md": [], "vectors.md": ["d"] },
    );
    expect(status.summary()).toEqual({
      found: 6,
      backedUp: 1,
      skipped: 2,
      failed: 1,
      waiting: 2,
      removed: 0,
      missing: 0,
      skippedBy: { type: 1, broken: 1 },
      failedBy: { connection: 1 },
      notes: { total: 4, withImages: 2, safe: 1 },
    });
  });
});

describe("an event about one image among 50,000", () => {
  it("costs what one image costs among 500", () => {
    const [many, few] = [statusOf(50_000), statusOf(500)];
    // In turns, and by the median, so that a busy machine slows both alike.
    const rounds = Array.from({ length: 41 }, () => ({
      many: timeOfHundred(many),
      few: timeOfHundred(few),
    }));
    const ratio = median(rounds.map((round) => round.many)) / median(rounds.map((round) => round.few));
    // A pass over all images makes it more than a hundred.
    expect(ratio, "times what it costs among 500").toBeLessThan(10);
  });
});

function statusOf(images: number): FedStatus {
  const status = createStatus(new PlayedNotes({}));
  const paths = Array.from({ length: images }, (_, index) => `images/${index}.png`);
  status.tell({ type: "images", states: new Map(paths.map((path) => [path, WAITING])) });
  return status;
}

/** Milliseconds in which a hundred images change, one event each, to what they were not, and are seen to. */
function timeOfHundred(status: FedStatus): number {
  const watched = status.image("images/7.png");
  const next = watched.value === SAFE ? WAITING : SAFE;
  const began = performance.now();
  for (let index = 0; index < 100; index++) enter(status, { [`images/${index}.png`]: next });
  const took = performance.now() - began;
  expect(watched.value).toBe(next);
  return took;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[figures.length >> 1] ?? Number.NaN;
}
