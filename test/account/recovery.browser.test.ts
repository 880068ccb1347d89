import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GooglePhotos } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import { startStrictGoogle } from "../strict-google";
import { Device, eventually, temporaryFolder } from "./device";

const HOUR = 3_600_000;
const folder = temporaryFolder();
const vault = path.join(folder.path, "Notes");

/** 25 drawings without a date of their own, and 10 photos with one. */
const IMAGES = Array.from({ length: 35 }, (_, n) => (n < 25 ? `img/drawing ${n}.png` : `photo ${n}.jpg`));

let google: GooglePhotos;
let device: Device;
const before = new Map<string, string>();

beforeAll(async () => {
  fs.mkdirSync(path.join(vault, "img"), { recursive: true });
  for (const [n, image] of IMAGES.entries()) {
    const bytes = image.endsWith(".png") ? png(n + 1) : await photo(n);
    fs.writeFileSync(path.join(vault, image), bytes);
    before.set(image, sha256(bytes));
  }
  // Links as people write them: a whole path, a name alone, and Markdown's own.
  const links = IMAGES.map((image, n) =>
    n % 3 === 0 ? `![[${image}]]` : n % 3 === 1 ? `![[${path.basename(image)}]]` : `![](<${image}>)`,
  );
  fs.writeFileSync(path.join(vault, "Note.md"), links.join("\n\n"));
  google = await startStrictGoogle();
  device = await Device.open({ google, vault, device: path.join(folder.path, "device") });
  expect(await device.calm()).toMatchObject({ backedUp: 35 });
});

afterAll(async () => {
  await device.close();
  await google.close();
  folder.remove();
});

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function photo(n: number): Promise<Buffer> {
  const pixels = Buffer.from(Array.from({ length: 40 * 30 * 3 }, (_, at) => (at * 7 + n * 31) % 256));
  return sharp(pixels, { raw: { width: 40, height: 30, channels: 3 } })
    .withExif({ IFD2: { DateTimeOriginal: "2021:02:03 04:05:06" } })
    .jpeg()
    .toBuffer();
}

function itemOf(image: string) {
  const stem = path.basename(image).replace(/\.\w+$/, "");
  const item = google.library.items().find(({ filename }) => filename.startsWith(`${stem} ~`));
  if (item === undefined) throw new Error(`no item of ${image}`);
  return item;
}

async function check(): Promise<void> {
  const asked = google.requests.next(({ call }) => call === "mediaItems.batchGet");
  await device.run("check-google-photos");
  await asked;
}

describe("checking what is in Google Photos", () => {
  const gone = ["img/drawing 0.png", "img/drawing 1.png", "img/drawing 2.png", "photo 30.jpg"] as const;

  it("finds each item that is in the bin, with one request for fifty, and sends none unasked", async () => {
    for (const image of gone) google.library.bin(itemOf(image).id);
    await device.wait(2 * HOUR);
    google.requests.clear();
    await check();
    await eventually(() => device.status()).toMatchObject({ removed: 4, backedUp: 31, waiting: 0 });
    expect(Object.keys(await device.rows("removed")).sort()).toEqual([...gone].sort());
    const calls = google.requests.all().map(({ call }) => call);
    expect(calls.filter((call) => call === "mediaItems.batchGet")).toHaveLength(1);
    expect(google.requests.counts()).toMatchObject({ uploads: 0, creates: 0 });
    expect((await device.app.notices()).join()).toContain("No longer in Google Photos: 4");
    await device.run("back-up-vault-images");
    await check();
    expect(google.requests.counts()).toMatchObject({ uploads: 0, creates: 0 });
  });

  it("tells the truth where sending again succeeds and the image stays in the bin", async () => {
    await device.rows("removed");
    await device.choose(gone[0], "Back up again");
    await eventually(async () => (await device.rows("removed"))[gone[0]]).toContain(
      "It lies in the trash of Google Photos",
    );
    expect(google.requests.counts()).toMatchObject({ uploads: 1, creates: 1 });
    expect(itemOf(gone[0]).binned).toBe(true);
    expect(await device.status()).toMatchObject({ removed: 4, backedUp: 31 });
  });

  it("notices what was taken out of the bin, and sends nothing for it", async () => {
    google.library.restoreFromBin(itemOf(gone[0]).id);
    google.library.restoreFromBin(itemOf(gone[1]).id);
    await device.choose(gone[1], "Back up again");
    await check();
    await eventually(() => device.status()).toMatchObject({ removed: 2, backedUp: 33 });
    expect(google.requests.counts()).toMatchObject({ uploads: 1, creates: 1 });
  });

  it("leaves and forgets what the person wants left or forgotten, over a restart too", async () => {
    await device.rows("removed");
    await device.choose(gone[2], "Leave it as it is");
    await eventually(async () => (await device.rows("removed"))[gone[2]]).toContain("you leave it so");
    await device.choose(gone[3], "Forget it");
    await eventually(async () => (await device.rows("skipped"))[gone[3]]).toContain("You left it out");
    expect(await device.rows("attention")).toEqual({});
    const asItWas = await device.status();
    expect(asItWas).toMatchObject({ removed: 1, skippedBy: { forgotten: 1 }, waiting: 0 });
    device = await device.reopen();
    expect(await device.calm()).toEqual(asItWas);
    expect(google.requests.counts()).toMatchObject({ uploads: 1, creates: 1 });
    google.set({ binnedReupload: "restored" });
    await device.rows("skipped");
    await device.choose(gone[3], "Back up again");
    await eventually(() => device.status()).toMatchObject({ removed: 1, backedUp: 34 });
    google.set({ binnedReupload: "stays-binned" });
    google.library.restoreFromBin(itemOf(gone[2]).id);
    await check();
    await eventually(() => device.status()).toMatchObject({ backedUp: 35 });
  });
});

describe("images that are lost from the vault", () => {
  const lost = IMAGES.slice(3, 33);

  it("are missing where notes embed them, and all come back: where notes expect them, and not sent anew", async () => {
    for (const image of lost) fs.rmSync(path.join(vault, image));
    await eventually(() => device.status()).toMatchObject({ found: 5, missing: 30 });
    // What a start reads of the ledger is not what a run has written.
    device = await device.reopen();
    await eventually(async () => Object.keys(await device.rows("missing"))).toContain("drawing 10.png");
    google.set({ recompressed: true });
    google.requests.clear();
    await device.run("restore-missing");
    const asked = device.app.page.locator(".vib-restore");
    expect(await asked.textContent()).toContain("Google hands back its own copy");
    await asked.getByRole("button", { name: "Restore", exact: true }).click();
    await eventually(() => device.status()).toMatchObject({
      found: 35,
      missing: 0,
      backedUp: 35,
      waiting: 0,
    });
    await eventually(async () => (await device.app.notices()).join()).toContain(
      "Restored: 30, of these byte for byte: 22",
    );
    expect(google.requests.counts()).toMatchObject({ uploads: 0, creates: 0 });
    const same = lost.filter(
      (image) => sha256(fs.readFileSync(path.join(vault, image))) === before.get(image),
    );
    // Google compressed the photos anew.
    expect(same).toEqual(lost.filter((image) => image.endsWith(".png")));
    expect((await sharp(path.join(vault, "photo 26.jpg")).metadata()).width).toBe(40);
  });

  it("say in the view whether they are the same to the last bit, and the note shows them", async () => {
    await eventually(() => device.rows("backed-up")).toMatchObject({
      "img/drawing 0.png": "Backed up",
      "img/drawing 10.png": expect.stringContaining("Restored byte for byte.") as string,
    });
    await device.app.page.locator(".vib-list").evaluate((list) => (list.scrollTop = list.scrollHeight));
    const copy = device.app.page.locator('.vib-image-row[data-path="photo 26.jpg"] .vib-row-state');
    await eventually(() => copy.textContent()).toContain("Restored as Google’s own copy.");
    await device.app.openNote("Note.md", "preview");
    await eventually(() =>
      device.app.page
        .locator(".markdown-preview-view img")
        .evaluateAll(
          (images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length,
        ),
    ).toBe(35);
  });

  it("are not sent after a restart either", async () => {
    device = await device.reopen();
    expect(await device.calm()).toMatchObject({ found: 35, backedUp: 35, missing: 0 });
    expect(google.requests.counts()).toMatchObject({ uploads: 0, creates: 0 });
  });

  it("stand apart where no note asks for them, and come back one by one, or are forgotten", async () => {
    fs.writeFileSync(path.join(vault, "Note.md"), "Nothing here any more.\n");
    for (const image of ["img/drawing 5.png", "photo 33.jpg"]) fs.rmSync(path.join(vault, image));
    await eventually(() => device.rows("only")).toEqual({
      "img/drawing 5.png": expect.stringContaining("Only in Google Photos") as string,
      "photo 33.jpg": expect.stringContaining("Only in Google Photos") as string,
    });
    expect(await device.status()).toMatchObject({ found: 33, missing: 0 });
    await device.choose("img/drawing 5.png", "Restore…");
    await device.app.page
      .locator(".vib-restore")
      .getByRole("button", { name: "Restore", exact: true })
      .click();
    await eventually(() => device.status()).toMatchObject({ found: 34, backedUp: 34 });
    await eventually(async () => Object.keys(await device.rows("only"))).toEqual(["photo 33.jpg"]);
    const question = device.app.page.locator(".modal", { hasText: "this plugin can never restore it" });
    await device.choose("photo 33.jpg", "Forget it");
    expect(await question.textContent()).toContain("Only in Google Photos: 1.");
    await question.getByRole("button", { name: "Cancel" }).click();
    await device.run("check-google-photos");
    expect(Object.keys(await device.rows("only"))).toEqual(["photo 33.jpg"]);
    await device.choose("photo 33.jpg", "Forget it");
    await question.getByRole("button", { name: "Forget it" }).click();
    await eventually(() => device.rows("only")).toEqual({});
    expect(google.requests.counts()).toMatchObject({ uploads: 0, creates: 0 });
  });
});
