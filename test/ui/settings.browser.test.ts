import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";

const NOTE = `![[plain.png]] ![[sized.png|300]] ![[words.png|The gate in May]]

![Two at once|200 x 100](folder/both%20kinds.png) ![](empty.png)
`;
const IMAGES = ["plain.png", "sized.png", "words.png", "folder/both kinds.png", "empty.png"];

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      fs.mkdirSync(path.join(vault, "folder"));
      for (const image of IMAGES) fs.writeFileSync(path.join(vault, image), "not looked at");
      fs.writeFileSync(path.join(vault, "Ada’s secret diary.md"), NOTE);
    },
  });
  await stage.play(async (door) => {
    await door.change({ started: true, folders: { include: ["folder"], exclude: [] } });
    door.enter([
      ["words.png", { is: "waiting" }],
      ["folder/both kinds.png", { is: "failed", because: "service" }],
    ]);
    door.tell({ type: "looked-through" });
    await door.open();
  });
  await stage.host.openSettings();
});

afterAll(() => stage.close());

const row = (name: string) => stage.host.page.locator(`.modal .setting-item:has-text("${name}")`).first();
const settings = () => stage.play((door) => door.settings());

describe("the settings", () => {
  it.each([
    ["Neutral file names", "neutralNames"],
    ["Captions as descriptions", "captions"],
    ["Only over Wi-Fi", "wifiOnly"],
    ["Only while charging", "chargingOnly"],
  ] as const)("%s is off, and on at once", async (name, key) => {
    expect((await settings())[key]).toBe(false);
    await row(name).locator(".checkbox-container").click();
    await expect.poll(async () => (await settings())[key]).toBe(true);
  });

  it("are drawn anew by a change from elsewhere, not by one of their own", async () => {
    const captions = row("Captions as descriptions");
    const isMarked = (): Promise<boolean> => captions.evaluate((one) => "seen" in one.dataset);
    await captions.evaluate((one) => (one.dataset["seen"] = ""));
    await captions.locator(".checkbox-container").click();
    await expect.poll(async () => (await settings()).captions).toBe(false);
    expect(await isMarked()).toBe(true);
    await stage.play((door) => door.change({ captions: true }));
    await expect.poll(isMarked).toBe(false);
    expect(await captions.locator(".checkbox-container.is-enabled").count()).toBe(1);
  });

  it("offer no waiting for what the device cannot tell of, and say so", async () => {
    await stage.play((door) => {
      door.device.canTell = false;
      return door.change({ wifiOnly: false, folders: { include: [], exclude: [] } });
    });
    for (const name of ["Only over Wi-Fi", "Only while charging"]) {
      await expect.poll(() => row(name).textContent()).toContain("This device cannot tell");
      await row(name).locator(".checkbox-container").click({ force: true });
    }
    expect(await settings()).toMatchObject({ wifiOnly: false, chargingOnly: true });
    await stage.play((door) => {
      door.device.canTell = true;
      return door.change({ folders: { include: ["folder"], exclude: [] } });
    });
    await expect.poll(() => row("Only over Wi-Fi").textContent()).toContain("Waits on mobile data");
  });

  it("go with a folder or an image that is renamed, or lies in one that is", async () => {
    const renamed = async (from: string, to: string): Promise<void> =>
      stage.host.page.evaluate(
        async ([before, after]) => {
          const { vault } = (globalThis as unknown as { app: App }).app;
          const file = vault.getAbstractFileByPath(before);
          if (file) await vault.rename(file, after);
        },
        [from, to] as const,
      );
    const folders = { include: ["folder"], exclude: ["folder/inner", "folders", "plain.png"] };
    await stage.play((door, chosen) => door.change({ folders: chosen }), folders);
    await renamed("folder", "Diary");
    await renamed("plain.png", "Diary/plain.png");
    // What is left out stays so by its old name, too.
    const exclude = [...folders.exclude, "Diary/inner", "Diary/plain.png"];
    await expect.poll(async () => (await settings()).folders).toEqual({ include: ["Diary"], exclude });
    await renamed("Diary/plain.png", "plain.png");
    await renamed("Diary", "folder");
    await expect
      .poll(async () => (await settings()).folders)
      .toMatchObject({ include: ["folder"], exclude: expect.arrayContaining(exclude) as unknown });
    await stage.play((door) => door.change({ folders: { include: ["folder"], exclude: [] } }));
  });

  it("refuse a number that makes no sense, with a sentence at the field", async () => {
    const field = row("Uploads at a time").locator("input");
    await field.fill("99");
    await expect.poll(() => row("Uploads at a time").textContent()).toContain("A whole number from 1 to 16.");
    expect((await settings()).uploads).toBe(16);
    await field.fill("2");
    await expect.poll(async () => (await settings()).uploads).toBe(2);
    expect(await row("Uploads at a time").textContent()).not.toContain("whole number");
  });

  it("tell how much the ledger is, and of how many devices", async () => {
    await expect.poll(() => row("Ledger").textContent()).toContain("as 2 devices have noted it (3 kB)");
  });

  it("say what each of them changes", async () => {
    const silent = await stage.host.page
      .locator(".modal .setting-item:has(.checkbox-container, select, input[type=number])")
      .evaluateAll((all) =>
        all
          .filter((one) => (one.querySelector(".setting-item-description")?.textContent ?? "") === "")
          .map((one) => one.textContent),
      );
    expect(silent).toEqual([]);
  });

  it("switch the notices off", async () => {
    await row("Notices").locator(".checkbox-container").click();
    await stage.play((door) => door.enter([["words.png", { is: "backed-up", item: { url: "" } } as never]]));
    // The first backup is complete, and nobody is told so.
    const kept = (): Promise<unknown> =>
      stage.play((): unknown =>
        (globalThis as unknown as { app: App }).app.loadLocalStorage("vault-image-backup-surfaces"),
      );
    await expect.poll(kept).toMatchObject({ awaitsFirst: false });
    await stage.play((door) => {
      door.enter([["words.png", { is: "waiting" }]]);
      (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse();
      door.tell({ type: "run-began", at: 1 });
      door.tell({ type: "hold", hold: { why: "storage-full", until: 5 } });
    });
    expect(await stage.host.notices()).toEqual([]);
    await row("Notices").locator(".checkbox-container").click();
    await stage.play((door) => {
      door.tell({ type: "hold", hold: undefined });
      door.tell({ type: "run-began", at: 1 });
      door.tell({ type: "hold", hold: { why: "storage-full", until: 5 } });
    });
    expect((await stage.host.notices()).join()).toContain("Your Google storage is full");
  });
});

describe("the diagnostics", () => {
  it("hold what helps, and nothing that names a person, a file, a folder or an account", async () => {
    await row("Diagnostics").getByRole("button").click();
    const shown = await stage.host.page.locator(".vib-diagnostics").inputValue();
    const facts = JSON.parse(shown) as Record<string, unknown>;
    expect(facts).toMatchObject({
      hold: { why: "storage-full" },
      settings: { quality: "original", folders: { include: 1, exclude: 0 } },
      status: { found: 2, failed: 1, failedBy: { service: 1 } },
      types: { png: 5 },
      ledger: { devices: 2, files: [2000, 1000] },
    });
    const personal = [
      "ada@example.org",
      "123456789012",
      "Ada",
      "diary",
      "words",
      "kinds",
      "folder/",
      "desk-1",
    ];
    expect(personal.filter((one) => shown.includes(one))).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
  });
});

describe("the caption of an image", () => {
  it("is what a note says of it, without sizes and file names", async () => {
    const captions = await stage.play(
      (door, images) => images.map((image) => door.captionOf(image) ?? null),
      IMAGES,
    );
    expect(captions).toEqual([null, null, "The gate in May", "Two at once", null]);
  });
});
