import type { App } from "obsidian";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./stage";
import { ITEM } from "./table/images";

const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const SAFE = { is: "backed-up", item: ITEM };
const FAILED = { is: "failed", because: "service" };

let stage: Stage;

beforeAll(async () => {
  stage = await openStage({
    fill: (vault) => {
      for (const image of ["gate.png", "pond.png"]) fs.writeFileSync(path.join(vault, image), PIXEL);
      fs.writeFileSync(path.join(vault, "Garden.md"), "![[gate.png|80]]\n\n![[pond.png|80]]\n");
    },
  });
  await stage.host.openNote("Garden.md");
  await stage.play(async (door) => {
    door.signIn.become({ is: "no-client" });
    door.enter([
      ["gate.png", { is: "waiting" }],
      ["pond.png", { is: "waiting" }],
    ]);
    door.tell({ type: "looked-through" });
    door.tell({ type: "hold", hold: { why: "first-use" } });
    await door.open();
  });
  await stage.host.page.waitForSelector(".vib-image-row");
});

afterAll(() => stage.close());

/** What a screen reader finds in there: roles and names, as Playwright tells them, without what each run has anew. */
async function heard(selector: string): Promise<string> {
  const place = stage.host.page.locator(selector).filter({ visible: true }).last();
  const all = await place.ariaSnapshot();
  return all.replace(/\u202f/g, " ").replace(/\d{1,2}:\d{2} [AP]M/g, "TIME");
}

async function stand(gate: object, pond: object): Promise<void> {
  await stage.play(
    (door, states) => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      door.tell({ type: "hold", hold: undefined });
      door.enter(states as unknown as Parameters<typeof door.enter>[0]);
    },
    [
      ["gate.png", gate],
      ["pond.png", pond],
    ] as const,
  );
}

async function dismiss(): Promise<void> {
  await stage.host.page.keyboard.press("Escape");
}

describe("in first use", () => {
  it("the view has its steps", async () => {
    expect(await heard(".vib-status-view")).toMatchInlineSnapshot(`
      "- img
      - text: Backup has not started yet Three steps, then it runs by itself. 2 images are not backed up yet.
      - status: Backup has not started yet. Three steps, then it runs by itself. 2 images are not backed up yet.
      - list "Set up backup":
        - listitem:
          - text: Connect your Google account Bring a client of your own and sign in.
          - button "Set up, step by step"
        - listitem:
          - text: "Choose what is backed up 2 images of this vault are chosen (140 bytes). Quality: Original."
          - button "Folders and quality…"
        - listitem:
          - text: Start Nothing is sent before you have read what cannot be taken back.
          - button "Start backup…" [disabled]
      - button "Not signed in"
      - group "Show images by state":
        - button "All 2" [pressed]
        - button "Waiting 2"
      - searchbox "Search images"
      - combobox "Group by":
        - option "By note" [selected]
        - option "By folder"
      - status
      - tree "Image backup":
        - treeitem "Garden.md 2" [expanded] [level=1]: Garden 2
        - treeitem "gate.png Waiting" [level=2]:
          - text: gate.png Waiting
          - button "More options":
            - img
        - treeitem "pond.png Waiting" [level=2]:
          - text: pond.png Waiting
          - button "More options":
            - img
      - status"
    `);
  });

  it("the last question says what cannot be taken back", async () => {
    await stage.play((door) =>
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] }),
    );
    await stage.host.page.getByRole("button", { name: "Start backup…" }).click();
    await stage.host.page.waitForSelector(".vib-facts");
    expect(await heard(".modal")).toMatchInlineSnapshot(`
      "- dialog "Start backing up?":
        - button "Close":
          - img
        - text: Start backing up?
        - list:
          - listitem: Signed in as ada@example.org
          - listitem: 2 images (140 bytes) go from this vault to your Google Photos.
          - listitem: What is in Google Photos from an earlier backup with this client is found, and not sent twice.
          - listitem: The images show up in your main timeline, in memories, and wherever you share that timeline, with a partner for example.
          - listitem: They count against the storage of your Google account.
          - listitem: Plugins cannot delete or archive them there. You can, in Google Photos.
          - listitem: To keep them apart, sign in with a second Google account instead.
          - listitem: The files in your vault stay as they are.
        - button "Back up 2 images"
        - button "Cancel""
    `);
    await dismiss();
    await stage.play((door) => door.change({ started: true }));
  });
});

describe("the status view", () => {
  it("when all is backed up", async () => {
    await stand(SAFE, SAFE);
    expect(await heard(".vib-status-view")).toMatchInlineSnapshot(`
      "- img
      - text: Backup complete 2 images are in your Google Photos.
      - status: Backup complete. 2 images are in your Google Photos.
      - 'button "Account: ada@example.org"'
      - button "Google storage"
      - group "Show images by state":
        - button "All 2" [pressed]
        - button "Backed up 2"
      - searchbox "Search images"
      - combobox "Group by":
        - option "By note" [selected]
        - option "By folder"
      - status
      - tree "Image backup":
        - treeitem "Garden.md 2" [expanded] [level=1]: Garden 2
        - treeitem "gate.png Backed up" [level=2]:
          - text: gate.png Backed up
          - button "More options":
            - img
        - treeitem "pond.png Backed up" [level=2]:
          - text: pond.png Backed up
          - button "More options":
            - img
      - status"
    `);
  });

  it("when one image needs attention", async () => {
    await stand(FAILED, SAFE);
    expect(await heard(".vib-status-view")).toMatchInlineSnapshot(`
      "- img
      - text: 1 image needs attention 1 image is in your Google Photos. The list below says what to do.
      - button "Try again"
      - status: 1 image needs attention. 1 image is in your Google Photos. The list below says what to do.
      - 'button "Account: ada@example.org"'
      - button "Google storage"
      - group "Show images by state":
        - button "All 2" [pressed]
        - button "Needs attention 1"
        - button "Backed up 1"
        - button "Failed 1"
      - searchbox "Search images"
      - combobox "Group by":
        - option "By note" [selected]
        - option "By folder"
      - status
      - tree "Image backup":
        - treeitem "Garden.md 2" [expanded] [level=1]: Garden 2
        - treeitem "gate.png Failed · Google answered with an error again and again." [level=2]:
          - text: gate.png Failed · Google answered with an error again and again.
          - button "More options":
            - img
        - treeitem "pond.png Backed up" [level=2]:
          - text: pond.png Backed up
          - button "More options":
            - img
      - status"
    `);
  });

  it("when the storage is full", async () => {
    await stand({ is: "waiting" }, SAFE);
    await stage.play((door) => {
      door.tell({ type: "hold", hold: { why: "storage-full", until: new Date(2031, 4, 6, 7, 8).getTime() } });
    });
    expect(await heard(".vib-status-view")).toMatchInlineSnapshot(`
      "- img
      - text: "Your Google storage is full Free up space or get more, then try again. Next try: May 6, 2031, TIME. 1 image is not backed up yet."
      - button "Manage storage"
      - button "Try again"
      - status: "Your Google storage is full. Free up space or get more, then try again. Next try: May 6, 2031, TIME. 1 image is not backed up yet."
      - 'button "Account: ada@example.org"'
      - button "Google storage"
      - group "Show images by state":
        - button "All 2" [pressed]
        - button "Waiting 1"
        - button "Backed up 1"
      - searchbox "Search images"
      - combobox "Group by":
        - option "By note" [selected]
        - option "By folder"
      - status
      - tree "Image backup":
        - treeitem "Garden.md 2" [expanded] [level=1]: Garden 2
        - treeitem "gate.png Waiting" [level=2]:
          - text: gate.png Waiting
          - button "More options":
            - img
        - treeitem "pond.png Backed up" [level=2]:
          - text: pond.png Backed up
          - button "More options":
            - img
      - status"
    `);
  });
});

describe("around a note", () => {
  it("its badge and the badge's menu", async () => {
    await stand(FAILED, SAFE);
    expect(await heard(".workspace-leaf-content[data-type=markdown] .view-actions")).toMatchInlineSnapshot(`
      "- 'button "1/2: 1 image of this note needs attention"':
        - img
        - text: 1/2
      - button "Switch to reading view":
        - img
      - button "More options":
        - img"
    `);
    await stage.host.page.click(".vib-note-badge:visible");
    expect(await heard(".menu")).toMatchInlineSnapshot(`
      "- menu:
        - menuitem "1 image of this note needs attention"
        - 'menuitem "gate.png: Failed"':
          - img
          - text: "gate.png: Failed"
        - 'menuitem "pond.png: Backed up"':
          - img
          - text: "pond.png: Backed up"
        - menuitem "Show in backup status":
          - img
          - text: Show in backup status"
    `);
    await dismiss();
  });

  it("the status bar", async () => {
    await stand({ is: "waiting" }, SAFE);
    expect(await heard(".status-bar")).toMatchInlineSnapshot(`
      "- contentinfo:
        - 'button "1 of 2 backed up: Backed up: 1 of 2 images of this note"':
          - img
          - text: 1 of 2 backed up"
    `);
  });

  it("the menu of an image", async () => {
    await stand(FAILED, SAFE);
    await stage.host.page.locator('.vib-image-row[data-path="gate.png"] .vib-row-more').click();
    expect(await heard(".menu")).toMatchInlineSnapshot(`
      "- menu:
        - 'menuitem "Failed: Google answered with an error again and again."'
        - menuitem "Try again":
          - img
          - text: Try again
        - menuitem "Leave out of the backup":
          - img
          - text: Leave out of the backup
        - menuitem "Open image":
          - img
          - text: Open image
        - menuitem "Show in note":
          - img
          - text: Show in note
        - menuitem "Select":
          - img
          - text: Select"
    `);
    await dismiss();
  });
});

describe("a notice", () => {
  it("says what is the matter and offers what helps", async () => {
    await stand({ is: "waiting" }, SAFE);
    await stage.play((door) => {
      (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse();
      door.tell({ type: "run-began", at: 1 });
      door.tell({ type: "hold", hold: { why: "signed-out", ended: true } });
    });
    await stage.host.page.waitForSelector(".notice");
    expect(await heard(".notice")).toMatchInlineSnapshot(`
      "- text: You are signed out Google has ended the sign-in. Sign in again, and the backup goes on where it stopped.
      - button "Sign in""
    `);
    await stand(SAFE, SAFE);
  });
});

describe("the settings", () => {
  it("by their headings and controls", async () => {
    await stage.host.openSettings();
    await stage.host.page.waitForSelector(".vib-folders-exclude");
    const all = await heard(".modal .vertical-tab-content, .modal");
    // The words about each would fill a page.
    const told = all
      .split("\n")
      .filter((line) => /^- (heading|button|combobox|checkbox|spinbutton)/.test(line));
    expect(told.join("\n")).toMatchInlineSnapshot(`
      "- heading "Google account" [level=2]
      - button "Change…"
      - button "Sign out here"
      - button "Test"
      - button "Show code…"
      - button "Revoke…"
      - heading "Backup" [level=2]
      - combobox "Back up by itself":
      - checkbox "Only over Wi-Fi"
      - checkbox "Only while charging"
      - combobox "Quality":
      - button "Estimate"
      - checkbox "Write dates into copies" [checked]
      - combobox "Albums":
      - checkbox "Neutral file names"
      - checkbox "Captions as descriptions"
      - checkbox "Videos, too"
      - combobox "Largest file on phones":
      - heading "Folders to back up" [level=2]
      - button "Add folder":
      - heading "Folders to leave out" [level=2]
      - button "Add folder":
      - heading "On this device" [level=2]
      - combobox "Marks on images":
      - checkbox "Marks in the file explorer"
      - checkbox "Notices" [checked]
      - heading "Advanced" [level=2]
      - spinbutton "Uploads at a time": "16"
      - button "Show…""
    `);
    await stage.host.closeSettings();
  });
});
