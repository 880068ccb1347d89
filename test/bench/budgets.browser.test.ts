import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { bundle, type BundleMeta } from "../../esbuild.config.mjs";
import { startStrictGoogle } from "../strict-google";
import { makeAccount, makeFiles, makeKnown } from "./known-vault";
import { startOnce } from "./scan";
import { inFolder } from "./stage";
import { runUpload } from "./upload-run";
import { makeVault } from "./vaults";

/*
 * The budgets of docs/performance.md that no machine's speed has a part in. The rest is measured by `npm run bench`.
 */

describe("a whole vault", () => {
  it("of 500 small images goes up with at most 1.04 requests an image, each file read once", async () => {
    await inFolder(async (folder) => {
      const vault = await makeVault(path.join(folder, "vault"), 500, "tiny");
      const { requestsAnImage, mostReads, wrong } = await runUpload(vault, {});
      expect(wrong).toEqual([]);
      expect(requestsAnImage).toBeLessThanOrEqual(1.04);
      expect(mostReads).toBe(1);
    });
  }, 180_000);

  it("in which nothing has changed asks Google for nothing at a start, and reads no image", async () => {
    await inFolder(async (folder) => {
      const google = await startStrictGoogle();
      try {
        const vault = path.join(folder, "vault");
        makeFiles(vault, 200);
        const account = await makeAccount(google, "vault");
        await makeKnown(vault, 200, account, { automatic: true });
        // The first start reads the journals, the second what that has kept of them.
        const first = await startOnce(google, vault, account.signIn, undefined);
        const second = await startOnce(google, vault, account.signIn, undefined);
        for (const start of [first, second]) expect(start).toMatchObject({ requests: 0, read: 0 });
      } finally {
        await google.close();
      }
    });
  }, 60_000);

  it("of screenshots and photos sends at most 1 % more bytes than they have", async () => {
    await inFolder(async (folder) => {
      const vault = await makeVault(path.join(folder, "vault"), 20, "mix");
      const { bytesOver, mostReads, wrong } = await runUpload(vault, {});
      expect(wrong).toEqual([]);
      expect(bytesOver).toBeLessThanOrEqual(1.01);
      expect(mostReads).toBe(1);
    });
  }, 60_000);
});

describe("the built main.js", () => {
  let meta: BundleMeta;

  beforeAll(async () => {
    ({ meta } = await bundle());
  });

  it("has a table for each language, all of which together are what it has more than without them", () => {
    const tables = Object.values(meta.languages).reduce((sum, bytes) => sum + bytes, 0);
    expect(Object.keys(meta.languages)).toHaveLength(12);
    const empty = 2 * Object.keys(meta.languages).length;
    expect(meta.bytes - meta.withoutTables.bytes).toBe(tables - empty);
  });

  it("asks for nothing but Obsidian and its editor when it loads", () => {
    expect(meta.asksFor).toEqual(["@codemirror/view", "obsidian"]);
    expect(meta.errors).toBe(0);
  });
});
