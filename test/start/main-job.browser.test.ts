import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterEach, describe, expect, it } from "vitest";
import { imageKind, markOfName } from "../../src/model";
import { stripDate } from "../picture/strip-date";
import { TEST_DATA } from "../test-data";
import type { StartOptions } from "./options";
import { Session } from "./session";
import type { RunSummary } from "./summary";

const SAMPLE_VAULT = path.join(import.meta.dirname, "..", "vault");

let open: Session | undefined;
const folders: string[] = [];

afterEach(async () => {
  await open?.close();
  open = undefined;
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** What `npm start -- --exit` does, up to its summary; the session stays open for a look. */
async function mainJob(options: Partial<StartOptions>): Promise<{ session: Session; summary: RunSummary }> {
  await open?.close();
  const session = (open = await Session.open({
    vault: SAMPLE_VAULT,
    inPlace: false,
    google: undefined,
    settings: {},
    exit: true,
    json: undefined,
    ...options,
  }));
  await session.signIn();
  await session.backUp();
  const status = await session.settle(() => undefined);
  return { session, summary: session.summary(status, 0) };
}

interface ImageOnDisk {
  readonly path: string;
  readonly bytes: Buffer;
  readonly hash: string;
}

/** Every image file of a vault, by its extension; hidden folders are no part of it. */
function imagesOf(vault: string): readonly ImageOnDisk[] {
  return fs
    .readdirSync(vault, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(vault, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.startsWith(".") && imageKind(file) !== undefined)
    .map((file) => {
      const bytes = fs.readFileSync(path.join(vault, file));
      return { path: file, bytes, hash: sha256(bytes) };
    });
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Images of the sample vault that are named after their day. */
const DATED_NAMES = [
  ["IMG_20200704_071530", "Saturday, July 4, 2020"],
  ["Pasted image 20210214103355", "Sunday, February 14, 2021"],
  ["WhatsApp Image 2021-11-20 at 19.03.44", "Saturday, November 20, 2021"],
  ["IMG_20220611_184512", "Saturday, June 11, 2022"],
  ["Screenshot 2023-03-05 at 14.22.10", "Sunday, March 5, 2023"],
  ["PXL_20240502_101112345", "Thursday, May 2, 2024"],
  ["Pasted image 20240818091744", "Sunday, August 18, 2024"],
] as const;

/** The heading of a gallery page under which an image of this name stands. */
function dayInGallery(page: string, name: string): string | undefined {
  const before = page.slice(0, page.indexOf(`title="${name} ~`));
  return [...before.matchAll(/<h2>([^<]*)<\/h2>/g)].at(-1)?.[1];
}

describe("npm start", () => {
  it("backs up the sample vault: each image once, its bytes and its name with the fingerprint", async () => {
    const { session, summary } = await mainJob({});
    const images = imagesOf(SAMPLE_VAULT);
    const drawings = images.filter((image) => imageKind(image.path) === "vector");
    // An error page that was saved as an image: its content is no picture.
    const noPictures = images.filter(({ bytes }) =>
      bytes.subarray(0, 256).toString().toLowerCase().includes("<html"),
    );
    expect(drawings).toHaveLength(1);
    expect(noPictures).toHaveLength(1);
    const pictures = images.filter((image) => !drawings.includes(image) && !noPictures.includes(image));
    expect(summary).toMatchObject({
      found: images.length,
      backedUp: pictures.length,
      skipped: 2,
      skippedBy: { type: 1, "not-an-image": 1 },
      failed: 0,
      waiting: 0,
    });
    const expected = new Map(pictures.map(({ hash, path: file }) => [hash, file]));
    const items = session.google?.library.items() ?? [];
    expect(items).toHaveLength(expected.size);
    for (const item of items) {
      const sent = session.google?.library.bytesOf(item.id) ?? new Uint8Array();
      const local = sha256(stripDate(Uint8Array.from(sent)));
      expect(expected.has(local), `${item.filename} holds the bytes of a file of the vault`).toBe(true);
      expect(markOfName(item.filename)).toBe(`${local.slice(0, 16)}o`);
    }
    // Under the days that their names tell, over five years, and not under the day of the upload.
    const gallery = await (await fetch(`${session.google?.origin ?? ""}/gallery`)).text();
    expect(Object.fromEntries(DATED_NAMES.map(([name]) => [name, dayInGallery(gallery, name)]))).toEqual(
      Object.fromEntries(DATED_NAMES),
    );
  });

  it.skipIf(TEST_DATA === undefined)("backs up a real vault: 49 images, 49 uploads, one create", async () => {
    const { summary } = await mainJob({ vault: path.join(TEST_DATA ?? "", "vaults", "help") });
    expect(summary).toMatchObject({
      found: 130,
      backedUp: 49,
      skipped: 81,
      skippedBy: { type: 81 },
      failed: 0,
      waiting: 0,
      requests: { uploads: 49, creates: 1 },
    });
  });

  it.skipIf(TEST_DATA === undefined)(
    "in place, sends nothing the second time, nothing for a copy or a new name, and one changed image once",
    async () => {
      const around = fs.mkdtempSync(path.join(os.tmpdir(), "in-place-"));
      folders.push(around);
      const vault = path.join(around, "help");
      fs.cpSync(path.join(TEST_DATA ?? "", "vaults", "help"), vault, { recursive: true });
      fs.chmodSync(vault, 0o755);
      const options = { vault, inPlace: true };
      expect((await mainJob(options)).summary.requests).toMatchObject({ uploads: 49, creates: 1 });

      expect((await mainJob(options)).summary).toMatchObject({
        backedUp: 49,
        requests: { uploads: 0, creates: 0 },
        bytes: 0,
      });

      const [copied, renamed, changed] = imagesOf(vault).filter((image) => image.path.endsWith(".png"));
      if (copied === undefined || renamed === undefined || changed === undefined)
        throw new Error("no images");
      fs.mkdirSync(path.join(vault, "copies"));
      fs.writeFileSync(path.join(vault, "copies", "copy.png"), copied.bytes);
      fs.renameSync(
        path.join(vault, renamed.path),
        path.join(vault, path.dirname(renamed.path), "another name.png"),
      );
      expect((await mainJob(options)).summary).toMatchObject({
        found: 131,
        backedUp: 50,
        requests: { uploads: 0, creates: 0 },
      });

      fs.writeFileSync(path.join(vault, changed.path), await withOnePixelChanged(changed.bytes));
      expect((await mainJob(options)).summary).toMatchObject({
        backedUp: 50,
        requests: { uploads: 1, creates: 1 },
      });
    },
  );
});

describe("an image that is pasted into a note", () => {
  it("is backed up without any command, and the note's badge goes from waiting to backed up", async () => {
    const { session } = await mainJob({});
    await session.page.openNote("Garden/Tomatoes.md");
    const badge = session.page.page.locator(".workspace-leaf.mod-active .vib-note-badge");
    await expect.poll(() => badge.getAttribute("data-state")).toBe("safe");
    const before = session.google?.library.items().length ?? 0;
    session.google?.faults.script({ on: "upload", do: "delay", hold: "until the badge was seen" });

    await session.page.paste(
      await withOnePixelChanged(imagesOf(SAMPLE_VAULT).find(isPng)?.bytes),
      "image/png",
    );
    await expect.poll(() => badge.getAttribute("data-state")).toBe("partly");

    session.google?.faults.release("until the badge was seen");
    await expect.poll(() => badge.getAttribute("data-state"), { timeout: 20_000 }).toBe("safe");
    expect(session.google?.library.items()).toHaveLength(before + 1);
  });
});

function isPng(image: ImageOnDisk): boolean {
  return image.path.endsWith(".png") && image.bytes.subarray(1, 4).toString() === "PNG";
}

async function withOnePixelChanged(png: Uint8Array | undefined): Promise<Uint8Array> {
  const { data, info } = await sharp(png).raw().toBuffer({ resolveWithObject: true });
  data[0] = ((data[0] ?? 0) + 128) % 256;
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer();
}
