import type { App } from "obsidian";
import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, type StageOptions } from "./stage";
import { STRETCHED } from "./stage/stretched-words";

const item = { id: "m", url: "https://photos.google.com/m", recipe: "o", origin: "created", since: 1 };
const STATES = [
  ["House/tiles.png", { is: "waiting" }],
  ["House/kitchen after.jpg", { is: "backed-up", item }],
  ["House/kitchen before.jpg", { is: "failed", because: "service" }],
  ["House/floor plan.svg", { is: "skipped", because: "type" }],
  ["Garden/harvest chart.png", { is: "uploading" }],
  ["Inbox/scan 12.png", { is: "removed", item }],
] as const;

const LOOKS: readonly (readonly [string, StageOptions])[] = [
  ["light", {}],
  ["dark", { dark: true }],
  ["on a phone", { mode: "phone" }],
  ["in long words from right to left", { language: STRETCHED, rtl: true }],
  ["in long words on a phone", { language: STRETCHED, mode: "phone" }],
  ["in long words from right to left on a phone", { language: STRETCHED, rtl: true, mode: "phone" }],
];

describe.each(LOOKS)("%s", (_, options) => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage(options);
    await stage.play((door) => door.open());
    await stage.host.page.evaluate(axe.source);
  });

  afterAll(() => stage.close());

  /** What axe finds wrong within an element of ours, one line each. */
  async function violations(selector: string): Promise<string[]> {
    const found = await stage.host.page.evaluate(async (within) => {
      const { axe: inPage } = window as unknown as { axe: typeof axe };
      const { violations: all } = await inPage.run(within, {
        resultTypes: ["violations"],
        // Still on trial in axe, and what people need who speak to their device.
        rules: { "label-content-name-mismatch": { enabled: true } },
      });
      return all.flatMap(({ id, nodes }) =>
        nodes
          // Its red is Obsidian's own, as is the button.
          .filter(({ html }) => id !== "color-contrast" || !html.startsWith('<button class="mod-warning"'))
          .map(({ html, failureSummary }) => [id, html, failureSummary]),
      );
    }, selector);
    return found.map((one) => one.join(" · "));
  }

  /** What lies outside its place, or is cut off in it, one line each. */
  const overflows = (selector: string): Promise<string[]> =>
    stage.host.page.evaluate((within) => {
      const place = [...document.querySelectorAll<HTMLElement>(within)].find((el) => el.checkVisibility());
      if (place === undefined) throw new Error(`there is no ${within}`);
      const { left, right } = place.getBoundingClientRect();
      // Filters scroll sideways on a phone; names end in dots, and are whole in their tooltips.
      const free = ".vib-aloud, .vib-filters, svg, select, .vib-row-name, .vib-row-state, .vib-row-folder";
      return [place, ...place.querySelectorAll<HTMLElement>("*")]
        .filter((el) => el.checkVisibility() && el.closest(free) === null)
        .filter((el) => {
          const box = el.getBoundingClientRect();
          const isOutside = box.right > Math.min(right, innerWidth) + 1 || box.left < Math.max(left, 0) - 1;
          // What has no box of its own has no width.
          const isCut = el.clientWidth > 0 && el.scrollWidth > el.clientWidth + 1;
          return (
            box.width > 0 && (isOutside || (isCut && el.tagName !== "INPUT" && el.tagName !== "TEXTAREA"))
          );
        })
        .map((el) => el.outerHTML.slice(0, 160));
    }, selector);

  /** What a finger would hardly hit, one line each. */
  const small = (selector: string): Promise<string[]> =>
    stage.host.page.evaluate((pressed) => {
      const targets = [...document.querySelectorAll<HTMLElement>(pressed)].filter((el) =>
        el.checkVisibility(),
      );
      return targets
        .map((el) => ({ el, box: el.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < 43.5)
        .map(({ el, box }) => `${el.outerHTML.slice(0, 100)} ${box.width}×${box.height}`);
    }, selector);

  it("the status view has no fault, and nothing sticks out, in first use", async () => {
    await stage.play((door, states) => {
      door.enter(states.map(([path]) => [path, { is: "waiting" }]));
      door.tell({ type: "looked-through" });
      door.tell({ type: "hold", hold: { why: "first-use" } });
    }, STATES);
    await stage.host.page.waitForSelector(".vib-row");
    expect(await violations(".vib-status-view")).toEqual([]);
    expect(await overflows(".vib-status-view")).toEqual([]);
  });

  it("nor while a backup runs", async () => {
    await stage.play(async (door, states) => {
      await door.change({ started: true });
      door.tell({ type: "hold", hold: undefined });
      door.tell({ type: "run-began", at: Date.now() - 60_000 });
      door.enter(states as unknown as Parameters<typeof door.enter>[0]);
      door.tell({ type: "sent", bytes: 12_000_000 });
    }, STATES);
    expect(await violations(".vib-status-view")).toEqual([]);
    expect(await overflows(".vib-status-view")).toEqual([]);
  });

  it("what holds others is named without a tooltip, which Obsidian would show over all of them", async () => {
    const named = stage.host.page.locator(".vib-status-view [aria-label]");
    expect(await named.count()).toBeGreaterThan(0);
    expect(await named.filter({ has: stage.host.page.locator("button, li, [role]") }).count()).toBe(0);
  });

  it("nor do the badges of a note that needs attention", async () => {
    await stage.host.openNote("House/Kitchen renovation.md");
    await stage.play((door) => door.enter([["House/tiles.png", { is: "failed", because: "service" }]]));
    await stage.host.page.waitForSelector('.vib-note-badge[data-state="attention"]');
    expect(await violations(".vib-note-badge, .vib-status-bar, .vib-image-mark")).toEqual([]);
  });

  it("marks stand out from what lies behind them", async () => {
    await stage.play((door) => door.open());
    const faint = await stage.host.page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      if (canvas === null) throw new Error("there is no canvas");
      const light = (colors: readonly string[]): number => {
        for (const color of colors) {
          canvas.fillStyle = color;
          canvas.fillRect(0, 0, 1, 1);
        }
        const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => part / 255);
        const [r = 0, g = 0, b = 0] = parts.map((part) =>
          part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
      };
      const behind = (el: Element | null): string[] =>
        el === null ? [] : [...behind(el.parentElement), getComputedStyle(el).backgroundColor];
      return [...document.querySelectorAll(".vib-status-view svg, .vib-image-mark svg, .status-bar svg")]
        .filter((el) => el.checkVisibility())
        .map((el) => {
          const back = behind(el);
          const [one, other] = [light(back), light([...back, getComputedStyle(el).color])];
          return { ratio: Math.max(one, other) / Math.min(one, other), el: el.parentElement?.outerHTML };
        })
        .filter(({ ratio }) => ratio < 3);
    });
    expect(faint).toEqual([]);
  });

  it("what the keyboard reaches shows that it has the focus, as Obsidian or by itself", async () => {
    const { page } = stage.host;
    await page.focus(".vib-status-view button");
    await page.keyboard.press("Shift+Tab");
    const unseen = new Set<string>();
    const ours = ".vib-status-view *, .vib-status-bar";
    for (let at = 0; at < 30; at += 1) {
      await page.keyboard.press("Tab");
      const found = await page.evaluate((selector) => {
        const el = document.activeElement as HTMLElement;
        if (!el.matches(selector)) return undefined;
        const shows = el.ariaActiveDescendantElement ?? el;
        const look = (): string => {
          const { outlineStyle, boxShadow } = getComputedStyle(shows);
          return `${outlineStyle} ${boxShadow}`;
        };
        const focused = look();
        el.blur();
        const isShown = look() !== focused;
        el.focus();
        return isShown ? undefined : el.className;
      }, ours);
      if (found !== undefined) unseen.add(found);
    }
    expect([...unseen]).toEqual([]);
  });

  it("nor do the account's window and the first question", async () => {
    await stage.play((door) => door.signIn.become({ is: "no-client" }));
    await stage.host.runCommand("vault-image-backup:sign-in");
    await stage.host.page.waitForSelector(".vib-account-modal");
    expect(await violations(".vib-account-modal .modal-content")).toEqual([]);
    expect(await overflows(".vib-account-modal .modal-content")).toEqual([]);
    const widths = await stage.host.page
      .locator(".vib-account-modal input:visible")
      .evaluateAll((all) => all.map((el) => (el as HTMLElement).offsetWidth));
    expect(new Set(widths).size, `fields of one width: ${widths.join(", ")}`).toBe(1);
    await stage.host.page.keyboard.press("Escape");
    await stage.play(async (door) => {
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] });
      await door.change({ started: false, folders: { include: ["House"], exclude: ["Private"] } });
    });
    await stage.host.runCommand("vault-image-backup:back-up-vault-images");
    await stage.host.page.waitForSelector(".vib-facts");
    expect(await violations(".modal-container .modal")).toEqual([]);
    expect(await overflows(".modal-container .modal")).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
  });

  it("nor do the folders, the settings, and the menus", async () => {
    const { page } = stage.host;
    await page.click(".vib-step:nth-child(2) button");
    await page.waitForSelector(".vib-choice-modal");
    expect(await violations(".vib-choice-modal")).toEqual([]);
    expect(await overflows(".vib-choice-modal")).toEqual([]);
    await page.keyboard.press("Escape");
    await stage.play((door) => door.change({ started: true }));
    await page.locator(".vib-image-row").first().click({ button: "right" });
    expect(await overflows(".menu")).toEqual([]);
    await page.keyboard.press("Escape");
    await stage.host.openSettings();
    await page.waitForSelector(".vib-folders-exclude");
    expect(await violations(".modal")).toEqual([]);
    expect(await overflows(".modal .vertical-tab-content, .modal")).toEqual([]);
    await stage.host.closeSettings();
    await page.click(".vib-account");
    expect(await overflows(".vib-account-modal .modal-content")).toEqual([]);
    await page.keyboard.press("Escape");
  });

  it("nor do the set-up, the report, and a notice", async () => {
    const { page } = stage.host;
    await stage.play((door) => door.signIn.become({ is: "no-client" }));
    await stage.host.runCommand("vault-image-backup:sign-in");
    // How the window offers the steps differs by language; it is the first that it offers.
    await page.locator(".vib-account-modal button").first().click();
    await page.waitForSelector(".vib-setup");
    expect(await violations(".vib-setup")).toEqual([]);
    expect(await overflows(".vib-setup")).toEqual([]);
    const edge = await page.locator(".vib-setup").evaluate((el) => {
      el.scrollTop = el.scrollHeight;
      const done = el.querySelector(".modal-button-container > button");
      return el.getBoundingClientRect().bottom - (done?.getBoundingClientRect().bottom ?? 0);
    });
    expect(edge, "below the last button").toBeGreaterThan(8);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await stage.play((door) =>
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] }),
    );
    await stage.host.runCommand("vault-image-backup:export-report");
    await page.waitForSelector(".vib-report");
    expect(await violations(".vib-report")).toEqual([]);
    expect(await overflows(".vib-report")).toEqual([]);
    await page.keyboard.press("Escape");
    await stage.play((door) => {
      (globalThis as unknown as { app: App }).app.workspace.rightSplit.collapse();
      door.tell({ type: "run-began", at: 1 });
      door.tell({ type: "hold", hold: { why: "signed-out", ended: true } });
    });
    await page.waitForSelector(".notice");
    expect(await violations(".notice")).toEqual([]);
    expect(await overflows(".notice")).toEqual([]);
    await page.click(".notice");
    await stage.play((door) => door.open());
  });

  if (options.mode !== "phone") return;

  it("a file that is too large names the limit of the settings", async () => {
    await stage.play(async (door) => {
      await door.change({ phoneLimit: 50 });
      door.enter([["House/tiles.png", { is: "skipped", because: "too-large-phone" }]]);
    });
    const row = stage.host.page.locator('.vib-row[data-path="House/tiles.png"]');
    await expect.poll(() => row.textContent()).toContain("50 MB");
  });

  it("what is pressed is large enough for a finger", async () => {
    expect(await small(".vib-status-view :is(button, select, input, .vib-row, .vib-fold)")).toEqual([]);
    await stage.play((door) => door.change({ started: false }));
    expect(await small(".vib-steps button")).toEqual([]);
    await stage.host.page.click(".vib-step:nth-child(2) button");
    expect(await small(".vib-choice-modal :is(button, .clickable-icon)")).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
    await stage.host.runCommand("vault-image-backup:sign-in");
    expect(await small(".vib-account-modal :is(button, input)")).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
  });
});
