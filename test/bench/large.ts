import fs from "node:fs";
import path from "node:path";
import { openHost, startHost, type Host, type HostPage } from "../obsidian-host";
import { startStrictGoogle } from "../strict-google";
import { tasksOf } from "../ui/stage/tasks";
import { median, partBench, type Figure } from "./figures";
import { makeAccount, makeFiles, makeKnown, type KnownAccount } from "./known-vault";
import { inFolder } from "./stage";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";
const KNOWN = 50_000;
const NEW = 500;
const THROTTLED = 6;
const EMBEDS = 200;
/** Notes in the folders that the explorer shows, `makeFiles` puts a thousand into each. */
const NOTE_FOLDERS = 10;

/** Memory, surfaces and a slow phone, in a vault of 50,000 images. */
export const largeBench = partBench("large", "memory, surfaces and a slow phone with 50,000 images", (tell) =>
  inFolder(async (folder) => {
    const google = await startStrictGoogle();
    try {
      const vault = path.join(folder, "vault");
      makeFiles(vault, KNOWN + NEW);
      const embeds = Array.from({ length: EMBEDS }, (_, index) => `![[Screenshot ${index}.png|200x150]]`);
      fs.writeFileSync(path.join(vault, "Many.md"), embeds.join("\n\n"));
      const account = await makeAccount(google, "large");
      await makeKnown(vault, KNOWN, account, { automatic: false });
      tell("vault made");
      const off = path.join(folder, "off");
      writeNothing(off);
      let embedsWithout = 0;
      const plain = await onPage(vault, off, account, "desktop", 1, async (page) => {
        const heap = await heapOf(page);
        embedsWithout = await throughEmbeds(page);
        return heap;
      });
      tell(`heap without: ${plain}; longest task of the embeds without: ${embedsWithout}`);
      const figures: Figure[] = [];
      const wrong: string[] = [];
      await onPage(vault, PROJECT, account, "desktop", 1, async (page) => {
        const heaps = await memory(page, plain);
        figures.push(...(await surfaces(page)));
        figures.push({
          what: "for scale: a report of all images, longest task, the page's own writing of 11 MB included",
          value: await writingReport(page),
          unit: "ms",
        });
        const embeds = await throughEmbeds(page);
        if ((await page.page.locator(".vib-image-mark").count()) === 0) wrong.push("no mark at any embed");
        figures.push(
          {
            what: `${EMBEDS} embeds in a note: longest task over that with the plugin off`,
            value: Math.max(0, embeds - embedsWithout),
            unit: "ms",
            budget: 50,
          },
          ...(await explorer(page)),
          ...heaps,
        );
      });
      await onPage(vault, PROJECT, account, "phone", THROTTLED, async (page, _host, first) => {
        figures.push(...first.map((one) => ({ ...one, what: `phone, throttled six times: ${one.what}` })));
        const opened = await tasksOf(page, () =>
          page.runCommand(`${PLUGIN}:open-status`).then(() => pause(4000)),
        );
        figures.push({
          what: "phone, throttled six times: longest task, status view opened",
          value: opened[0] ?? 0,
          unit: "ms",
          budget: 100,
        });
      });
      return { title: "50,000 images: memory, surfaces, phone", figures, wrong };
    } finally {
      await google.close();
    }
  }),
);

/** The longest task while a report is written, in milliseconds. */
async function writingReport(page: HostPage): Promise<number> {
  await page.runCommand(`${PLUGIN}:export-report`);
  const form = page.page.locator(".vib-report");
  const tasks = await tasksOf(page, async () => {
    await form.getByRole("button", { name: "Write report" }).click();
    await form.waitFor({ state: "detached", timeout: 60_000 });
  });
  return tasks[0] ?? 0;
}

type Work<T> = (page: HostPage, host: Host, first: readonly Figure[]) => Promise<T>;

/** Opens the vault, waits until it has been looked through and the link index is at rest, and works on the page. */
async function onPage<T>(
  vault: string,
  plugin: string,
  account: KnownAccount,
  mode: "desktop" | "phone",
  throttle: number,
  work: Work<T>,
): Promise<T> {
  const host = await startHost({ vault, plugin, google: account.origin, mode });
  host.secrets.set(`${PLUGIN}-client`, JSON.stringify(account.client));
  host.secrets.set(`${PLUGIN}-sign-in`, JSON.stringify(account.signIn));
  const page = await openHost(host, {
    prepare: async (context) => {
      const first = context.pages()[0] ?? (await context.newPage());
      const session = await context.newCDPSession(first);
      if (throttle > 1) await session.send("Emulation.setCPUThrottlingRate", { rate: throttle });
    },
  });
  try {
    if (plugin === PROJECT) await untilLooked(page);
    const load = await page.page.evaluate<number>("performance.getEntriesByName('plugin-load')[0].duration");
    const toStatus = await page.page.evaluate<number>(
      "performance.now() - performance.getEntriesByName('layout-ready')[0].startTime",
    );
    await page.page.waitForFunction(isLinkIndexAtRest, undefined, { timeout: 120_000 });
    await pause(3000);
    return await work(page, host, [
      { what: "main.js evaluated and `onload` returned", value: load, unit: "ms" },
      { what: "to a true status", value: toStatus, unit: "ms" },
    ]);
  } finally {
    await page.close();
    await host.close();
  }
}

async function untilLooked(page: HostPage): Promise<void> {
  while (!(JSON.parse(await page.cli(`${PLUGIN}:status`)) as { looked: boolean }).looked) await pause(50);
}

/** Runs in the page: the host reads the links of many notes once a start is over. */
function isLinkIndexAtRest(): boolean {
  const { metadataCache } = (
    window as unknown as { app: { metadataCache: { _waiting: Set<unknown>; _working: boolean } } }
  ).app;
  return metadataCache._waiting.size === 0 && !metadataCache._working;
}

async function memory(page: HostPage, plain: number): Promise<readonly Figure[]> {
  const resting = await heapOf(page);
  const before: number[] = [];
  let peak = 0;
  const session = await page.context.newCDPSession(page.page);
  await page.runCommand(`${PLUGIN}:back-up-vault-images`);
  for (let waiting = 1; waiting > 0;) {
    const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
    peak = Math.max(peak, usedSize / 1e6);
    await pause(200);
    ({ waiting } = JSON.parse(await page.cli(`${PLUGIN}:status`)) as { waiting: number });
  }
  before.push(await heapOf(page));
  for (let run = 0; run < 10; run += 1) {
    await page.runCommand(`${PLUGIN}:back-up-vault-images`);
    await pause(300);
  }
  const after = await heapOf(page);
  return [
    { what: "heap over the plugin off, at rest", value: resting - plain, unit: "MB", budget: 60 },
    {
      what: "heap over the plugin off, most while 500 images go up (garbage included)",
      value: peak - plain,
      unit: "MB",
    },
    { what: "heap kept by ten more runs", value: after - median(before), unit: "MB" },
  ];
}

async function surfaces(page: HostPage): Promise<readonly Figure[]> {
  const opened = await tasksOf(page, async () => {
    await page.runCommand(`${PLUGIN}:open-status`);
    await page.page.locator(".vib-list .vib-row").first().waitFor();
  });
  const scrolled = await tasksOf(page, () =>
    page.page.evaluate(async () => {
      const list = document.querySelector(".vib-list");
      for (let at = 0; at < 60; at += 1) {
        list?.scrollTo(0, at * 40_000);
        await new Promise(requestAnimationFrame);
      }
    }),
  );
  return [
    { what: "longest task, status view with all rows opened", value: opened[0] ?? 0, unit: "ms", budget: 50 },
    { what: "longest task, its rows scrolled", value: scrolled[0] ?? 0, unit: "ms", budget: 50 },
  ];
}

/** The longest task, in milliseconds, while a note of many embeds is opened and gone through. */
async function throughEmbeds(page: HostPage): Promise<number> {
  const [longest = 0] = await tasksOf(page, async () => {
    await page.openNote("Many.md");
    await page.page.evaluate(async () => {
      const scroller = document.querySelector(".cm-scroller");
      for (let step = 1; step <= 40; step += 1) {
        scroller?.scrollTo(0, (scroller.scrollHeight * step) / 40);
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      }
    });
  });
  return longest;
}

/**
 * The marks in an explorer of ten thousand notes, turned on and then scrolled through. Only rows in sight are in the document,
 * as in Obsidian; how they all would be drawn at once is told for scale.
 */
async function explorer(page: HostPage): Promise<readonly Figure[]> {
  await page.page.click('.nav-folder-title[data-path="notes"]');
  // From the last to the first, whose rows would take the others out of sight.
  for (let folder = NOTE_FOLDERS - 1; folder >= 0; folder -= 1)
    await page.page.click(`.nav-folder-title[data-path="notes/${folder}"]`);
  await page.openSettings();
  const toggle = page.page.locator('.modal .setting-item:has-text("Marks in the file explorer") input');
  await toggle.waitFor({ state: "attached" });
  const turn = (): Promise<void> => toggle.evaluate((input: HTMLInputElement) => input.click());
  const untilMarked = (rows: number): Promise<unknown> =>
    page.page.waitForFunction(
      (least) => {
        const rows = [...document.querySelectorAll('.nav-file-title[data-path^="notes/"]')];
        return rows.length >= least && rows.every((row) => row.querySelector(".vib-explorer-mark"));
      },
      rows,
      // Asked with each picture of the screen, the question itself would be part of the longest task.
      { polling: 250 },
    );
  const scrollThrough = async (): Promise<number> => {
    const [longest = 0] = await tasksOf(page, () =>
      page.page.evaluate(async () => {
        const list = document.querySelector(".nav-files-container");
        for (let at = 0; at < (list?.scrollHeight ?? 0); at += 500) {
          list?.scrollTo(0, at);
          await new Promise(requestAnimationFrame);
        }
      }),
    );
    return longest;
  };
  // The page makes each row when it is first in sight.
  await scrollThrough();
  const unmarked = await scrollThrough();
  await pause(1000);
  const turnedOn = await tasksOf(page, async () => {
    await turn();
    await untilMarked(20);
  });
  const marked = await scrollThrough();
  await untilMarked(20);
  await turn();
  await page.page.evaluate(() => {
    const list = document.querySelector<HTMLElement>(".nav-files-container");
    if (list) list.style.cssText = `flex: none; height: ${list.scrollHeight}px`;
  });
  await pause(1000);
  const whole = await tasksOf(page, async () => {
    await turn();
    await untilMarked(NOTE_FOLDERS * 1000);
    await pause(500);
  });
  await page.closeSettings();
  return [
    {
      what: "10,000 notes in the explorer: longest task while they are marked",
      value: turnedOn[0] ?? 0,
      unit: "ms",
      budget: 50,
    },
    {
      what: "10,000 notes in the explorer, scrolled through: longest task over that without marks",
      value: Math.max(0, marked - unmarked),
      unit: "ms",
      budget: 50,
    },
    {
      what: "for scale: 10,000 rows all in the document, longest task while they are marked",
      value: whole[0] ?? 0,
      unit: "ms",
    },
  ];
}

/** What is alive in the page, in MB. */
async function heapOf(page: HostPage): Promise<number> {
  const session = await page.context.newCDPSession(page.page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  await session.detach();
  return usedSize / 1e6;
}

/** A plugin that does nothing, under the same id: the vault with the plugin off. */
function writeNothing(folder: string): void {
  fs.mkdirSync(folder, { recursive: true });
  fs.copyFileSync(path.join(PROJECT, "manifest.json"), path.join(folder, "manifest.json"));
  const main = 'const { Plugin } = require("obsidian"); module.exports = class extends Plugin {};';
  fs.writeFileSync(path.join(folder, "main.js"), main);
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
