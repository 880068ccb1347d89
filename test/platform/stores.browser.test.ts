import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chromiumPath } from "../../scripts/ready.mjs";
import type { StoresInPage } from "./stores-page";

let browser: Browser;
let server: Server;
let script: string;
let page: Page;

beforeAll(async () => {
  const built = await build({
    entryPoints: [path.join(import.meta.dirname, "stores-page.ts")],
    bundle: true,
    write: false,
    format: "iife",
  });
  script = built.outputFiles[0]?.text ?? "";
  server = createServer((_request, response) => {
    response.setHeader("content-type", "text/html").end("<!doctype html><title>Stores</title>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
});

afterAll(async () => {
  await browser.close();
  server.close();
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  await page.goto(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  await page.addScriptTag({ content: script });
});

/** Runs one of the stories of stores-page.ts on the real database. */
function told<Name extends keyof StoresInPage>(
  name: Name,
  seed: number,
): Promise<Awaited<ReturnType<StoresInPage[Name]>>> {
  return page.evaluate(
    ([story, number]) =>
      (window as unknown as { stores: Record<string, (seed: number) => unknown> }).stores[story]?.(number),
    [name, seed] as const,
  ) as Promise<Awaited<ReturnType<StoresInPage[Name]>>>;
}

describe("the index in the browser's database", () => {
  it.each([1, 2, 3])("is after every restart what was saved, in few rows (seed %i)", async (seed) => {
    const { wrong, rows } = await told("index", seed);
    expect(wrong).toEqual([]);
    expect(rows).toBeLessThanOrEqual(9);
  });

  it("keeps what two windows save, also when one of them writes all anew", async () => {
    expect(await told("twoWindows", 1)).toEqual({ ofOne: 40, ofOther: 3 });
  });

  it("takes the place of what an older form kept", async () => {
    const { wrong, rows } = await told("otherForm", 4);
    expect(wrong).toEqual([]);
    expect(rows).toBeLessThanOrEqual(9);
  });

  it("is empty where the database is refused, and saving to it stops nothing", async () => {
    expect(await told("refused", 1)).toEqual({ entries: 0 });
  });
});

describe("records in the browser's database", () => {
  it.each([1, 2, 3])("are after every restart what was saved, in few rows (seed %i)", async (seed) => {
    const { wrong, rows } = await told("records", seed);
    expect(wrong).toEqual([]);
    expect(rows).toBeLessThanOrEqual(9);
  });

  it("that were lost with the connection to the database are written down by the next save", async () => {
    expect(await told("lostOnce", 1)).toEqual({ records: ["after", "before", "lost"], unhandled: 0 });
  });

  it("that are saved at one time go together", async () => {
    expect(await told("together", 1)).toEqual({ rows: 1, records: 30 });
  });

  it("that are all said anew leave nothing behind that would be read in vain", async () => {
    expect(await told("anew", 1)).toEqual({ rows: 1, kept: ['{"form":2}'] });
  });
});
