import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

const SECRET = "GOCSPX-not-for-data-json";
const CLIENT = JSON.stringify({
  installed: { client_id: "1234.apps.googleusercontent.com", client_secret: SECRET },
});

let stage: Stage;

const page = () => stage.host.page;
const text = (selector: string): Promise<string | null> => page().textContent(selector);

/** All that the plugin has written into the vault. */
function written(): string {
  const folder = path.join(stage.vault, ".obsidian/plugins/vault-image-backup");
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((file) => path.join(folder, file))
    .filter((file) => fs.statSync(file).isFile())
    .map((file) => fs.readFileSync(file, "utf8"))
    .join("\n");
}

beforeAll(async () => {
  stage = await openStage();
  await stage.play(async (door) => {
    door.signIn.become({ is: "no-client" });
    door.enter([
      ["House/tiles.png", { is: "waiting" }],
      ["House/floor plan.svg", { is: "skipped", because: "type" }],
      ["Private/diary sketch.png", { is: "waiting" }],
    ]);
    door.tell({ type: "looked-through" });
    door.tell({ type: "hold", hold: { why: "first-use" } });
    await door.open();
  });
});

afterAll(() => stage.close());

describe("first use, from the status view alone", () => {
  it("refuses what is no client, at the field and in a sentence", async () => {
    await page().click('.vib-steps button:text-is("Set up, step by step")');
    await page().fill(".vib-client-json", '{"web":{"client_id":"1"}}');
    expect(await text(".vib-account-modal")).toContain("Make a client of the type “Desktop app”.");
  });

  it("takes the client and signs in", async () => {
    await page().fill(".vib-client-json", CLIENT);
    await page().click('.vib-account-modal button:text-is("Sign in")');
    expect(await text(".vib-account-modal")).toContain("Signed in as ada@example.org");
    await page().keyboard.press("Escape");
    expect(await text(".vib-steps")).toContain("Done");
  });

  it("lets a folder be left out, and shows how many images each holds", async () => {
    await page().click('button:text-is("Folders and quality…")');
    await page().click('.vib-choice-modal .setting-item:has-text("Folders to leave out") button');
    await page().keyboard.type("priv");
    expect(await text(".suggestion-item.is-selected")).toContain("1 image");
    await page().keyboard.press("Enter");
    await expect.poll(() => text(".vib-choice-modal")).toContain("Private");
    expect((await stage.play((door) => door.settings())).folders).toEqual({
      include: [],
      exclude: ["Private"],
    });
  });

  it("lets the quality be chosen there, and says what it would save", async () => {
    const row = page().locator('.vib-choice-modal .setting-item:has-text("What Storage saver would save")');
    await row.getByRole("button", { name: "Estimate" }).press("Enter");
    await expect.poll(() => row.getByRole("status").textContent()).toContain("About 120 MB of 340 MB.");
    expect(await row.locator("button:focus").count(), "the button could not be pressed meanwhile").toBe(1);
    await page().getByRole("combobox", { name: "Quality" }).selectOption("storage-saver");
    await expect.poll(() => stage.play((door) => door.settings().quality)).toBe("storage-saver");
    await page().keyboard.press("Escape");
    await expect.poll(() => text(".vib-steps")).toContain("Quality: Storage saver.");
    await stage.play((door) => door.change({ quality: "original" }));
  });

  it("sends nothing before the person has read what cannot be taken back", async () => {
    await stage.play((door) =>
      door.enter([["Private/diary sketch.png", { is: "skipped", because: "folder" }]]),
    );
    // Google asks apps to warn before a file of over 25 MB.
    fs.truncateSync(path.join(stage.vault, "House/tiles.png"), 25_000_001);
    const size = () =>
      (globalThis as unknown as { app: App }).app.vault.getFileByPath("House/tiles.png")?.stat.size;
    await expect.poll(() => page().evaluate(size)).toBe(25_000_001);
    await page().click('button:text-is("Start backup…")');
    const said = await text(".modal.vib-first-use, .vib-first-use");
    for (const fact of [
      "1 image (25 MB",
      "Images over 25 MB: 1.",
      "main timeline",
      "cannot delete or archive",
      "count against the storage",
    ]) {
      expect(said).toContain(fact);
    }
    await page().click('.modal button:text-is("Cancel")');
    const tiles = (state: object): Promise<void> =>
      stage.play((door, given) => door.enter([["House/tiles.png", given as never]]), state);
    await tiles({ is: "skipped", because: "folder" });
    await page().click('button:text-is("Start backup…")');
    const question = page().locator(".vib-first-use");
    expect(await question.textContent()).toContain("The chosen folders hold no image to back up yet.");
    expect(await question.textContent()).not.toContain("0 images");
    await question.getByRole("button", { name: "Cancel" }).click();
    await tiles({ is: "waiting" });
    expect(await stage.play((door) => door.settings().started)).toBe(false);
    await stage.host.runCommand("vault-image-backup:back-up-vault-images");
    expect(await stage.play((door) => door.given.filter((one) => one.includes("backUp")))).toEqual([]);
    await page().click('button:text-is("Back up 1 image")');
    await expect
      .poll(() => stage.play((door) => door.given.filter((one) => one.includes("backUp"))))
      .toEqual(['["backUp"]']);
    expect(await stage.play((door) => door.settings().started)).toBe(true);
    expect(await page().isVisible(".vib-steps")).toBe(false);
  });

  it("tells once that the first backup is complete, though Obsidian was closed meanwhile", async () => {
    await stage.host.disablePlugin();
    await stage.host.enablePlugin();
    await stage.play((door) => {
      door.enter([
        ["House/floor plan.svg", { is: "skipped", because: "type" }],
        ["Private/diary sketch.png", { is: "skipped", because: "folder" }],
      ]);
      door.tell({ type: "looked-through" });
      door.tell({ type: "hold", hold: undefined });
      door.enter([["House/tiles.png", { is: "backed-up", item: { url: "" } } as never]]);
    });
    expect(await stage.host.notices()).toContain("First backup complete: 1 image is in your Google Photos.");
    expect(
      await page().locator(".notice", { hasText: "First backup" }).getByRole("button").textContent(),
    ).toBe("Open backup status");
    await page()
      .locator(".notice", { hasText: "First backup" })
      .click({ position: { x: 4, y: 4 } });
    await stage.host.disablePlugin();
    await stage.host.enablePlugin();
    await stage.play((door) => {
      door.enter([
        ["House/tiles.png", { is: "backed-up", item: { url: "" } } as never],
        ["House/floor plan.svg", { is: "skipped", because: "type" }],
        ["Private/diary sketch.png", { is: "skipped", because: "folder" }],
      ]);
      door.tell({ type: "looked-through" });
    });
    expect((await stage.host.notices()).filter((said) => said.includes("First backup"))).toEqual([]);
  });
});

describe("the settings", () => {
  it("keep what is typed and not used yet, though their rows are drawn anew", async () => {
    await stage.host.openSettings();
    const { folders } = await stage.play((door) => door.settings());
    await page().click('.modal button:text-is("Change…")');
    const id = page().locator('.modal input[aria-label="Client ID"]');
    const secret = page().locator('.modal input[aria-label="Client secret"]');
    await id.fill("half.apps");
    await secret.fill(`${SECRET}-hal`);
    await id.evaluate((field) => field.setAttribute("data-drawn", "before"));
    await stage.play((door) => door.change({ folders: { include: ["House"], exclude: [] } }));
    await expect.poll(() => id.getAttribute("data-drawn")).toBe(null);
    expect(await id.inputValue()).toBe("half.apps");
    expect(await secret.inputValue()).toBe(`${SECRET}-hal`);
    await page().click('.modal button:text-is("Cancel")');
    await expect.poll(() => id.isVisible()).toBe(false);
    await stage.play((door, before) => door.change({ folders: before }), folders);
  });

  it("take no half a client, and none in place of one that is signed in with before the person has agreed", async () => {
    const brought = (): Promise<number> => stage.play((door) => door.signIn.brought.length);
    const before = await brought();
    await page().click('.modal button:text-is("Change…")');
    const id = page().locator('.modal input[aria-label="Client ID"]');
    await id.fill("98765-half");
    await page().fill('.modal input[aria-label="Client secret"]', "x");
    await page().click('.modal button:text-is("Use this client")');
    const row = page().locator('.modal .setting-item:has(input[aria-label="Client ID"])');
    await expect.poll(() => row.textContent()).toContain("A client ID ends in .apps.googleusercontent.com.");
    await id.fill("98765-whole.apps.googleusercontent.com");
    await page().click('.modal button:text-is("Use this client")');
    const question = page().locator(".modal", { hasText: "This is another client than before." });
    expect(await question.textContent()).toContain(
      "Images that were never sent with this account and client would be sent again",
    );
    expect(await question.textContent()).toContain("you have to sign in again");
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(await id.inputValue()).toBe("98765-whole.apps.googleusercontent.com");
    expect(await brought()).toBe(before);
    await page().locator('.modal button:text-is("Cancel")').click();
  });

  it("never let a secret into a file of the vault", async () => {
    await stage.host.openSettings();
    await page().click('.modal button:text-is("Change…")');
    await page().fill('.modal input[aria-label="Client ID"]', "9.apps.googleusercontent.com");
    await page().fill('.modal input[aria-label="Client secret"]', `${SECRET}-2`);
    await page().click('.modal button:text-is("Use this client")');
    await page().click('.modal button:text-is("Use it")');
    await expect
      .poll(() => stage.play((door) => JSON.stringify(door.signIn.brought)))
      .toContain(`${SECRET}-2`);
    await page().selectOption('.modal .setting-item:has-text("Back up by itself") select', "off");
    await expect.poll(() => stage.play((door) => door.settings().automatic)).toBe(false);
    await expect.poll(written).toMatch(/"automatic": ?false/);
    expect(written()).not.toContain(SECRET);
  });

  it("say what Storage saver would save here, when asked, and offer it", async () => {
    const row = page().locator('.modal .setting-item:has-text("What Storage saver would save")');
    await row.locator('button:text-is("Estimate")').click();
    await expect.poll(() => row.textContent()).toContain("About 120 MB of 340 MB. Images tried: 12.");
    await page().selectOption('.modal .setting-item:has-text("Quality") select', "storage-saver");
    await expect.poll(() => stage.play((door) => door.settings().quality)).toBe("storage-saver");
  });

  it("offer dates, videos, and a limit for phones", async () => {
    const choices = page().locator(".modal .setting-item");
    await choices.filter({ hasText: "Write dates into copies" }).locator(".checkbox-container").click();
    await choices.filter({ hasText: "Videos, too" }).locator(".checkbox-container").click();
    await page().selectOption('.modal .setting-item:has-text("Largest file on phones") select', "200");
    await expect
      .poll(() => stage.play((door) => door.settings()))
      .toMatchObject({ dates: false, video: true, phoneLimit: 200 });
  });

  it("take a folder away again", async () => {
    const row = page().locator('.vib-folders-exclude .setting-item:has-text("Private")');
    await row.locator(".clickable-icon, button").last().click();
    await expect
      .poll(() => stage.play((door) => door.settings().folders))
      .toEqual({ include: [], exclude: [] });
  });

  it("count the images that were left out by themselves in one row, and take them all back by it", async () => {
    // One of them has had another name, under which it stays left out.
    const images = ["House/tiles.png", "House/former name.png", "House/kitchen after.jpg"];
    const folders = { include: [], exclude: ["Private", ...images] };
    await stage.play((door, leaving) => door.change({ folders: leaving }), folders);
    const rows = page().locator(".vib-folders-exclude .setting-item:has(.clickable-icon, button)");
    const row = rows.filter({ hasText: "Single images" });
    await expect.poll(() => row.textContent()).toContain("2 images");
    await row.locator(".clickable-icon, button").last().click();
    await expect
      .poll(() => stage.play((door) => door.settings().folders))
      .toEqual({ include: [], exclude: ["Private"] });
    await stage.play((door) => door.change({ folders: { include: [], exclude: [] } }));
    await stage.host.closeSettings();
  });
});

describe("the command line", () => {
  it("answers the summary as JSON", async () => {
    const answer = JSON.parse(await stage.host.cli("vault-image-backup:status", {})) as Record<
      string,
      unknown
    >;
    expect(answer).toMatchObject({
      found: 3,
      backedUp: 1,
      skipped: 2,
      skippedBy: { type: 1, folder: 1 },
      hold: null,
    });
  });

  it("runs the backup and answers when it has settled", async () => {
    await stage.play((door) => {
      door.enter([["House/tiles.png", { is: "waiting" }]]);
      door.tell({ type: "run-began", at: 1 });
    });
    const answer = stage.host.cli("vault-image-backup:run", {});
    await expect.poll(() => stage.play((door) => door.given.at(-1))).toBe('["backUp"]');
    await stage.play((door) => {
      door.enter([["House/tiles.png", { is: "backed-up", item: { url: "" } } as never]]);
      door.tell({ type: "run-ended", at: 2 });
    });
    expect(JSON.parse(await answer)).toMatchObject({ backedUp: 1, waiting: 0, hold: null });
  });

  it("waits for what comes after an interruption, which it ends", async () => {
    await stage.play((door) => {
      door.enter([["House/tiles.png", { is: "waiting" }]]);
      door.tell({ type: "hold", hold: { why: "stopped", until: Date.now() + 60_000 } });
    });
    let isAnswered = false;
    const answer = stage.host.cli("vault-image-backup:run", {}).finally(() => (isAnswered = true));
    await expect.poll(() => stage.play((door) => door.given.at(-1))).toBe('["backUp"]');
    // The surfaces have long seen the hold when the page has drawn itself.
    await page().evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 1)));
    expect(isAnswered).toBe(false);
    await stage.play((door) => {
      door.tell({ type: "hold", hold: undefined });
      door.enter([["House/tiles.png", { is: "backed-up", item: { url: "" } } as never]]);
    });
    expect(JSON.parse(await answer)).toMatchObject({ backedUp: 1, waiting: 0, hold: null });
  });

  it("lists the images once the vault was looked through, and says where that was interrupted", async () => {
    const restart = async (): Promise<void> => {
      await stage.host.disablePlugin();
      await stage.host.enablePlugin();
      await stage.play((door) => door.enter([["House/tiles.png", { is: "waiting" }]]));
    };
    const report = (): Promise<string> => stage.host.cli("vault-image-backup:report", {});
    await restart();
    let isAnswered = false;
    const list = report().finally(() => (isAnswered = true));
    await page().evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn), 1)));
    expect(isAnswered).toBe(false);
    await stage.play((door) => door.tell({ type: "looked-through" }));
    expect(JSON.parse(await list)).toMatchObject([{ image: "House/tiles.png", state: "waiting" }]);
    await restart();
    const instead = report();
    await stage.play((door) => door.tell({ type: "hold", hold: { why: "stopped", until: 1 } }));
    expect(JSON.parse(await instead)).toMatchObject({ hold: "stopped", looked: false, waiting: 1 });
  });
});
