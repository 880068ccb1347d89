import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";
import { IMAGES, ITEM, lineName, lineOf, MISSING, saysAllByTitle, type ImageLine } from "./table/images";
import { NOTES } from "./table/notes";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const FILES = ["a.png", "b.png", "c.png", "d.png"];

const WAITING = lineOf("waiting");
const SAFE = lineOf("backed-up");
const BY_TYPE = lineOf("type");
const FAILED = lineOf("service");

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const image of FILES) fs.writeFileSync(path.join(vault, image), PIXEL);
      fs.writeFileSync(
        path.join(vault, "Note.md"),
        [...FILES, "gone.png"].map((image) => `![[${image}|80]]`).join("\n\n"),
      );
      fs.writeFileSync(path.join(vault, "Other.md"), "Nothing to see.\n");
      // More rows than are in sight in the file explorer.
      for (let note = 0; note < 80; note += 1) fs.writeFileSync(path.join(vault, `z ${note}.md`), "");
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
    (count) => document.querySelectorAll('.vib-image-mark:not([data-path=""])').length === count,
    FILES.length,
  );
  await tell(FILES.map(() => WAITING));
  await stage.host.page.waitForSelector(".vib-image-row");
});

afterAll(() => stage.close());

async function tell(lines: readonly ImageLine[]): Promise<void> {
  const entries = lines.map(({ state }, index) => [FILES[index] ?? "", state] as const);
  await stage.play((door, given) => {
    door.enter(given);
  }, entries);
}

/** What each surface shows of each image, and of the note. */
function said() {
  return stage.host.page.evaluate(() => {
    const label = (el: Element | null): string =>
      (el?.getAttribute("aria-label") ?? "").replace(/\u202f/g, " ");
    const icon = (el: HTMLElement | null): string => el?.dataset["icon"] ?? "";
    const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];
    const one = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);
    const badge = all(".vib-note-badge").find((el) => el.offsetParent !== null) ?? null;
    return {
      badge: {
        icon: icon(badge?.querySelector<HTMLElement>(".vib-note-badge-icon") ?? null),
        count: badge?.textContent ?? "",
        label: label(badge),
      },
      bar: {
        icon: icon(one(".vib-status-bar-icon")),
        text: one(".vib-status-bar-text")?.textContent ?? "",
        label: label(one(".vib-status-bar")),
      },
      rows: Object.fromEntries(
        all(".vib-image-row").map((row) => [
          row.dataset["path"] ?? "",
          {
            icon: icon(row.querySelector<HTMLElement>(".vib-row-icon")),
            text: row.querySelector(".vib-row-state")?.textContent ?? "",
            label: label(row.querySelector(".vib-row-state")),
            wants: row.hasClass("is-wanting"),
          },
        ]),
      ),
      marks: Object.fromEntries(
        all(".vib-image-mark").map((mark) => [
          mark.dataset["path"] ?? "",
          { icon: icon(mark), label: label(mark), wants: mark.hasClass("is-wanting") },
        ]),
      ),
      filters: Object.fromEntries(
        all(".vib-filter")
          .filter((filter) => filter.offsetParent !== null)
          .map((filter) => [filter.dataset["filter"] ?? "", filter.textContent]),
      ),
      attention: one(".vib-standing")?.dataset["state"] === "attention",
    };
  });
}

/** Expects that no surface shows anything else than the table has for these images. */
async function expectAgreement(lines: readonly ImageLine[]): Promise<void> {
  const seen = await said();
  for (const [index, file] of FILES.entries()) {
    const line = lines[index] ?? WAITING;
    const { icon, title, detail, wants } = line;
    const whole = `${title} · ${detail}`;
    const row = (seen.rows[file]?.text ?? "no row").replace(/\u202f/g, " ");
    expect({ ...seen.rows[file], text: row }, `the row of ${file}`).toEqual({
      icon,
      wants,
      text: saysAllByTitle(line) ? title : whole,
      label: whole,
    });
    expect(seen.marks[file], `the mark of ${file}`).toEqual({
      icon,
      wants,
      label: `${file}: ${title}. ${detail}`,
    });
  }
  const counted = lines.filter((one) => one.state.is !== "skipped" || one.wants);
  const safe = counted.filter(({ state }) => state.is === "backed-up").length;
  const wanting = lines.filter(({ wants }) => wants).length;
  if (counted.length > 0) {
    expect(seen.bar.icon, "the status bar shows what the badge shows").toBe(seen.badge.icon);
    expect(seen.bar.text).toBe(`${safe} of ${counted.length} backed up`);
    const isSafe = safe === counted.length;
    expect(seen.badge.count).toBe(isSafe ? String(safe) : `${safe}/${counted.length}`);
  }
  expect(seen.attention, "the headline asks for attention").toBe(wanting > 0 && !lines.some(moves));
  expect(seen.filters["attention"] ?? "Needs attention 0").toBe(`Needs attention ${wanting}`);
  for (const [filter, name] of [
    ["waiting", "Waiting"],
    ["uploading", "Uploading"],
    ["backed-up", "Backed up"],
    ["skipped", "Skipped"],
    ["failed", "Failed"],
    ["removed", "Removed"],
  ] as const) {
    const n = lines.filter(({ state }) => state.is === filter).length;
    expect(seen.filters[filter] ?? `${name} 0`).toBe(`${name} ${n}`);
  }
}

const moves = ({ state }: ImageLine): boolean => state.is === "waiting" || state.is === "uploading";

/** The entries of the menu that is open, whose label comes first; it is closed again. */
async function entries(): Promise<string[]> {
  const all = await stage.host.page.locator(".menu-item").allTextContents();
  await stage.host.page.keyboard.press("Escape");
  return all.map((one) => one.replace(/\u202f/g, " "));
}

describe("every surface shows what the table has", () => {
  it.each(IMAGES.map((one) => [lineName(one), one] as const))("of an image that is %s", async (_, one) => {
    await tell(FILES.map(() => one));
    await expectAgreement(FILES.map(() => one));
    const { page } = stage.host;
    const rest = ["Open image", "Show in note", "Select"];
    await page.click('.vib-image-row[data-path="a.png"]', { button: "right" });
    expect(await entries(), "the row's menu").toEqual([
      `${one.title}: ${one.detail}`,
      ...one.offers,
      ...rest,
    ]);
    await page.locator('.vib-image-mark[data-path="a.png"]').dispatchEvent("click");
    expect(await entries(), "the mark's menu").toEqual([
      `${one.title}: ${one.detail}`,
      ...one.offers,
      "Open image",
    ]);
    await page.click('.nav-file-title[data-path="a.png"]', { button: "right" });
    expect(await entries(), "the file's menu").toEqual(expect.arrayContaining([...one.offers]));
    const counts = one.state.is !== "skipped" || one.wants;
    if (!counts) return;
    await page.click(".vib-note-badge:visible");
    expect(await entries(), "the note's menu").toContain(`a.png: ${one.title}`);
  });

  it.each(Object.entries(NOTES))("of a note that is %s", async (is, note) => {
    const [one, other] = note.images;
    await tell([one, other, BY_TYPE, BY_TYPE]);
    const { badge, bar } = await said();
    const named = (shown: string): string =>
      note.said.includes(shown) ? note.said : `${shown}: ${note.said}`;
    expect(badge).toEqual(
      is === "none"
        ? { icon: "", count: "", label: "" }
        : { icon: note.icon, count: note.count, label: named(note.count) },
    );
    if (note.bar !== "") expect(bar).toEqual({ icon: note.icon, text: note.bar, label: named(note.bar) });
  });

  it("of an image that is missing", async () => {
    await tell(FILES.map(() => SAFE));
    await stage.play((door, item) => door.miss([{ path: "gone.png", item }]), ITEM);
    const row = stage.host.page.locator('.vib-image-row[data-path="gone.png"]');
    await row.waitFor();
    expect(await row.locator(".vib-row-icon").getAttribute("data-icon")).toBe(MISSING.icon);
    expect(await row.locator(".vib-row-state").textContent()).toBe(`${MISSING.title} · ${MISSING.detail}`);
    await row.click({ button: "right" });
    expect(await entries()).toEqual([
      `${MISSING.title}: ${MISSING.detail}`,
      ...MISSING.offers,
      "Show in note",
      "Select",
    ]);
    const { filters, badge } = await said();
    expect(filters).toMatchObject({ missing: "Missing 1", attention: "Needs attention 1" });
    expect(badge).toEqual({
      icon: "vib-attention",
      count: "4/5",
      label: "4/5: 1 image of this note needs attention",
    });
    const { page } = stage.host;
    await page.click(".vib-note-badge:visible");
    const inMenu = page.locator(".menu-item", { hasText: "gone.png" });
    expect(await inMenu.textContent(), "the note's menu").toBe(`gone.png: ${MISSING.title}`);
    await inMenu.click();
    await expect
      .poll(() => page.inputValue(".vib-tools input"), { message: "where it can be restored" })
      .toBe("Note.md");
    await page.fill(".vib-tools input", "");
    await page.waitForSelector('.vib-image-row[data-path="a.png"]');
    await stage.play((door) => door.miss([]));
  });

  it("after every step of a long history", async () => {
    // A fixed little generator: the same history each time.
    let seed = 7;
    const next = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const lines: ImageLine[] = FILES.map(() => WAITING);
    for (let step = 0; step < 60; step += 1) {
      for (let change = next(3); change >= 0; change -= 1) {
        lines[next(FILES.length)] = IMAGES[next(IMAGES.length)] ?? WAITING;
      }
      await tell(lines);
      await expectAgreement(lines);
    }
  });
});

describe("the note badge", () => {
  const safe = FILES.map(() => SAFE);

  it("is there for notes with images alone, and opens them with their states", async () => {
    await tell([FAILED, ...safe.slice(1)]);
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
    await tell(FILES.map(() => SAFE));
    expect(await marks()).toEqual([]);
    await stage.host.openSettings();
    await stage.host.page.click(
      '.modal .setting-item:has-text("Marks in the file explorer") .checkbox-container',
    );
    await stage.host.closeSettings();
    await expect.poll(marks).toEqual(["All 4 images of this note are backed up"]);
    for (const { images, said: words, bar } of Object.values(NOTES)) {
      await tell([...images, BY_TYPE, BY_TYPE]);
      await expect.poll(marks).toEqual(bar === "" ? [] : [words]);
    }
  });

  it("leaves no mark on rows that were out of sight when marks were turned off", async () => {
    const { page } = stage.host;
    const mark = page.locator('.nav-file-title[data-path="Note.md"] .vib-explorer-mark');
    const turn = (): Promise<void> =>
      page
        .locator('.modal .setting-item:has-text("Marks in the file explorer") input')
        .evaluate((input: HTMLInputElement) => input.click());
    const scroll = (to: number): Promise<void> =>
      page.locator(".nav-files-container").evaluate((list, top) => list.scrollTo(0, top), to);
    await tell(FILES.map(() => SAFE));
    await expect.poll(() => mark.count()).toBe(1);
    await scroll(2000);
    await expect.poll(() => mark.count()).toBe(0);
    await stage.host.openSettings();
    await turn();
    await scroll(0);
    await expect.poll(() => page.locator('.nav-file-title[data-path="Note.md"]').count()).toBe(1);
    expect(await mark.count()).toBe(0);
    await turn();
    await stage.host.closeSettings();
    await expect.poll(() => mark.count()).toBe(1);
  });

  it("opens the images of a note by its mark, and not the note", async () => {
    await tell([FAILED, WAITING, SAFE, BY_TYPE]);
    await stage.host.openNote("Other.md");
    const mark = stage.host.page.locator('.nav-file-title[data-path="Note.md"] .vib-explorer-mark');
    await expect.poll(() => mark.getAttribute("aria-label")).toBe("1 image of this note needs attention");
    await mark.click();
    expect((await entries()).slice(0, 4)).toEqual([
      "1 image of this note needs attention",
      "a.png: Failed",
      "b.png: Waiting",
      "c.png: Backed up",
    ]);
    const front = await stage.host.page.evaluate(
      () => (globalThis as unknown as { app: App }).app.workspace.getActiveFile()?.path,
    );
    expect(front).toBe("Other.md");
    await stage.host.openNote("Note.md");
  });

  it("offers in the menu of a note to back up what waits there", async () => {
    await tell([FAILED, WAITING, SAFE, BY_TYPE]);
    const offered = async (file: string): Promise<boolean> => {
      await stage.host.page.click(`.nav-file-title[data-path="${file}"]`, { button: "right" });
      return (await entries()).includes("Back up images of this note");
    };
    expect(await offered("Note.md")).toBe(true);
    expect(await offered("Other.md")).toBe(false);
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
