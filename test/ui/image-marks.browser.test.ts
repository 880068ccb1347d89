import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";
import { tasksOf } from "./stage/tasks";

const SAMPLE = fileURLToPath(new URL("../vault/", import.meta.url));
const item = { id: "m", url: "https://photos.google.com/m", recipe: "o", origin: "created", since: 1 };
const SAFE = { is: "backed-up", item };

const NOTE = `Text before ![[tiles.png|120]] and after.

![A kitchen](kitchen%20after.jpg)

> [!note] A callout
> ![[plan.svg|100]]

| a | b |
| --- | --- |
| ![[tiles.png\\|60]] | x |

\`\`\`
![[tiles.png]]
\`\`\`
`;

const FOLDED = `# A heading

![[tiles.png|120]]

![[kitchen after.jpg|120]]

# Another

![[plan.svg|100]]
`;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const [from, to] of [
        ["House/tiles.png", "tiles.png"],
        ["House/kitchen after.jpg", "kitchen after.jpg"],
        ["House/floor plan.svg", "plan.svg"],
      ] as const) {
        fs.copyFileSync(path.join(SAMPLE, from), path.join(vault, to));
      }
      fs.writeFileSync(path.join(vault, "Note.md"), NOTE);
      fs.writeFileSync(path.join(vault, "Folded.md"), FOLDED);
      fs.copyFileSync(path.join(SAMPLE, "House/tiles.png"), path.join(vault, "late.png"));
      fs.writeFileSync(path.join(vault, "Short.md"), "![[late.png]] and no more.\n");
      for (let index = 0; index < 200; index += 1) {
        fs.copyFileSync(path.join(SAMPLE, "House/tiles.png"), path.join(vault, `many ${index}.png`));
      }
      const embeds = Array.from(
        { length: 200 },
        (_, index) => `Image ${index}\n\n![[many ${index}.png|300]]\n`,
      );
      fs.writeFileSync(path.join(vault, "Many.md"), embeds.join("\n"));
    },
  });
  await stage.play(async (door, safe) => {
    await door.change({ started: true });
    const many = Array.from({ length: 200 }, (_, index) => [`many ${index}.png`, safe] as const);
    door.enter([
      ["tiles.png", { is: "waiting" }],
      ["kitchen after.jpg", safe],
      ["plan.svg", { is: "skipped", because: "type" }],
      ["late.png", safe],
      ...many,
    ] as unknown as Parameters<typeof door.enter>[0]);
    door.tell({ type: "looked-through" });
  }, SAFE);
});

afterAll(() => stage.close());

interface MarkSeen {
  readonly path: string;
  readonly says: string;
  /** How far the mark's corner lies from the corner of its picture, in pixels; `undefined` where it is hidden. */
  readonly off: number | undefined;
}

/** The marks in the note in front, each with the picture it is nearest to; those of a view that lies behind are left out. */
function marks(): Promise<MarkSeen[]> {
  return stage.host.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>(".vib-image-mark")]
      .filter((one) => one.parentElement?.checkVisibility())
      .map((mark) => {
        const at = mark.getBoundingClientRect();
        const file = encodeURIComponent(mark.dataset["path"] ?? "");
        const pictures = [...document.querySelectorAll<HTMLImageElement>(".view-content img")].filter(
          ({ src }) => src.includes(file) || decodeURIComponent(src).includes(mark.dataset["path"] ?? "?"),
        );
        const offs = pictures.map((picture) => {
          const { left, right, bottom } = picture.getBoundingClientRect();
          const across = mark.closest(".vib-image-marks") ? at.left - left : right - at.right;
          return Math.hypot(across, bottom - at.bottom);
        });
        const hidden = getComputedStyle(mark).opacity === "0";
        return {
          path: mark.dataset["path"] ?? "",
          says: mark.getAttribute("aria-label") ?? "",
          off: hidden ? undefined : Math.min(...offs),
        };
      }),
  );
}

async function marksAre(count: number): Promise<MarkSeen[]> {
  let seen: MarkSeen[] = [];
  await expect
    .poll(async () => (seen = await marks()).length, { message: "the marks never came", timeout: 5000 })
    .toBe(count);
  return seen.sort((one, other) => one.path.localeCompare(other.path));
}

const lineTops = (): Promise<number[]> =>
  stage.host.page.evaluate(() =>
    [...document.querySelectorAll(".cm-line")].map((line) => line.getBoundingClientRect().top),
  );

describe("in Live Preview", () => {
  it("each image that is shown has a mark at its corner, code has none", async () => {
    await stage.host.openNote("Note.md");
    await stage.host.page.waitForFunction(() =>
      [...document.querySelectorAll<HTMLImageElement>(".cm-content img")].every((one) => one.complete),
    );
    const seen = await marksAre(4);
    expect(seen.map(({ path, says }) => [path, says])).toEqual([
      ["kitchen after.jpg", "kitchen after.jpg: Backed up. It is in your Google Photos."],
      ["plan.svg", "plan.svg: Skipped. Google Photos does not take this type of file."],
      ["tiles.png", "tiles.png: Waiting. It is sent when its turn comes."],
      ["tiles.png", "tiles.png: Waiting. It is sent when its turn comes."],
    ]);
    for (const { path, off } of seen.filter(({ path }) => path === "tiles.png")) {
      expect(off, `the mark of ${path} is not at its picture`).toBeLessThan(12);
    }
  });

  it("a safe image shows its mark when it is pointed at", async () => {
    const safe = async (): Promise<number | undefined> =>
      (await marks()).find(({ path }) => path.startsWith("kitchen"))?.off;
    expect(await safe()).toBeUndefined();
    await stage.host.page.hover('.cm-content img[src*="after"]');
    await expect.poll(safe).toBeLessThan(12);
  });

  it("no text is moved by a mark that comes, changes or goes", async () => {
    const before = await lineTops();
    const is = async (state: object | null): Promise<void> => {
      await stage.play((door, given) => door.enter([["tiles.png", given as never]]), state);
    };
    await is(null);
    await expect
      .poll(async () => (await marks()).filter(({ says }) => says.includes("Waiting")).length)
      .toBe(2);
    expect(await lineTops()).toEqual(before);
    await is({ is: "failed", because: "service" });
    expect(await lineTops()).toEqual(before);
    await is({ is: "waiting" });
  });

  it("a mark and the handle that resizes its image leave each other free", async () => {
    const taken = await stage.host.page.evaluate(() => {
      const at = (el: Element): Element | null => {
        const { left, top, width, height } = el.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2);
      };
      const mark = document.querySelector('.vib-image-marks > [data-path="tiles.png"]');
      const handle = document.querySelector('.image-wrapper:has([src*="tiles"]) .image-resize-corner');
      return { mark: mark && mark.contains(at(mark)), handle: handle && handle.contains(at(handle)) };
    });
    expect(taken).toEqual({ mark: true, handle: true });
  });

  it("a mark goes along where something above the text grows", async () => {
    const grow = (height: string): Promise<void> =>
      stage.host.page.locator(".mod-active .metadata-container").evaluate((el, given) => {
        el.setCssStyles({ height: given });
      }, height);
    await grow("120px");
    for (const { path, off } of (await marks()).filter(({ off }) => off !== undefined)) {
      expect(off, `the mark of ${path} is not at its picture`).toBeLessThan(12);
    }
    await grow("");
  });

  it("a picture that comes late in a short note has its mark", async () => {
    const { page } = stage.host;
    let letCome: () => void = () => undefined;
    const mayCome = new Promise<void>((resolve) => (letCome = resolve));
    await page.route("**/late.png*", async (route) => {
      await mayCome;
      await route.continue();
    });
    await stage.host.openNote("Short.md");
    await stage.play(async () => {
      for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame);
    });
    expect(await marks(), "it is not to be seen yet").toEqual([]);
    letCome();
    await marksAre(1);
    await page.unroute("**/late.png*");
    await stage.host.openNote("Note.md");
    await marksAre(4);
  });

  it("a press opens what can be done", async () => {
    await stage.host.page.click('.vib-image-mark[data-path="tiles.png"] >> nth=0');
    expect(await stage.host.page.textContent(".menu")).toContain("Back up this image");
    await stage.host.page.click('.menu-item:has-text("Back up this image")');
    expect((await stage.play((door) => door.given)).at(-1)).toBe('["backUp",["tiles.png"]]');
  });
});

describe("under a heading that is folded", () => {
  const shown = async (): Promise<string[]> =>
    (await marks()).map(({ path, says }) => `${path} ${says}`).sort();

  it("goes with its image, comes back with it, and has followed meanwhile", async () => {
    await stage.host.openNote("Folded.md");
    await marksAre(3);
    await stage.host.page.locator(".cm-foldGutter span:visible", { hasText: "▾" }).first().click();
    await marksAre(1);
    expect((await shown())[0]).toMatch(/^plan\.svg /);
    await stage.play((door) => door.enter([["tiles.png", { is: "failed", because: "service" }]]));
    await stage.host.page.locator(".cm-foldGutter span:visible", { hasText: "▸" }).first().click();
    const seen = await marksAre(3);
    expect(seen.map(({ path, says }) => `${path} ${says.split(". ")[0] ?? ""}`)).toEqual([
      "kitchen after.jpg kitchen after.jpg: Backed up",
      "plan.svg plan.svg: Skipped",
      "tiles.png tiles.png: Failed",
    ]);
    expect(seen.at(-1)?.off, "the mark is not at its picture").toBeLessThan(12);
    await stage.play((door) => door.enter([["tiles.png", { is: "waiting" }]]));
    await stage.host.openNote("Note.md");
    await marksAre(4);
  });
});

describe("a change of state", () => {
  /** How long it takes from a change to what shows it, drawn, in milliseconds; the median of nine. */
  const delay = (selector: string): Promise<number> =>
    stage.play(async (door, seen) => {
      const took: number[] = [];
      for (let turn = 0; turn < 9; turn += 1) {
        const isFailed = turn % 2 === 0;
        const before = document.querySelector(seen)?.getAttribute("aria-label");
        if (typeof before !== "string") throw new Error(`there is no ${seen}`);
        const changed = performance.now();
        door.enter([["tiles.png", isFailed ? { is: "failed", because: "service" } : { is: "waiting" }]]);
        // What is asked for in a frame is drawn at its end: the frame after it has seen it.
        do await new Promise(requestAnimationFrame);
        while (document.querySelector(seen)?.getAttribute("aria-label") === before);
        await new Promise(requestAnimationFrame);
        took.push(performance.now() - changed);
      }
      door.enter([["tiles.png", { is: "waiting" }]]);
      return took.sort((one, other) => one - other)[4] ?? Infinity;
    }, selector);

  it.each([
    ["the note's badge", ".mod-active .vib-note-badge"],
    ["the mark at an image", '.mod-active .vib-image-mark[data-path="tiles.png"]'],
  ])("reaches %s in under 100 ms", async (name, selector) => {
    expect(await stage.host.page.locator(selector).first().isVisible()).toBe(true);
    const ms = await delay(selector);
    console.log(`a change reaches ${name} after ${ms} ms`);
    expect(ms).toBeLessThan(100);
  });
});

describe("in reading view", () => {
  it("each image has its mark, in callouts and tables too", async () => {
    await stage.host.switchMode("preview");
    const seen = await marksAre(4);
    for (const { path, off } of seen.filter((one) => one.path === "tiles.png")) {
      expect(off, `the mark of ${path} is not at its picture`).toBeLessThan(24);
    }
  });

  it("no mark is printed, nor exported as PDF", async () => {
    const { page } = stage.host;
    const mark = page.locator('.vib-image-mark[data-path="tiles.png"]:visible').first();
    expect(await mark.isVisible()).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".vib-image-mark:visible").count()).toBe(0);
    await page.emulateMedia({ media: "screen" });
  });

  it("a mark follows its image within a frame", async () => {
    await stage.play((door) => door.enter([["tiles.png", { is: "uploading" }]]));
    expect((await marks()).filter(({ says }) => says.includes("Uploading"))).toHaveLength(2);
    await stage.host.switchMode("source");
  });
});

describe("wherever the note is shown", () => {
  // Views that are in the document and not to be seen, such as the reading view of before, do not count.
  const seen = (): Promise<string[]> =>
    stage.host.page
      .locator(".vib-image-mark")
      .evaluateAll((all) =>
        all.filter((mark) => mark.checkVisibility()).map((mark) => mark.getAttribute("data-state") ?? ""),
      );
  const seenAre = (count: number): Promise<void> =>
    expect.poll(async () => (await seen()).length, { timeout: 5000 }).toBe(count);

  it("each of two panes has its own marks, and both follow", async () => {
    await stage.host.openNote("Note.md", "source", "split");
    await seenAre(8);
    await stage.play((door) => door.enter([["tiles.png", { is: "failed", because: "service" }]]));
    expect((await seen()).filter((state) => state === "failed")).toHaveLength(4);
    await stage.host.page.evaluate(() => {
      const { workspace } = (globalThis as unknown as { app: App }).app;
      workspace.getMostRecentLeaf()?.detach();
    });
    await seenAre(4);
  });

  it("a note in a window of its own has its marks there, and none is left behind", async () => {
    const opened = stage.host.context.waitForEvent("page");
    await stage.host.openNote("Note.md", "source", "window");
    const window = await opened;
    const there = window.locator(".vib-image-mark");
    await expect.poll(() => there.count(), { timeout: 5000 }).toBe(4);
    await stage.play((door) => door.enter([["tiles.png", { is: "uploading" }]]));
    await expect
      .poll(async () => there.evaluateAll((all) => all.map((mark) => mark.getAttribute("data-state")).sort()))
      .toEqual(["backed-up", "skipped", "uploading", "uploading"]);
    await window.close();
    await seenAre(4);
  });
});

describe("a note with 200 images", () => {
  it("opens and scrolls without a task over 50 ms of ours", async () => {
    // What the host itself takes for such a note, measured with the marks turned off, is not ours.
    const open = async (): Promise<number> => {
      await stage.host.openNote("Note.md");
      const tasks = await tasksOf(stage.host, async () => {
        await stage.host.openNote("Many.md");
        await stage.host.page.evaluate(async () => {
          const scroller = document.querySelector(".cm-scroller");
          for (let at = 0; at < 40; at += 1) {
            scroller?.scrollTo(0, at * 500);
            await new Promise(requestAnimationFrame);
          }
        });
      });
      return tasks[0] ?? 0;
    };
    const withMarks = await open();
    await stage.host.disablePlugin();
    const without = await open();
    console.log(`longest task: ${withMarks} ms; without the plugin ${without} ms`);
    expect(withMarks - without).toBeLessThan(50);
    expect(await marks()).toEqual([]);
  });
});

describe("switched on by hand", () => {
  it.each(["preview", "source"] as const)("a note that is open has its marks, in %s", async (mode) => {
    await stage.host.disablePlugin();
    await stage.host.openNote("Note.md", mode);
    await marksAre(0);
    await stage.host.enablePlugin();
    await marksAre(4);
  });

  it("a reading view that is hidden then has its marks, too", async () => {
    await stage.host.disablePlugin();
    await stage.host.openNote("Note.md", "preview");
    await stage.host.switchMode("source");
    await stage.host.enablePlugin();
    await stage.host.switchMode("preview");
    const inReadingView = stage.host.page.locator(".mod-active .markdown-reading-view .vib-image-mark");
    await expect.poll(() => inReadingView.count(), { timeout: 5000 }).toBe(4);
    const reached = await inReadingView.evaluateAll((all) => all.map((el) => (el as HTMLElement).tabIndex));
    expect(reached, "by keyboard, which no editor has there").toEqual([0, 0, 0, 0]);
  });
});
