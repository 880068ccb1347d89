import axe from "axe-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage, type StageOptions } from "./stage";

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
  ["from right to left", { rtl: true }],
  ["in German, whose words are long", { language: "de" }],
  ["in Russian on a phone", { language: "ru", mode: "phone" }],
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
        nodes.map(({ html, failureSummary }) => [id, html, failureSummary]),
      );
    }, selector);
    return found.map((one) => one.join(" · "));
  }

  /** What is wider than its place, one line each. */
  const overflows = (selector: string): Promise<string[]> =>
    stage.host.page.evaluate((within) => {
      const place = document.querySelector(within);
      if (place === null) throw new Error(`there is no ${within}`);
      const { left, right } = place.getBoundingClientRect();
      return [...place.querySelectorAll<HTMLElement>("*")]
        .filter((el) => el.offsetParent !== null && !el.closest(".vib-aloud, .vib-filters, svg"))
        .filter(
          (el) => el.getBoundingClientRect().right > right + 1 || el.getBoundingClientRect().left < left - 1,
        )
        .map((el) => el.outerHTML.slice(0, 120));
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

  it("nor do the account's window and the first question", async () => {
    await stage.play((door) => door.signIn.become({ is: "no-client" }));
    await stage.host.runCommand("vault-image-backup:sign-in");
    await stage.host.page.waitForSelector(".vib-account-modal");
    expect(await violations(".vib-account-modal .modal-content")).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
    await stage.play(async (door) => {
      door.signIn.become({ is: "signed-in", email: "ada@example.org", missing: [] });
      await door.change({ started: false });
    });
    await stage.host.runCommand("vault-image-backup:back-up-vault-images");
    await stage.host.page.waitForSelector(".vib-facts");
    expect(await violations(".modal-container .modal")).toEqual([]);
    await stage.host.page.keyboard.press("Escape");
  });

  if (options.mode !== "phone") return;

  it("what is pressed is large enough for a finger", async () => {
    const small = await stage.host.page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".vib-status-view :is(button, select, input, .vib-row)")]
        .filter((el) => el.offsetParent !== null)
        .map((el) => ({ el, box: el.getBoundingClientRect() }))
        .filter(({ box }) => Math.min(box.width, box.height) < 43.5)
        .map(({ el, box }) => `${el.className} ${box.width}×${box.height}`),
    );
    expect(small).toEqual([]);
  });
});
