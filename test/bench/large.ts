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
      const embeds = Array.from({ length: EMBEDS }, (_, index) => `![[Screenshot ${index}.png|200]]`);
      fs.writeFileSync(path.join(vault, "Many.md"), embeds.join("\n\n"));
      const account = await makeAccount(google, "large");
      await makeKnown(vault, KNOWN, account, { automatic: false });
      markExplorer(vault);
      tell("vault made");
      const off = path.join(folder, "off");
      writeNothing(off);
      let without = { embeds: 0, explorer: 0 };
      const plain = await onPage(vault, off, account, "desktop", 1, async (page) => {
        const heap = await heapOf(page);
        without = await hostsOwn(page);
        return heap;
      });
      tell(`heap without: ${plain}; longest tasks without: ${JSON.stringify(without)}`);
      const figures: Figure[] = [];
      await onPage(vault, PROJECT, account, "desktop", 1, async (page) => {
        const heaps = await memory(page, plain);
        figures.push(...(await surfaces(page)));
        const tasks = await hostsOwn(page);
        const added = (what: "embeds" | "explorer"): number => Math.max(0, tasks[what] - without[what]);
        figures.push(
          {
            what: `${EMBEDS} embeds in a note: longest task over that with the plugin off`,
            value: added("embeds"),
            unit: "ms",
            budget: 50,
          },
          {
            what: "10,000 notes in the explorer, marks on: longest task over that with the plugin off",
            value: added("explorer"),
            unit: "ms",
            budget: 50,
          },
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
      return { title: "50,000 images: memory, surfaces, phone", figures, wrong: [] };
    } finally {
      await google.close();
    }
  }),
);

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

/** The device has marks in the explorer turned on. */
function markExplorer(vault: string): void {
  const file = path.join(vault, ".obsidian", "host", "local-storage.json");
  const kept = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, string>;
  kept[`${PLUGIN}-surfaces`] = JSON.stringify({ explorerMarks: true });
  fs.writeFileSync(file, JSON.stringify(kept));
}

/** The longest task, in milliseconds, while a note of many embeds is opened and gone through, and while the explorer is. */
async function hostsOwn(page: HostPage): Promise<{ embeds: number; explorer: number }> {
  const [embeds = 0] = await tasksOf(page, async () => {
    await page.openNote("Many.md");
    await scrollThrough(page, ".cm-scroller", 40);
  });
  const row = (folder: string): string => `.nav-folder-title[data-path="${folder}"]`;
  const [explorer = 0] = await tasksOf(page, async () => {
    await page.page.click(row("notes"));
    for (let folder = 0; folder < NOTE_FOLDERS; folder += 1) {
      await page.page.evaluate(
        (selector) => document.querySelector<HTMLElement>(selector)?.click(),
        row(`notes/${folder}`),
      );
      await scrollThrough(page, ".nav-files-container", 20);
    }
    await pause(1000);
  });
  return { embeds, explorer };
}

async function scrollThrough(page: HostPage, selector: string, steps: number): Promise<void> {
  await page.page.evaluate(
    async ([wanted, count]) => {
      const scroller = document.querySelector(wanted);
      for (let step = 1; step <= count; step += 1) {
        scroller?.scrollTo(0, (scroller.scrollHeight * step) / count);
        await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
      }
    },
    [selector, steps] as const,
  );
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
