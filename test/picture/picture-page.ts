import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { pictureProgram } from "../../esbuild.config.mjs";
import type { PreparedImage, Recipe, SkipReason, VaultImage } from "../../src/model";
import type { PictureOptions, PicturesInPage } from "./page-script";
import { imageNamed } from "./memory-image";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What `prepare` answered in the page, the sent bytes included. */
export type PageOutcome =
  | {
      readonly sent: Buffer;
      readonly ready: Omit<PreparedImage, "source">;
      readonly milliseconds: number;
      /** The longest task of over 50 ms that the page's thread had meanwhile, in milliseconds; 0 where it had none. */
      readonly longest: number;
    }
  | { readonly skip: SkipReason };

export interface PicturePageOptions {
  /** Without it everything happens on the page's own thread. */
  readonly worker?: boolean;
  /** Without it the page has no OffscreenCanvas, as older WebViews. */
  readonly offscreen?: boolean;
  readonly pictures?: Pick<PictureOptions, "mostDecoded">;
  /** The page's content security policy. */
  readonly policy?: string;
  /** Runs in the page before everything else. */
  readonly first?: string;
}

/** `src/picture/`, built as the plugin is and running in a real browser's page. */
export interface PicturePage {
  /** The page itself, where its time is moved. */
  readonly page: Page;
  prepare(bytes: Uint8Array, name: string, recipe: Recipe, times?: Partial<VaultImage>): Promise<PageOutcome>;
  /** Starts a preparation and aborts it after so many milliseconds; the answer is what it was rejected with. */
  prepareAndAbort(bytes: Uint8Array, name: string, recipe: Recipe, after: number): Promise<string>;
  close(): Promise<void>;
}

/** Opens a blank page on loopback and loads the room of pictures into it. */
export async function openPicturePage(
  executablePath: string,
  { worker = true, offscreen = true, pictures = {}, first = "", policy }: PicturePageOptions = {},
): Promise<PicturePage> {
  const script = await bundlePage();
  const files = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const name = request.url ?? "/";
    if (request.method === "PUT") {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => {
        files.set(name, Buffer.concat(pieces));
        response.end();
      });
      return;
    }
    if (policy !== undefined) response.setHeader("content-security-policy", policy);
    if (name === "/") {
      response.setHeader("content-type", "text/html").end("<!doctype html><title>Pictures</title>");
    } else response.end(files.get(name) ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  if (!worker) await page.evaluate("delete window.Worker");
  if (!offscreen) await page.evaluate("delete window.OffscreenCanvas");
  await page.evaluate(first);
  await page.addScriptTag({ content: script });
  await page.evaluate((options) => {
    (window as unknown as { pictures: PicturesInPage }).pictures.start(options);
  }, pictures);

  let asked = 0;
  const put = (bytes: Uint8Array): string => {
    const file = `/in/${String((asked += 1))}`;
    files.set(file, Buffer.from(bytes));
    return file;
  };

  return {
    page,
    async prepare(bytes, name, recipe, times = {}) {
      const file = put(bytes);
      const outcome = await page.evaluate(
        (what) => (window as unknown as { pictures: PicturesInPage }).pictures.prepare(what),
        { file, image: imageNamed(name, bytes.length, times), recipe },
      );
      files.delete(file);
      if ("skip" in outcome) return outcome;
      const sent = files.get(outcome.sent) ?? Buffer.alloc(0);
      files.delete(outcome.sent);
      return { ...outcome, sent };
    },
    async prepareAndAbort(bytes, name, recipe, after) {
      const file = put(bytes);
      return page.evaluate(
        (what) => (window as unknown as { pictures: PicturesInPage }).pictures.abort(what),
        {
          file,
          image: imageNamed(name, bytes.length),
          recipe,
          after,
        },
      );
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bundles the page as the plugin is, minified. */
async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(ROOT, "test/picture/page-script.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: ["es2022", "safari16.4"],
    write: false,
    plugins: [pictureProgram],
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}
