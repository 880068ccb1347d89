import type { App } from "obsidian";
import type { Locator } from "playwright-core";
import { chromiumPath } from "../../scripts/ready.mjs";
import type { ImageState } from "../../src/model";
import { openStage, type Stage } from "../ui/stage";
import { ITEM } from "../ui/table/images";
import { drawSheet, LOOKS } from "./sheet";

const NOTE = "Travel/Lisbon/Lisbon.md";
const SAFE: ImageState = { is: "backed-up", item: ITEM };

/** High enough that every window shows all that it has. */
const HIGH = 2600;

/** How wide the columns of the sheets are, in pixels. */
const DESKTOP = [350, 350, 350, 570, 740];
const PHONE = [372, 372, 390, 390, 390];

type Tell = (line: string) => void;
type States = readonly (readonly [string, ImageState])[];

/** Some images in each state, so that every surface has something to say. */
const UNDER_WAY: States = [
  ["House/kitchen after.jpg", SAFE],
  ["House/kitchen before.jpg", { is: "uploading", percent: 64 }],
  ["House/tiles.png", { is: "waiting" }],
  ["House/floor plan.svg", { is: "skipped", because: "type" }],
  ["Travel/Lisbon/alfama.jpg", SAFE],
  ["Travel/Lisbon/tram 28.bmp", { is: "waiting" }],
  ["Travel/Lisbon/Miradouro (evening).jpg", SAFE],
  ["Travel/Lisbon/tram ride.gif", { is: "failed", because: "service" }],
  ["Inbox/scan 12.png", { is: "skipped", because: "not-an-image" }],
  ["Garden/garden in may.jpg", { is: "removed", item: ITEM }],
];

/** Makes sheets of every surface beside the states: windows, menus, settings, marks, notices. */
export async function takeSurfaces(tell: Tell): Promise<void> {
  for (const [name, options] of LOOKS) {
    const isPhone = options.mode === "phone";
    const stage = await openStage({ ...options, executable: chromiumPath() });
    try {
      const surfaces = new Surfaces(stage, isPhone);
      tell(await drawSheet(await surfaces.take(), `every-surface${name}.png`, isPhone ? PHONE : DESKTOP));
    } finally {
      await stage.close();
    }
  }
}

/** Goes through every surface as a person would, and takes a picture of each. */
class Surfaces {
  readonly #pictures: Buffer[] = [];

  constructor(
    private readonly stage: Stage,
    private readonly isPhone: boolean,
  ) {}

  async take(): Promise<readonly Buffer[]> {
    await this.#firstUse();
    await this.#statusView();
    await this.#note();
    await this.#windows();
    await this.#settings();
    return this.#pictures;
  }

  get #page() {
    return this.stage.host.page;
  }

  async #snap(place: Locator | string): Promise<void> {
    const el = typeof place === "string" ? this.#page.locator(place).first() : place;
    await el.waitFor();
    this.#pictures.push(await el.screenshot({ animations: "disabled", scale: "css" }));
  }

  async #snapWindow(kind = ""): Promise<void> {
    await this.#snap(`.modal${kind}`);
    await this.#page.keyboard.press("Escape");
  }

  async #high(height = HIGH): Promise<void> {
    await this.#page.setViewportSize({ width: this.isPhone ? 390 : 1000, height });
  }

  async #firstUse(): Promise<void> {
    const { stage } = this;
    await this.#high(760);
    await stage.play(async (door, states) => {
      door.signIn.become({ is: "no-client" });
      door.enter(states.map(([path]) => [path, { is: "waiting" }]));
      door.tell({ type: "looked-through" });
      door.tell({ type: "hold", hold: { why: "first-use" } });
      await door.open();
    }, UNDER_WAY);
    await this.#page.locator(".vib-image-row").first().waitFor();
    await this.#snap(".vib-status-view");
    await this.#high();
    await this.#page.locator(".vib-steps").getByRole("button", { name: "Set up, step by step" }).click();
    await this.#snap(".vib-account-modal");
    await this.#page.getByRole("button", { name: "Show the steps" }).click();
    await this.#snapWindow(".vib-setup");
    await this.#page.keyboard.press("Escape");
    await stage.play(async (door) => {
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] });
      await door.change({ folders: { include: [], exclude: ["Private"] } });
    });
    await this.#page.locator(".vib-step:nth-child(2) button").click();
    await this.#snap(".vib-choice-modal");
    await this.#page.getByRole("button", { name: "Add folder" }).first().click();
    await this.#snap(".vib-folder-picker");
    await this.#page.keyboard.press("Escape");
    await this.#page.keyboard.press("Escape");
    await this.#page.getByRole("button", { name: "Start backup…" }).click();
    await this.#snapWindow(".vib-first-use, .modal");
  }

  async #statusView(): Promise<void> {
    const { stage } = this;
    await this.#high(900);
    await stage.play(async (door, states) => {
      await door.change({ started: true });
      door.tell({ type: "hold", hold: undefined });
      door.tell({ type: "run-began", at: Date.now() - 60_000 });
      door.enter(states);
      door.tell({ type: "sent", bytes: 12_000_000 });
    }, UNDER_WAY);
    // Where the pointer was left, a row would explain itself.
    await this.#page.mouse.move(0, 0);
    await this.#page.waitForFunction(isArranged);
    await this.#snap(".vib-status-view");
    const row = this.#page.locator(".vib-image-row").first();
    await row.locator(".vib-row-more").click();
    await this.#snap(".menu");
    await this.#page.keyboard.press("Escape");
    await this.#page.fill(".vib-tools input", "kitchen");
    await this.#page.selectOption(".vib-group-by", "folder");
    await this.#page.locator('.vib-row[data-path="House"]').waitFor();
    for (const key of ["Home", "ArrowDown", "Space", "Shift+ArrowDown"]) {
      await this.#page.locator(".vib-list").press(key);
    }
    await this.#snap(".vib-status-view");
    await this.#page.locator(".vib-list").press("Escape");
    await this.#page.fill(".vib-tools input", "");
    await this.#page.selectOption(".vib-group-by", "note");
  }

  async #note(): Promise<void> {
    const { stage } = this;
    await this.#high(844);
    if (this.isPhone)
      await this.#page
        .locator(".workspace-drawer-backdrop")
        .last()
        .click({ position: { x: 9, y: 300 } });
    for (const mode of ["source", "preview"] as const) {
      await stage.host.openNote(NOTE, mode);
      await this.#page.locator(".vib-image-mark:visible").first().waitFor();
      await this.#snap(".mod-root .workspace-leaf.mod-active, .mod-root .workspace-leaf");
    }
    await this.#page.locator('.vib-image-mark[data-state="failed"]:visible').first().click();
    await this.#snap(".menu");
    await this.#page.keyboard.press("Escape");
    await this.#page.locator(".vib-note-badge:visible").click();
    await this.#snap(".menu");
    await this.#page.keyboard.press("Escape");
    if (this.isPhone) return;
    await this.#snap(".status-bar");
  }

  async #windows(): Promise<void> {
    const { stage } = this;
    await this.#high();
    await stage.play((door) => {
      // The view says the same.
      (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse();
      door.tell({ type: "hold", hold: { why: "signed-out", ended: true } });
    });
    await this.#snap(".notice");
    await this.#page.locator(".notice").click();
    await stage.play(async (door, item) => {
      await door.open();
      door.tell({ type: "hold", hold: undefined });
      door.miss([{ path: "Travel/Lisbon/gone.jpg", item }]);
    }, ITEM);
    await stage.host.runCommand("vault-image-backup:restore-missing");
    await this.#snapWindow();
    await stage.host.runCommand("vault-image-backup:export-report");
    await this.#snapWindow();
    if (!this.isPhone) {
      await stage.host.runCommand("vault-image-backup:restore-export");
      await this.#snapWindow();
    }
    await stage.host.openProtocol("obsidian://vault-image-backup?carry=1.played");
    await this.#snapWindow();
    await this.#questions();
  }

  /** What is asked before something cannot be taken back, and what is said of a command under a hold. */
  async #questions(): Promise<void> {
    const { stage } = this;
    for (const what of ["account", "client", "carried"] as const) {
      await stage.play((door, asked) => {
        door.confirm({ what: asked, from: "ada@example.org", to: "grace@example.org" });
      }, what);
      await this.#snapWindow();
    }
    await stage.play((door, item) => {
      door.tell({ type: "away", images: [{ is: "only", path: "House/old kitchen.jpg", item }] });
      door.engine.hold = { why: "storage-full", until: Date.now() + 3_600_000 };
    }, ITEM);
    await this.#page.locator('.vib-filter[data-filter="only"]').click();
    await this.#page.locator(".vib-image-row .vib-row-more").first().click();
    await this.#page.locator(".menu-item", { hasText: "Forget it" }).click();
    await this.#snapWindow();
    await this.#page.locator('.vib-filter[data-filter="failed"]').click();
    await this.#page.locator(".vib-image-row .vib-row-more").first().click();
    await stage.play(() => (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse());
    await this.#page.locator(".menu-item", { hasText: "Try again" }).click();
    await this.#snap(".notice");
    await this.#page.locator(".notice").click();
    await stage.play((door) => {
      delete door.engine.hold;
    });
  }

  async #settings(): Promise<void> {
    const { stage } = this;
    await this.#high();
    await stage.host.openSettings();
    await this.#page.locator(".vib-folders-exclude").waitFor();
    await this.#snap(".vertical-tab-content");
    await this.#page.getByRole("button", { name: "Revoke…" }).click();
    await this.#snap(this.#page.locator(".modal").last());
    await this.#page.keyboard.press("Escape");
    await this.#page.getByRole("button", { name: "Show…" }).click();
    await this.#snap(this.#page.locator(".modal").last());
    await this.#page.keyboard.press("Escape");
    await this.#page.getByRole("button", { name: "Show code…" }).click();
    await this.#page.locator(".vib-qr-code").waitFor();
    await this.#snap(".vib-carry-over");
    await this.#page.keyboard.press("Escape");
    await this.stage.play((door) => door.signIn.become({ is: "signed-out" }, { how: "here" }));
    await this.#page.getByRole("button", { name: "Google’s page showed an error" }).click();
    await this.#snap(this.#page.locator(".modal").last());
    await this.#page.keyboard.press("Escape");
    if (this.isPhone) return;
    await this.#page
      .locator('.modal .setting-item:has-text("Marks in the file explorer") .checkbox-container')
      .click();
    await this.#page.keyboard.press("Escape");
    await this.#page.locator(".nav-folder-title", { hasText: "House" }).first().click();
    await this.#page.locator(".vib-explorer-mark").first().waitFor();
    await this.#high(844);
    await this.#page.mouse.move(500, 400);
    await this.#snap(".workspace-split.mod-left-split");
  }
}

/** Runs in the page: what needs attention is first. Rows say so a moment before the list is arranged by it. */
function isArranged(): boolean {
  const rows = [...document.querySelectorAll(".vib-image-row")];
  rows.sort((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
  return rows[1]?.textContent.includes("tram ride") === true;
}
