import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const IMAGES = ["a.png", "b.png", "c.png", "d.png"];
const item = { id: "m", url: "https://photos.google.com/m", recipe: "o", origin: "created", since: 1 };

/** Each state an image can be in, with what names it on every surface. */
const STATES = [
  [{ is: "waiting" }, "Waiting"],
  [{ is: "uploading" }, "Uploading"],
  [{ is: "backed-up", item }, "Backed up"],
  [{ is: "skipped", because: "type" }, "Skipped"],
  [{ is: "skipped", because: "broken" }, "Skipped"],
  [{ is: "failed", because: "service" }, "Failed"],
  [{ is: "removed", item }, "Removed"],
] as const;

type Told = (typeof STATES)[number];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const image of IMAGES) fs.writeFileSync(path.join(vault, image), PIXEL);
      fs.writeFileSync(path.join(vault, "Note.md"), IMAGES.map((image) => `![[${image}|80]]`).join("\n\n"));
      fs.writeFileSync(path.join(vault, "Other.md"), "Nothing to see.\n");
    },
  });
  await stage.host.openNote("Note.md");
  await stage.host.switchMode("preview");
  await stage.play(async (door) => {
    await door.change({ started: true });
    door.tell({ type: "looked-through" });
    await door.open();
  });
  // The mark is there once the image is shown, and hidden ones say what they say all the same.
  await stage.host.page.waitForFunction(
    (count) => document.querySelectorAll(".vib-image-mark").length === count,
    IMAGES.length,
  );
  await tell(IMAGES.map(() => STATES[0]));
  await stage.host.page.waitForSelector(".vib-image-row");
});

afterAll(() => stage.close());

async function tell(states: readonly Told[]): Promise<void> {
  const entries = states.map(([state], index) => [IMAGES[index] ?? "", state] as const);
  await stage.play((door, given) => {
    door.enter(given as unknown as Parameters<typeof door.enter>[0]);
  }, entries);
}

/** What each surface says of each image, and of the note. */
function said() {
  return stage.host.page.evaluate(() => {
    const label = (selector: string): string =>
      document.querySelector(selector)?.getAttribute("aria-label") ?? "";
    const text = (selector: string): string => document.querySelector(selector)?.textContent ?? "";
    const rows = [...document.querySelectorAll<HTMLElement>(".vib-image-row")];
    const marks = [...document.querySelectorAll<HTMLElement>(".vib-image-mark")];
    return {
      badge: label(".vib-note-badge"),
      bar: label(".vib-status-bar"),
      barText: text(".vib-status-bar-text"),
      rows: rows.map((row) => [
        row.dataset["path"] ?? "",
        row.querySelector(".vib-row-state")?.textContent ?? "",
      ]),
      marks: marks.map((mark) => [mark.dataset["path"] ?? "", mark.getAttribute("aria-label") ?? ""]),
      filters: Object.fromEntries(
        [...document.querySelectorAll<HTMLElement>(".vib-filter")]
          .filter((filter) => filter.offsetParent !== null)
          .map((filter) => [filter.dataset["filter"] ?? "", filter.textContent]),
      ),
    };
  });
}

/** Expects that no surface says anything else than these states. */
async function expectAgreement(states: readonly Told[]): Promise<void> {
  const seen = await said();
  const byName = Object.fromEntries(IMAGES.map((image, index) => [image, states[index]?.[1] ?? ""]));
  for (const [image, name] of Object.entries(byName)) {
    const row = seen.rows.find(([at]) => at === image)?.[1] ?? "no row";
    const mark = seen.marks.find(([at]) => at === image)?.[1] ?? "no mark";
    expect(row.startsWith(name), `the row of ${image} says ${row}`).toBe(true);
    expect(mark.startsWith(`${image}: ${name}.`), `the mark of ${image} says ${mark}`).toBe(true);
  }
  const counted = states.filter(([state]) => !(state.is === "skipped" && state.because === "type"));
  const safe = counted.filter(([{ is }]) => is === "backed-up").length;
  const wanting = counted.filter(([{ is }]) => ["failed", "removed", "skipped"].includes(is)).length;
  if (counted.length > 0) {
    expect(seen.bar, "the status bar says what the badge says").toBe(seen.badge);
    expect(seen.barText).toBe(`${safe} of ${counted.length} backed up`);
  }
  expect(seen.filters["attention"] ?? "Needs attention 0").toBe(`Needs attention ${wanting}`);
  for (const [filter, name] of [
    ["waiting", "Waiting"],
    ["uploading", "Uploading"],
    ["backed-up", "Backed up"],
    ["skipped", "Skipped"],
    ["failed", "Failed"],
    ["removed", "Removed"],
  ] as const) {
    const n = states.filter(([{ is }]) => is === filter).length;
    expect(seen.filters[filter] ?? `${name} 0`).toBe(`${name} ${n}`);
  }
}

describe("badge, mark, status bar, rows and filters say the same", () => {
  it.each(STATES.map((told) => [JSON.stringify(told[0].is), told] as const))(
    "of images %s",
    async (_, told) => {
      const states = IMAGES.map(() => told);
      await tell(states);
      await expectAgreement(states);
    },
  );

  it("after every step of a long history", async () => {
    // A fixed little generator: the same history each time.
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const states: Told[] = IMAGES.map(() => STATES[0]);
    for (let step = 0; step < 60; step += 1) {
      for (let change = next(3); change >= 0; change -= 1) {
        states[next(IMAGES.length)] = STATES[next(STATES.length)] ?? STATES[0];
      }
      await tell(states);
      await expectAgreement(states);
    }
  });
});

describe("the note badge", () => {
  const safe = IMAGES.map(() => STATES[2]);

  it("is there for notes with images alone, and opens them with their states", async () => {
    await tell([STATES[5], ...safe.slice(1)]);
    await stage.host.page.click(".vib-note-badge:visible");
    const menu = await stage.host.page.locator(".menu-item").allTextContents();
    expect(menu[0]).toBe("1 image of this note needs attention");
    expect(menu.slice(1, 5)).toEqual([
      "a.png: Failed",
      "b.png: Backed up",
      "c.png: Backed up",
      "d.png: Backed up",
    ]);
    await stage.host.page.keyboard.press("Escape");
    await stage.host.openNote("Other.md");
    expect(await stage.host.page.locator(".vib-note-badge:visible").count()).toBe(0);
    await stage.host.openNote("Note.md");
    expect(await stage.host.page.locator(".vib-note-badge:visible").textContent()).toBe("3/4");
  });

  it("follows its note into a window of its own", async () => {
    await tell(safe);
    const opened = stage.host.context.waitForEvent("page");
    await stage.host.page.evaluate(() => {
      const { workspace } = (globalThis as unknown as { app: App }).app;
      const leaf = workspace.getMostRecentLeaf();
      if (leaf !== null) workspace.moveLeafToPopout(leaf);
    });
    const window = await opened;
    await expect.poll(() => window.locator(".vib-note-badge:visible").textContent()).toBe("4");
    await window.close();
  });
});

describe("the file explorer", () => {
  it("marks notes only where the person wants it, and follows them", async () => {
    const marks = (): Promise<(string | null)[]> =>
      stage.host.page
        .locator(".nav-file-title .vib-explorer-mark")
        .evaluateAll((all) => all.map((mark) => mark.getAttribute("aria-label")));
    await tell(IMAGES.map(() => STATES[2]));
    expect(await marks()).toEqual([]);
    await stage.host.openSettings();
    await stage.host.page.click(
      '.modal .setting-item:has-text("Marks in the file explorer") .checkbox-container',
    );
    await stage.host.closeSettings();
    await expect.poll(marks).toEqual(["All 4 images of this note are backed up"]);
    await tell([STATES[5], STATES[2], STATES[2], STATES[2]]);
    await expect.poll(marks).toEqual(["1 image of this note needs attention"]);
  });

  it("offers in its menu what can be done with a file", async () => {
    await tell([STATES[5], STATES[0], STATES[2], STATES[3]]);
    const entries = async (file: string): Promise<string[]> => {
      await stage.host.page.click(`.nav-file-title[data-path="${file}"]`, { button: "right" });
      const all = await stage.host.page.locator(".menu-item").allTextContents();
      await stage.host.page.keyboard.press("Escape");
      return all;
    };
    expect(await entries("a.png")).toContain("Try again");
    expect(await entries("b.png")).toContain("Back up this image");
    expect(await entries("c.png")).toContain("Open in Google Photos");
    expect(await entries("Note.md")).toContain("Back up images of this note");
    expect(await entries("Other.md")).not.toContain("Back up images of this note");
  });
});

describe("when the plugin is turned off", () => {
  it("nothing of it is left", async () => {
    await stage.host.openNote("Note.md");
    await stage.host.disablePlugin();
    // The leaf of the status view is Obsidian's to close.
    const ours = [
      ".vib-note-badge",
      ".vib-status-bar",
      ".vib-ribbon",
      ".vib-image-mark",
      ".vib-explorer-mark",
    ];
    const left = await stage.host.page
      .locator(ours.join(", "))
      .evaluateAll((all) => all.map((el) => el.outerHTML));
    expect(left).toEqual([]);
  });
});
