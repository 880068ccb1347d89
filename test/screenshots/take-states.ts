import fs from "node:fs";
import path from "node:path";
import { chromiumPath } from "../../scripts/ready.mjs";
import type { BackupEvent } from "../../src/model";
import { openStage, type Stage } from "../ui/stage";
import { HEADLINES } from "../ui/table/headlines";
import { HOLDS } from "../ui/table/holds";
import { IMAGES, ITEM, lineName } from "../ui/table/images";
import { drawSheet, LOOKS } from "./sheet";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const SAMPLE = path.join(PROJECT, "test", "vault", "House", "tiles.png");

type Tell = (line: string) => void;

/** Makes sheets of every headline, every hold and every state of an image, from the table that the tests compare with. */
export async function takeStates(tell: Tell): Promise<void> {
  for (const [name, options] of LOOKS) {
    const stage = await openStage({
      ...options,
      executable: chromiumPath(),
      fill: (vault) => {
        for (const line of IMAGES) fs.copyFileSync(SAMPLE, path.join(vault, `${lineName(line)}.png`));
        fs.writeFileSync(path.join(vault, "Every state.md"), "");
      },
    });
    try {
      await stage.play(async (door) => {
        await door.open();
        await door.change({ started: true });
      });
      tell(
        await drawSheet(await standings(stage), `every-hold${name}.png`, options.mode === "phone" ? 2 : 3),
      );
      tell(await drawSheet([await imageStates(stage)], `every-state${name}.png`, 1));
    } finally {
      await stage.close();
    }
  }
}

/** One picture for each headline and each hold. */
async function standings(stage: Stage): Promise<readonly Buffer[]> {
  const waiting: BackupEvent = { type: "images", states: new Map([["a.png", { is: "waiting" }]]) };
  const all = [
    ...Object.values(HEADLINES).map(({ events }) => events),
    ...HOLDS.map(({ hold }): readonly BackupEvent[] => [waiting, { type: "hold", hold }]),
  ];
  const pictures: Buffer[] = [];
  for (const events of all) {
    const plain = events.map((event) => (event.type === "images" ? [...event.states] : event));
    await stage.play((door, given) => {
      door.tell({ type: "run-ended", at: Date.now() });
      door.tell({ type: "hold", hold: undefined });
      door.enter([
        ["a.png", null],
        ["b.png", null],
      ]);
      for (const event of given) {
        if (Array.isArray(event)) door.enter(event as Parameters<typeof door.enter>[0]);
        else door.tell(event);
      }
    }, plain);
    // They would lie over what the picture is about.
    await stage.play(() => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
    });
    pictures.push(
      await stage.host.page.locator(".vib-standing").screenshot({ animations: "disabled", scale: "css" }),
    );
  }
  return pictures;
}

/** The list with one image in each state, a missing one included; the window becomes as high as all of them. */
async function imageStates(stage: Stage): Promise<Buffer> {
  const states = IMAGES.map((line) => [`${lineName(line)}.png`, line.state] as const);
  await stage.play(
    (door, [given, item]) => {
      door.tell({ type: "hold", hold: undefined });
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      door.enter([["a.png", null], ...given]);
      door.miss([{ path: "missing.png", item }]);
    },
    [states, ITEM] as const,
  );
  const { page } = stage.host;
  await page.locator('.vib-row[data-path="missing.png"]').waitFor();
  const list = page.locator(".vib-list");
  const hidden = (): Promise<number> => list.evaluate((el) => el.scrollHeight - el.clientHeight);
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width, height: height + (await hidden()) });
  await page.locator(".vib-row[data-path]").nth(states.length).waitFor();
  if ((await hidden()) > 0) throw new Error("not every state of an image is in sight");
  return page.locator(".vib-status-view").screenshot({ animations: "disabled", scale: "css" });
}
