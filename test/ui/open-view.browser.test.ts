import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImageState } from "../../src/model";
import { openStage, type Stage } from "./stage";
import { LEAVE_OUT } from "./table/images";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const IMAGES = ["a.png", "b.png", "c.png", "d.png"];
const WAITING = { is: "waiting" } as const;
const FAILED = { is: "failed", because: "service" } as const;
const SAFE = { is: "backed-up", item: { url: "" } } as unknown as ImageState;
const SIGNED_IN = { is: "signed-in", email: "ada@example.org", missing: [] } as const;

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const image of IMAGES) fs.writeFileSync(path.join(vault, image), PIXEL);
    },
  });
  await stage.play((door) => door.open());
});

afterAll(() => stage.close());

beforeEach(async () => {
  await stage.play(async (door) => {
    await door.change({ started: true });
    door.tell({ type: "looked-through" });
    door.tell({ type: "hold", hold: undefined });
  });
  await are(WAITING, WAITING, WAITING, WAITING);
});

/** Sets the states of the images, in turn. */
const are = (...states: readonly ImageState[]): Promise<void> =>
  stage.play(
    (door, entries) => door.enter(entries),
    states.map((state, place) => [IMAGES[place] ?? "", state] as const),
  );

const press = (key: string): Promise<void> => stage.host.page.keyboard.press(key);

/** The words on what has the focus, or else its class. */
const focused = (): Promise<string> =>
  stage.host.page.evaluate(() => {
    const { textContent, className } = document.activeElement as HTMLElement;
    return document.activeElement?.matches("button") === true ? textContent : className;
  });

const currentRow = (): Promise<string | undefined> =>
  stage.host.page.evaluate(() => {
    const id = document.querySelector(".vib-list")?.getAttribute("aria-activedescendant") ?? "";
    return document.getElementById(id)?.dataset["path"];
  });

describe("the bar of a selection", () => {
  const bar = (): ReturnType<Stage["host"]["page"]["locator"]> =>
    stage.host.page.locator(".vib-selection button");
  const offered = (): Promise<string[]> => bar().allTextContents();

  it("offers what can be done as things stand, does it to those it can be done to, and keeps the focus", async () => {
    await expect.poll(() => stage.host.page.locator(".vib-image-row").count()).toBe(4);
    await stage.host.page.focus(".vib-list");
    await press("Control+a");
    expect(await offered()).toEqual(["Back up 4 images", LEAVE_OUT, "Select all", "Clear selection"]);
    await bar().last().focus();
    await are(SAFE, WAITING, FAILED, FAILED);
    expect(await offered()).toEqual([
      "Back up 1 image",
      "Try again",
      LEAVE_OUT,
      "Select all",
      "Clear selection",
    ]);
    expect(await focused()).toBe("Clear selection");
    const drawn = await bar().nth(1).elementHandle();
    await are(SAFE, WAITING, FAILED, { is: "failed", because: "connection" });
    expect(await drawn.isVisible(), "made anew for nothing").toBe(true);
    await are(SAFE, SAFE, SAFE, FAILED);
    await bar().getByText("Try again").focus();
    await press("Enter");
    expect((await stage.play((door) => door.given)).at(-1)).toBe('["tryAgain",["d.png"]]');
    expect(await offered()).toEqual([]);
    expect(await focused()).toBe("vib-list");
  });
});

describe("the focus stays", () => {
  it("where a button has turned into another", async () => {
    await stage.host.page.getByRole("button", { name: "Back up now" }).focus();
    await stage.play((door) => door.tell({ type: "hold", hold: { why: "paused" } }));
    expect(await focused()).toBe("Resume");
  });

  it("at a filter that nothing is left for, until it goes elsewhere", async () => {
    const failed = stage.host.page.locator('[data-filter="failed"]');
    await are(FAILED, WAITING, WAITING, WAITING);
    await failed.focus();
    await are(WAITING, WAITING, WAITING, WAITING);
    expect(await failed.isVisible()).toBe(true);
    await press("Tab");
    expect(await failed.isVisible()).toBe(false);
  });

  it("where a step of first use is done", async () => {
    await stage.play(async (door) => {
      door.signIn.become({ is: "signed-out" });
      await door.change({ started: false });
    });
    await stage.host.page.locator(".vib-step").first().getByRole("button", { name: "Sign in" }).focus();
    await stage.play((door, status) => door.signIn.become(status), SIGNED_IN);
    expect(await focused()).toBe("Folders and quality…");
    await press("Enter");
    await stage.host.page.locator(".vib-choice-modal").getByText("Add folder").first().focus();
    await stage.play((door) => door.change({ folders: { include: [], exclude: ["one"] } }));
    expect(await focused(), "of the folders that are chosen").toMatch(/^Add folder/);
    await stage.host.page.getByRole("button", { name: "Remove one" }).press("Enter");
    await expect.poll(() => stage.host.page.getByRole("button", { name: "Remove one" }).count()).toBe(0);
    expect(await focused()).toMatch(/^Add folder/);
    await press("Shift+Tab");
    expect(await focused(), "of the list before").toMatch(/^Add folder/);
    await press("Escape");
  });

  it("in a row of the account that is drawn anew", async () => {
    await stage.host.page.click(".vib-account");
    await stage.host.page.getByRole("button", { name: "Change…" }).press("Enter");
    expect(await focused()).toBe("Cancel");
    await stage.host.page.getByRole("button", { name: "Sign out here" }).press("Enter");
    expect(await focused()).toBe("Sign in");
    await stage.play((door) => {
      door.signIn.testConnection = () =>
        Promise.resolve({ is: "works", account: { email: "" }, missing: ["append"] });
    });
    const test = stage.host.page.locator(".vib-test-row");
    await test.getByRole("button", { name: "Test" }).press("Enter");
    await test.getByRole("alert").waitFor();
    await stage.play((door, status) => door.signIn.become(status), SIGNED_IN);
    expect(await test.getByRole("alert").count(), "what was wrong before").toBe(0);
    expect(await test.getByRole("status").textContent()).not.toBe("");
    await press("Escape");
  });
});

describe("the list by keyboard", () => {
  it("begins at its first row, and stays at its place where a row goes", async () => {
    const { page } = stage.host;
    await are(WAITING, FAILED, FAILED, FAILED);
    await page.click('[data-filter="failed"]');
    await expect.poll(() => page.locator(".vib-image-row").count()).toBe(3);
    await page.focus(".vib-group-by");
    while ((await focused()) !== "vib-list") await press("Tab");
    expect(await currentRow(), "the group's").toBe("");
    await press("ArrowDown");
    await press("ArrowDown");
    expect(await currentRow()).toBe("c.png");
    await are(WAITING, FAILED, WAITING, FAILED);
    await expect.poll(currentRow).toBe("d.png");
    await are(WAITING, WAITING, WAITING, WAITING);
    await expect.poll(() => page.locator(".vib-row").count()).toBe(0);
    const outline = await page.locator(".vib-list").evaluate((el) => getComputedStyle(el).outlineStyle);
    expect(outline, "there is no row that shows where the focus is").not.toBe("none");
    await page.click('[data-filter="all"]');
    await expect.poll(() => page.locator(".vib-image-row").count()).toBe(4);
  });

  it("folds by the space bar too, selects from row to row with Shift, and leaves to the app what is its", async () => {
    const { page } = stage.host;
    const count = (): Promise<number> => page.locator(".vib-image-row").count();
    await expect.poll(count).toBe(4);
    await page.focus(".vib-list");
    await press("Home");
    for (const key of ["Alt+ArrowDown", "Control+ArrowDown", "Control+Space"]) await press(key);
    expect(await currentRow(), "the group's").toBe("");
    await press("Space");
    await expect.poll(count).toBe(0);
    await press("Space");
    await expect.poll(count).toBe(4);
    for (const key of ["ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown"]) await press(key);
    expect(await page.textContent(".vib-selection span")).toBe("3 images selected");
    await press("Escape");
  });

  it("hears no key that is meant for a menu, though a menu has no use for it", async () => {
    const { page } = stage.host;
    const selected = (): Promise<string | null> => page.textContent(".vib-selection span");
    await page.focus(".vib-list");
    for (const key of ["Home", "ArrowDown", "Space", "Shift+F10", "Space", "Escape"]) await press(key);
    expect(await page.locator(".menu").count()).toBe(0);
    expect(await selected()).toBe("1 image selected");
    // Chromium hands on keys before it looks at timers.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 0)));
    await press("Escape");
    expect(await selected()).toBe("");
  });

  it("cuts off a name at its own end, where the app runs the other way", async () => {
    const name = stage.host.page.locator('[data-path="a.png"] .vib-row-name');
    const ends = await name.evaluate((el) => {
      document.body.dir = "rtl";
      const { direction, textAlign } = getComputedStyle(el);
      document.body.dir = "";
      return { direction, textAlign };
    });
    expect(ends).toEqual({ direction: "ltr", textAlign: "right" });
  });
});

describe("what a screen reader is to tell by itself", () => {
  it("is followed before it says anything", async () => {
    const { page } = stage.host;
    const told = page.locator(".vib-status-view").getByRole("status");
    const drawn = await told.elementHandles();
    expect(drawn, "how things stand, that nothing matches, and how many are selected").toHaveLength(3);
    await page.fill(".vib-tools input", "nothing like it");
    await expect.poll(() => drawn[1]?.textContent()).toBe("No image matches this search.");
    await page.fill(".vib-tools input", "");
    await expect.poll(() => page.locator(".vib-image-row").count()).toBe(4);
    await page.focus(".vib-list");
    await press("Control+a");
    expect(await drawn[2]?.textContent()).toBe("4 images selected");
    await press("Escape");
  });
});

describe("where the system has colours of its own", () => {
  it("what is current, selected or pressed can still be told from the others", async () => {
    const { page } = stage.host;
    await page.emulateMedia({ forcedColors: "active" });
    const look = (selector: string): Promise<string> =>
      page
        .locator(selector)
        .first()
        .evaluate((el) => {
          const { backgroundColor, color, outlineStyle, borderStyle } = getComputedStyle(el);
          return [backgroundColor, color, outlineStyle, borderStyle].join();
        });
    await page.focus(".vib-list");
    await press("Home");
    await press("ArrowDown");
    await press("Space");
    await press("ArrowDown");
    const [chosen, current] = ['.vib-row[data-path="a.png"]', '.vib-row[data-path="b.png"]'];
    const other = '.vib-row[data-path="c.png"]';
    expect(await look(current)).not.toBe(await look(other));
    expect(await look(chosen)).not.toBe(await look(other));
    expect(await look(`${chosen} .vib-row-state`)).not.toBe(await look(`${other} .vib-row-state`));
    expect(await look('[data-filter="all"]')).not.toBe(await look('[data-filter="waiting"]'));
    await press("Escape");
    await page.emulateMedia({ forcedColors: null });
  });
});

describe("a small picture", () => {
  it("is that of the file as it is now, also where the one before was none", async () => {
    const address = (): Promise<string | null> =>
      stage.host.page
        .locator('.vib-row[data-path="a.png"] .vib-thumb')
        .evaluate((el) => el.querySelector("img")?.getAttribute("src") ?? null);
    const write = async (bytes: Buffer | string): Promise<void> => {
      fs.writeFileSync(path.join(stage.vault, "a.png"), bytes);
      const { mtimeMs } = fs.statSync(path.join(stage.vault, "a.png"));
      await stage.host.page.waitForFunction(
        (now) => (globalThis as unknown as { app: App }).app.vault.getFileByPath("a.png")?.stat.mtime === now,
        Math.round(mtimeMs),
      );
      await are(SAFE);
      await are(WAITING);
    };
    const first = await address();
    await write("no picture");
    await expect.poll(address, { message: "a picture that cannot be shown" }).toBeNull();
    await write(PIXEL);
    await expect.poll(address).not.toBeNull();
    expect(await address()).not.toBe(first);
  });
});

describe("the focus comes back out of a window", () => {
  /** Opens the window of a button by keyboard, lets something happen meanwhile, and closes it, each time in another way. */
  const ways = [() => press("Escape"), () => stage.host.page.click(".modal-close-button")];
  const through = async (
    button: string,
    within: string,
    meanwhile: () => Promise<unknown>,
  ): Promise<void> => {
    await stage.host.page.locator(within).getByRole("button", { name: button, exact: true }).press("Enter");
    await stage.host.page.waitForSelector(".modal");
    await meanwhile();
    const [close = ways[0]] = ways.reverse();
    await close?.();
    await expect.poll(() => stage.host.page.locator(".modal").count()).toBe(0);
  };
  const become = (status: object): Promise<void> =>
    stage.play((door, given) => door.signIn.become(given as typeof SIGNED_IN), status);

  it("where its step is done, or drawn anew", async () => {
    await become({ is: "no-client" });
    await stage.play(async (door) => {
      await door.change({ started: false });
      door.tell({ type: "hold", hold: { why: "first-use" } });
    });
    await through("Set up, step by step", ".vib-step", () => become({ is: "signed-out" }));
    await expect.poll(focused).toBe("Sign in");
    await become({ is: "no-client" });
    await through("Set up, step by step", ".vib-step", () => become(SIGNED_IN));
    await expect.poll(focused).toBe("Folders and quality…");
    await through("Start backup…", ".vib-step", () =>
      stage.play(async (door) => {
        await door.change({ started: true });
        door.tell({ type: "hold", hold: undefined });
      }),
    );
    await expect.poll(focused).toBe("Back up now");
  });

  it("where nothing is selected any more, and where a hold has ended", async () => {
    await stage.play((door) => door.miss([{ path: "gone.png", item: { url: "" } as never }]));
    await stage.host.page.locator('[data-path="gone.png"]').click({ modifiers: ["Control"] });
    await through("Restore…", ".vib-selection", () => Promise.resolve());
    await expect.poll(focused).toBe("Back up now");
    await stage.play((door) => door.miss([]));
    await become({ is: "no-client" });
    await stage.play((door) => door.tell({ type: "hold", hold: { why: "signed-out", ended: false } }));
    await through("Set up, step by step", ".vib-standing", async () => {
      await become(SIGNED_IN);
      await are(SAFE, SAFE, SAFE, SAFE);
      await stage.play((door) => door.tell({ type: "hold", hold: undefined }));
    });
    await expect.poll(focused).toMatch(/^Account: /);
  });
});

describe("with time", () => {
  it("when the last run was is told with its date once that was another day", async () => {
    const { page } = stage.host;
    await page.clock.install();
    await stage.play(async (door) => {
      const { workspace } = (globalThis as unknown as { app: App }).app;
      workspace.detachLeavesOfType("vault-image-backup-status");
      await door.open();
      door.tell({ type: "run-began", at: Date.now() - 1 });
      door.tell({ type: "run-ended", at: Date.now() });
    });
    const last = page.locator(".vib-account-line").getByText("Last run");
    expect(await last.textContent()).toMatch(/^Last run: \d+:\d\d\s[AP]M$/);
    await page.clock.fastForward("24:00:00");
    await expect.poll(() => last.textContent()).toMatch(/^Last run: \w+ \d+, \d{4}, \d+:\d\d\s[AP]M$/);
  });
  it("how things stand is told whenever it is another thing, once, and is silent then", async () => {
    const { page } = stage.host;
    const hold = (given: object): Promise<void> =>
      stage.play((door, one) => door.tell({ type: "hold", hold: one as never }), given);
    const told = page.locator(".vib-standing [role=status]");
    await hold({ why: "refused", because: "api-off" });
    const first = await told.textContent();
    await hold({ why: "refused", because: "account-blocked" });
    expect(await told.textContent(), "of another reason").not.toBe(first);
    await hold({ why: "signed-out", ended: false });
    const second = await told.textContent();
    await stage.play((door) => door.signIn.become({ is: "signed-out" }, { how: "here", url: "" }));
    expect(await told.textContent(), "of a sign-in that is waited for").not.toBe(second);
    await page.clock.fastForward("01:00");
    expect(await told.textContent()).toBe("");
    await are(WAITING, WAITING, WAITING, SAFE);
    expect(await told.textContent(), "of another number of images").toBe("");
  });
});
