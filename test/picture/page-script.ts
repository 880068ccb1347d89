import type { PreparedImage, Recipe, SkipReason, VaultImage } from "../../src/model";
import { createPictures } from "../../src/picture";
import { sourceOf } from "../../src/picture/whole";

/*
 * Runs in the page: gets files from the page's own server, prepares them and puts the sent bytes there.
 */

export type PictureOptions = NonNullable<Parameters<typeof createPictures>[0]>;

interface Asked {
  readonly file: string;
  readonly image: VaultImage;
  readonly recipe: Recipe;
}

export interface PicturesInPage {
  start(options: PictureOptions): void;
  prepare(
    asked: Asked,
  ): Promise<
    | { sent: string; ready: Omit<PreparedImage, "source">; milliseconds: number; longest: number }
    | { skip: SkipReason }
  >;
  abort(asked: Asked & { readonly after: number }): Promise<string>;
}

let pictures = createPictures();

async function fetched(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(file)).arrayBuffer());
}

/** The browser itself tells of every task over 50 ms; waiting for a busy machine's processor does not count as one. */
const tasks: { readonly start: number; readonly end: number }[] = [];

function watchThread(): void {
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      tasks.push({ start: startTime, end: startTime + duration });
    }
  }).observe({ type: "longtask" });
}

/** The longest part of a task that lay in this time: what the page itself does before and after is not meant. */
async function longestTask(began: number, ended: number): Promise<number> {
  // Entries come in some time after the task they tell of.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const parts = tasks.map(({ start, end }) => Math.min(end, ended) - Math.max(start, began));
  return Math.max(0, ...parts);
}

const page: PicturesInPage = {
  start(options) {
    pictures = createPictures(options);
    watchThread();
  },

  async prepare({ file, image, recipe }) {
    const source = sourceOf(await fetched(file));
    const signal = new AbortController().signal;
    const began = performance.now();
    const outcome = await pictures.prepare(image, source, recipe, signal);
    const ended = performance.now();
    const milliseconds = ended - began;
    if ("skip" in outcome) return outcome;
    const { source: sent, ...ready } = outcome.ready;
    const longest = await longestTask(began, ended);
    const name = `/out${file}`;
    await fetch(name, { method: "PUT", body: await sent.slice(0, sent.size) });
    return { sent: name, ready, milliseconds, longest };
  },

  async abort({ file, image, recipe, after }) {
    const source = sourceOf(await fetched(file));
    const ending = new AbortController();
    setTimeout(() => {
      ending.abort(new Error("no longer wanted"));
    }, after);
    const outcome = pictures.prepare(image, source, recipe, ending.signal);
    return outcome.then(
      (answer) => `answered ${JSON.stringify(answer)}`,
      (error: unknown) => String(error),
    );
  },
};

(window as unknown as { pictures: PicturesInPage }).pictures = page;
