import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GooglePhotos } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import { startStrictGoogle } from "../strict-google";
import { Device, eventually, temporaryFolder } from "./device";

const folder = temporaryFolder();
const vault = path.join(folder.path, "Notes");
const ORIGINALS = Array.from({ length: 30 }, (_, n) => `img/A long name of a drawing, number ${n}.png`);
const SMALLER = ["photo 1.jpg", "photo 2.jpg"];

let google: GooglePhotos;
let device: Device;
const before = new Map<string, string>();

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

function put(image: string, bytes: Uint8Array): void {
  fs.writeFileSync(path.join(vault, image), bytes);
  before.set(image, sha256(bytes));
}

/** Over the megabyte below which Storage saver leaves a photo as it is. */
function largePhoto(): Promise<Buffer> {
  const raw = { width: 1800, height: 1200, channels: 3 } as const;
  return sharp(randomBytes(raw.width * raw.height * 3), { raw })
    .blur(1.5)
    .jpeg({ quality: 100 })
    .toBuffer();
}

/** What Google's export makes of a library: names cut, doubled ones numbered, a JSON file beside each. */
function exportTo(place: string): void {
  const album = path.join(place, "Takeout", "Google Photos", "Notes");
  fs.mkdirSync(album, { recursive: true });
  for (const [n, { id, filename, mimeType }] of google.library.items().entries()) {
    const name = `${filename.slice(0, 12)}(${n}).${mimeType === "image/jpeg" ? "jpg" : "png"}`;
    fs.writeFileSync(path.join(album, name), google.library.bytesOf(id));
    fs.writeFileSync(path.join(album, `${name.slice(0, 40)}.json`), JSON.stringify({ title: filename }));
  }
  fs.writeFileSync(path.join(album, "not ours.png"), png(99));
  fs.writeFileSync(path.join(place, "Takeout", "archive_browser.html"), "<html></html>");
}

beforeAll(async () => {
  fs.mkdirSync(path.join(vault, "img"), { recursive: true });
  for (const [n, image] of ORIGINALS.entries()) put(image, png(n + 1, n % 3));
  const links = [...ORIGINALS, ...SMALLER].map((image) => `![[${path.basename(image)}]]`);
  fs.writeFileSync(path.join(vault, "Note.md"), links.join("\n\n"));
  google = await startStrictGoogle();
  device = await Device.open({ google, vault, device: path.join(folder.path, "device") });
  await device.calm();
  await device.close();
  for (const image of SMALLER) put(image, await largePhoto());
  device = await Device.open({
    google,
    vault,
    device: path.join(folder.path, "device"),
    settings: { quality: "storage-saver" },
  });
  expect(await device.calm()).toMatchObject({ found: 32, backedUp: 32 });
});

afterAll(async () => {
  await device.close();
  await google.close();
  folder.remove();
});

describe("a report", () => {
  async function write(name: string): Promise<void> {
    await device.run("export-report");
    const { page } = device.app;
    await page.locator(".vib-report input").fill(name);
    await page.locator(".vib-report").getByRole("button", { name: "Write report" }).click();
  }

  /** A file's text, once there is some: a file is there before anything is in it. */
  async function written(name: string): Promise<string> {
    const file = path.join(vault, name);
    const text = (): string => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "");
    await eventually(text).toMatch(/\n$/);
    return text();
  }

  it("lists every image in a table, in a note, or as JSON, where the person wants it", async () => {
    await write("Reports/all.csv");
    const csv = (await written("Reports/all.csv")).trim().split("\r\n");
    expect(csv).toHaveLength(33);
    expect(csv[0]).toBe("Image,State,Backed up since,Quality,Notes,In Google Photos");
    expect(csv[1]).toMatch(
      /^"img\/A long name of a drawing, number 0\.png",Backed up\. It is in your Google Photos\.,\d{4}-\d\d-\d\dT[\d:.]+Z,Original,Note,https?:\/\/[^/]+\/lr\/photo\//,
    );
    expect(csv.at(-1)).toContain("photo 2.jpg,Backed up");
    await write("all.md");
    const lines = (await written("all.md")).trim().split("\n");
    expect(lines).toHaveLength(34);
    expect(new Set(lines.map((line) => line.split(" | ").length))).toEqual(new Set([6]));
    const rows = JSON.parse(await device.app.cli("vault-image-backup:report")) as { quality: string }[];
    expect(rows.map(({ quality }) => quality).sort()).toEqual([
      ...ORIGINALS.map(() => "original"),
      ...SMALLER.map(() => "storage-saver"),
    ]);
  });

  it("is never written over a file", async () => {
    fs.writeFileSync(path.join(vault, "mine.csv"), "mine");
    await write("mine.csv");
    const said = device.app.page.locator(".vib-report");
    await eventually(() => said.textContent()).toContain("Choose a name that no file has");
    expect(fs.readFileSync(path.join(vault, "mine.csv"), "utf8")).toBe("mine");
    await device.app.page.keyboard.press("Escape");
  });
});

describe("an export from Google", () => {
  it("gives missing originals back byte for byte, whatever became of their names, and smaller ones as copies", async () => {
    const place = path.join(folder.path, "export");
    exportTo(place);
    for (const image of [...ORIGINALS, ...SMALLER]) fs.rmSync(path.join(vault, image));
    await eventually(() => device.status()).toMatchObject({ found: 0, missing: 32 });
    google.requests.clear();

    await device.run("restore-export");
    const { page } = device.app;
    const chooser = page.waitForEvent("filechooser");
    await page.locator(".vib-export").getByRole("button", { name: "Choose folder…" }).click();
    await (await chooser).setFiles(place);

    await eventually(() => device.status()).toMatchObject({
      found: 32,
      missing: 0,
      backedUp: 32,
      waiting: 0,
    });
    await eventually(async () => (await device.app.notices()).join()).toContain(
      "Restored: 32, of these byte for byte: 30",
    );
    const same = [...before].filter(
      ([image, hash]) => sha256(fs.readFileSync(path.join(vault, image))) === hash,
    );
    expect(same.map(([image]) => image)).toEqual(ORIGINALS);
    const sizes = await Promise.all(
      SMALLER.map(async (image) => (await sharp(path.join(vault, image)).metadata()).width),
    );
    expect(sizes).toEqual([1800, 1800]);
    expect(google.requests.counts()).toEqual({ uploads: 0, creates: 0, other: 0 });
  });
});
