import path from "node:path";
import { tasksOf } from "../ui/stage/tasks";
import { median, partBench } from "./figures";
import { inFolder, Stage } from "./stage";
import { makeVault } from "./vaults";

const KEYS = 120;

/** A person types while 500 images go up. */
export const editorBench = partBench("editor", "typing while 500 images go up", () =>
  inFolder(async (folder) => {
    const vault = await makeVault(path.join(folder, "vault"), 500, "small");
    const stage = await Stage.open({ vault: vault.folder, link: { roundTrip: 50, upload: 50e6 / 8 } });
    try {
      await stage.signIn();
      await stage.page.openNote("Note 0.md", "source");
      await stage.page.setCursor(0, 0);
      await stage.page.page.evaluate(`(${timeKeys.toString()})()`);
      const during: number[] = [];
      const busy = await tasksOf(stage.page, async () => {
        await stage.begin();
        await stage.page.setCursor(0, 0);
        during.push(...(await type(stage)));
        await stage.settle();
      });
      await stage.page.disablePlugin();
      await stage.page.setCursor(0, 0);
      const without: number[] = [];
      const resting = await tasksOf(stage.page, async () => void without.push(...(await type(stage))));
      return {
        title: "The editor stays free",
        figures: [
          {
            what: "longest task while 500 images go up and a person types, the page's own work included",
            value: busy[0] ?? 0,
            unit: "ms",
            budget: 50,
          },
          { what: "longest task while a person types, plugin off", value: resting[0] ?? 0, unit: "ms" },
          { what: "key to picture while 500 images go up, median", value: median(during), unit: "ms" },
          { what: "key to picture, plugin off, median", value: median(without), unit: "ms" },
        ],
        wrong: [],
      };
    } finally {
      await stage.close();
    }
  }),
);

async function type({ page }: Stage): Promise<readonly number[]> {
  await page.page.evaluate("keyTimes.length = 0");
  await page.page.keyboard.type("x".repeat(KEYS), { delay: 40 });
  return page.page.evaluate<number[]>("keyTimes.slice()");
}

/** Runs in the page: keeps how long each key takes until its picture stands. */
function timeKeys(): void {
  const keyTimes: number[] = [];
  Object.assign(window, { keyTimes });
  window.addEventListener(
    "keydown",
    ({ timeStamp }) =>
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => keyTimes.push(performance.now() - timeStamp);
        port2.postMessage(undefined);
      }),
    { capture: true },
  );
}
