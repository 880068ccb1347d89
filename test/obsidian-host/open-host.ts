import { chromium, type BrowserContext, type Page } from "playwright-core";
import path from "node:path";
import { chromiumPath } from "../../scripts/ready.mjs";
import { killBrowser } from "./server/kill-browser";
import type { Driver } from "./page/driver";
import { stableHostname, type Host } from "./server/host";

export interface OpenOptions {
  headless?: boolean;
  width?: number;
  height?: number;
  dark?: boolean;
  rtl?: boolean;
  /** the app's language, as `getLanguage()` answers it */
  language?: string;
  /** the browser's profile; default in the host's device folder, so that IndexedDB is kept */
  userDataDir?: string;
  /** the browser to start; default the one that is installed */
  executable?: string;
  /** what to do before the page's own code runs: init scripts, routes, a clock */
  prepare?: (context: BrowserContext) => Promise<void>;
}

type Words = Omit<Driver, "started">;

/** A page of the host in a browser of its own, and what a person would do in it, in words. */
export type HostPage = {
  [Word in keyof Words]: Words[Word] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Awaited<Answer>>
    : never;
} & {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Pastes an image into the note in front. */
  paste(bytes: Uint8Array, type: string): Promise<void>;
  /** Opens one more page on the same vault in the same browser, as a second window would be. */
  second(): Promise<HostPage>;
  /** Ends the browser as a crash does: nothing is asked, nothing is cleared up. */
  kill(): Promise<void>;
  close(): Promise<void>;
};

const words = [
  "pluginReady",
  "runCommand",
  "commands",
  "openNote",
  "switchMode",
  "setCursor",
  "editorText",
  "pasteImage",
  "openSettings",
  "closeSettings",
  "openView",
  "popOut",
  "notices",
  "statusBar",
  "setDark",
  "openProtocol",
  "cli",
  "quit",
  "disablePlugin",
  "enablePlugin",
  "saveNotes",
] as const satisfies (keyof Words)[];

const patienceMs = 2000;

const phone = { width: 390, height: 844 };
const desktop = { width: 1280, height: 800 };

/**
 * Opens the host's page in a Chromium of its own.
 *
 * @throws Error where no browser can be started, or the page does not get ready
 */
export async function openHost(host: Host, options: OpenOptions = {}): Promise<HostPage> {
  const isPhone = host.mode === "phone";
  const size = isPhone ? phone : desktop;
  const userDataDir = options.userDataDir ?? path.join(host.device, "chromium");
  const context = await chromium.launchPersistentContext(userDataDir, {
    executablePath: options.executable ?? chromiumPath(),
    headless: options.headless ?? true,
    viewport: { width: options.width ?? size.width, height: options.height ?? size.height },
    colorScheme: options.dark === true ? "dark" : "light",
    locale: "en-US",
    acceptDownloads: false,
    ...(isPhone ? { hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : {}),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // One origin in every run, and no way out but to this machine.
      `--host-resolver-rules=MAP ${stableHostname} 127.0.0.1:${host.port},MAP * ~NOTFOUND,EXCLUDE 127.0.0.1,EXCLUDE localhost`,
    ],
  });
  await options.prepare?.(context);
  const url = pageUrl(options);
  const page = context.pages()[0] ?? (await context.newPage());
  return openPage(page, url, { context, userDataDir });
}

function pageUrl({ dark, rtl, language }: OpenOptions): string {
  const query = new URLSearchParams();
  if (dark === true) query.set("dark", "1");
  if (rtl === true) query.set("rtl", "1");
  if (language !== undefined) query.set("language", language);
  return `http://${stableHostname}/?${query.toString()}`;
}

interface Opened {
  context: BrowserContext;
  userDataDir: string;
}

async function openPage(page: Page, url: string, opened: Opened): Promise<HostPage> {
  await page.goto(url);
  // A vault of many files takes a while on a busy machine.
  await page.waitForFunction(() => "_driver" in window, undefined, { timeout: 120_000 });
  const say = (word: string, given: unknown[]): Promise<unknown> =>
    page.evaluate(
      ([name, values]) => {
        const { _driver } = window as unknown as {
          _driver: Record<string, (...values: unknown[]) => unknown>;
        };
        return _driver[name]?.(...values);
      },
      [word, given] as const,
    );
  const spoken = Object.fromEntries(words.map((word) => [word, (...given: unknown[]) => say(word, given)]));
  const { context, userDataDir } = opened;
  const hostPage = {
    ...(spoken as unknown as HostPage),
    page,
    context,
    paste: async (bytes: Uint8Array, type: string) => {
      await say("pasteImage", [Buffer.from(bytes).toString("base64"), type]);
    },
    second: async () => openPage(await context.newPage(), url, opened),
    kill: () => killBrowser(context, userDataDir),
    close: async () => {
      // A person who closes the window lets the app say goodbye; a page that hangs must not keep it open.
      const goodbye = say("quit", []).catch(() => undefined);
      await Promise.race([goodbye, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
      await context.close();
    },
  };
  await hostPage.pluginReady();
  return hostPage;
}
