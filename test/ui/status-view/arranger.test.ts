import { signal } from "@preact/signals-core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createStatus } from "../../../src/status";
import type { Arrangement, Row } from "../../../src/ui/status-view/arrange";
import { keepArranged } from "../../../src/ui/status-view/arranger";
import type { Surroundings } from "../../../src/ui/surroundings";
import { Component } from "../../obsidian-host/page/obsidian/component";
import { PlayedNotes } from "../../status/played-notes";

let life: Component;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", globalThis);
  life = new Component();
  life.load();
});

afterEach(() => {
  life.unload();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

function arranged(isSeen: boolean) {
  const noteImages = new PlayedNotes({ "Note.md": ["x.png"] });
  const status = createStatus(noteImages);
  const enter = (path: string): void =>
    status.tell({ type: "images", states: new Map([[path, { is: "waiting" }]]) });
  enter("x.png");
  const asked = signal<Arrangement>({
    filter: "all",
    query: "",
    groupBy: "note",
    folded: new Set(),
  });
  const seen = signal(isSeen);
  const images = vi.spyOn(status, "images");
  let shown: readonly string[] = [];
  const show = (rows: readonly Row[]): void => void (shown = rows.map(({ path }) => path));
  keepArranged(life as never, { status, noteImages } as unknown as Surroundings, asked, seen, show);
  const calm = (): unknown => vi.advanceTimersByTime(2_000);
  return { enter, asked, seen, calm, shown: () => shown, rounds: () => images.mock.calls.length };
}

describe("rows", () => {
  it("are not arranged while nobody sees them, and once when somebody does", () => {
    const { enter, seen, calm, shown, rounds } = arranged(true);
    calm();
    seen.value = false;
    const before = rounds();
    for (let number = 0; number < 20; number += 1) {
      enter(`${number}.png`);
      calm();
    }
    expect(rounds() - before, "how often all images were gone through").toBe(0);
    expect(shown()).toEqual(["Note.md", "x.png"]);
    seen.value = true;
    calm();
    expect(rounds() - before).toBe(1);
    expect(shown()).toContain("19.png");
  });

  it("are as they were asked for meanwhile", () => {
    const { asked, seen, calm, shown } = arranged(false);
    asked.value = { ...asked.value, groupBy: "folder" };
    calm();
    expect(shown()).toEqual([]);
    seen.value = true;
    calm();
    expect(shown()).toEqual(["", "x.png"]);
  });

  it("are left alone where nothing has changed meanwhile", () => {
    const { seen, calm, rounds } = arranged(true);
    calm();
    const before = rounds();
    seen.value = false;
    calm();
    seen.value = true;
    calm();
    expect(rounds()).toBe(before);
  });
});
