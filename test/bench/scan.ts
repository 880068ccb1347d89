import path from "node:path";
import type { GooglePhotos } from "../google-photos";
import { openHost, startHost } from "../obsidian-host";
import { startStrictGoogle } from "../strict-google";
import { makeAccount, makeFiles, makeKnown } from "./known-vault";
import { median, partBench, type Figure } from "./figures";
import { screenshot } from "./sized-pictures";
import { inFolder } from "./stage";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";

/** Images of the vaults; as many other files lie beside them. */
const SIZES = [500, 5_000, 50_000] as const;
const RUNS = 3;

/** The figure that has a budget is the middle of so many: the page's garbage is collected in some of them, and not in others. */
const RUNS_OF_BUDGET = 5;

/** What one start was like, in milliseconds. */
interface Start {
  /** From layout-ready until the numbers that are shown are true. */
  readonly toStatus: number;
  readonly requests: number;
  /** Bytes of images that the plugin read. */
  readonly read: number;
  readonly paste?: { readonly toBadge: number; readonly toUpload: number };
}

/** Looks through vaults of three sizes, and follows one paste. */
export const scanBench = partBench("scan", "looking through vaults, and one paste", (tell) =>
  inFolder(async (folder) => {
    const google = await startStrictGoogle();
    try {
      const figures: Figure[] = [];
      const half: number[] = [];
      const unchanged: number[] = [];
      for (const images of SIZES) {
        const vault = path.join(folder, String(images));
        makeFiles(vault, images);
        tell(`${images} images made`);
        const halfKnown = await starts(google, vault, images, images / 2, false);
        tell(`half known: ${JSON.stringify(halfKnown)}`);
        const allKnown = await starts(google, vault, images, images, true);
        tell(`nothing changed: ${JSON.stringify(allKnown)}`);
        half.push(median(halfKnown.map(({ toStatus }) => toStatus)));
        unchanged.push(median(allKnown.map(({ toStatus }) => toStatus)));
        figures.push(...figuresOf(images, half.at(-1) ?? 0, unchanged.at(-1) ?? 0, allKnown));
      }
      figures.push(
        {
          what: "growth with the vault, half known: exponent",
          value: exponent(half),
          unit: "x",
          budget: 1.05,
        },
        {
          what: "growth with the vault, nothing changed: exponent",
          value: exponent(unchanged),
          unit: "x",
          budget: 1.05,
        },
      );
      return { title: "Scan and plan", figures, wrong: [] };
    } finally {
      await google.close();
    }
  }),
);

function figuresOf(images: number, half: number, unchanged: number, runs: readonly Start[]): Figure[] {
  const named = (what: string): string => `${images.toLocaleString("en")} images: ${what}`;
  const isLargest = images === SIZES.at(-1);
  const pastes = runs.flatMap(({ paste }) => (paste === undefined ? [] : [paste]));
  return [
    { what: named("to a true status, half known"), value: half, unit: "ms" },
    {
      what: named("to a true status, nothing changed"),
      value: unchanged,
      unit: "ms",
      ...(isLargest ? { budget: 300 } : {}),
    },
    {
      what: named("requests, nothing changed"),
      value: Math.max(...runs.map(({ requests }) => requests)),
      unit: "",
      budget: 1,
    },
    {
      what: named("bytes of images read, nothing changed"),
      value: Math.max(...runs.map(({ read }) => read)),
      unit: "",
      budget: 0,
    },
    {
      what: named("one paste, to its badge"),
      value: median(pastes.map(({ toBadge }) => toBadge)),
      unit: "ms",
      budget: 100,
    },
    {
      what: named("one paste, still for 500 ms, to its upload"),
      value: median(pastes.map(({ toUpload }) => toUpload - 500)),
      unit: "ms",
      budget: 1000,
    },
  ];
}

/** The slope of a straight line through the figures, both axes logarithmic: 1 is linear. */
function exponent(values: readonly number[]): number {
  const xs = SIZES.map((size) => Math.log(size));
  const ys = values.map((value) => Math.log(value));
  const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / of.length;
  const [x, y] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, one, place) => sum + (one - x) * ((ys[place] ?? 0) - y), 0);
  return over / xs.reduce((sum, one) => sum + (one - x) ** 2, 0);
}

async function starts(
  google: GooglePhotos,
  vault: string,
  images: number,
  known: number,
  automatic: boolean,
): Promise<readonly Start[]> {
  const account = await makeAccount(google, path.basename(vault));
  await makeKnown(vault, known, account, { automatic });
  const runs: Start[] = [];
  const isUnchanged = known === images;
  // The first start alone reads the journals: the median is to be one of the others.
  for (let run = 0; run < (isUnchanged && images === SIZES.at(-1) ? RUNS_OF_BUDGET : RUNS); run += 1) {
    runs.push(await startOnce(google, vault, account.signIn, isUnchanged ? run : undefined));
  }
  return runs;
}

/** Starts on a vault, and pastes an image where one is to be, which is told from others by a number. */
export async function startOnce(
  google: GooglePhotos,
  vault: string,
  signIn: object,
  paste: number | undefined,
): Promise<Start> {
  const host = await startHost({ vault, plugin: PROJECT, google: google.origin });
  host.secrets.set(`${PLUGIN}-client`, JSON.stringify(google.client));
  host.secrets.set(`${PLUGIN}-sign-in`, JSON.stringify(signIn));
  const page = await openHost(host, {
    prepare: async (context) => {
      await context.addInitScript(`(${noteWhenLooked.toString()})()`);
    },
  });
  try {
    await page.page.waitForFunction("globalThis.lookedAt !== undefined", undefined, { timeout: 120_000 });
    const toStatus = Number(
      await page.page.evaluate("lookedAt - performance.getEntriesByName('layout-ready')[0].startTime"),
    );
    // The link index goes on for a while; what it brings must ask for nothing either.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const isImage = (file: string): boolean => /\.png$/.test(file);
    const read = host.log.reads.filter(({ path: file, by }) => by === "plugin" && isImage(file));
    const before = {
      toStatus,
      requests: host.log.requests.length,
      read: read.reduce((sum, { bytes }) => sum + bytes, 0),
    };
    if (paste === undefined) return before;
    await page.openNote("notes/0/Note 0.md", "source");
    await page.setCursor(0, 0);
    await page.page.waitForFunction("document.querySelector('.vib-status-bar').dataset.state === 'safe'");
    const uploading = google.requests.next(({ kind }) => kind === "upload");
    const [pasted, badge] = await page.page.evaluate<[number, number]>(
      `(${pasteAndWatch.toString()})(${JSON.stringify(screenshot(`pasted ${vault} ${paste}`, 30_000).toString("base64"))})`,
    );
    const { started } = await uploading;
    const toUpload = performance.timeOrigin + started - pasted;
    await page.page.waitForFunction("document.querySelector('.vib-status-bar').dataset.state === 'safe'");
    return { ...before, paste: { toBadge: badge - pasted, toUpload } };
  } finally {
    await page.close();
    await host.close();
  }
}

/** Runs in the page from its first moment: notes when the status bar first tells more than that it is looking. */
function noteWhenLooked(): void {
  const watch = new MutationObserver(() => {
    const state = document.querySelector<HTMLElement>(".vib-status-bar")?.dataset["state"];
    if (state === undefined || state === "looking") return;
    Object.assign(window, { lookedAt: performance.now() });
    watch.disconnect();
  });
  watch.observe(document, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["data-state"],
  });
}

/** Runs in the page: pastes, and answers when that was and when the note's state told of it; milliseconds since 1970. */
async function pasteAndWatch(base64: string): Promise<[number, number]> {
  const bar = document.querySelector<HTMLElement>(".vib-status-bar");
  if (bar === null) throw new Error("There is no status bar");
  const told = new Promise<number>((resolve) => {
    const watch = new MutationObserver(() => {
      if (bar.dataset["state"] === "safe") return;
      watch.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    watch.observe(bar, { attributes: true, attributeFilter: ["data-state"] });
  });
  const pasted = performance.timeOrigin + performance.now();
  (window as unknown as { _driver: { pasteImage(bytes: string, type: string): void } })._driver.pasteImage(
    base64,
    "image/png",
  );
  return [pasted, await told];
}
