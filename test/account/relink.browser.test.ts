import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { fingerprintFrom, sentName, type Quality } from "../../src/model";
import type { GooglePhotos } from "../google-photos";
import { PlainClient } from "../google-photos/plain-client";
import { png } from "../google-photos/sample-pictures";
import { startStrictGoogle } from "../strict-google";
import { Session } from "../start/session";
import { Device, eventually, temporaryFolder } from "./device";

const folder = temporaryFolder();
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

afterAll(() => folder.remove());

/** An image's item as the plugin makes it: in the vault's album, its name with the mark. */
interface Seed {
  readonly bytes: Uint8Array;
  readonly name: string;
}

/** Puts items into one album, as an earlier backup has left them. */
async function seed(google: GooglePhotos, title: string, seeds: readonly Seed[]): Promise<string> {
  const client = new PlainClient(google);
  const albumId = await client.album(title);
  for (let at = 0; at < seeds.length; at += 50) {
    const batch = await Promise.all(
      seeds
        .slice(at, at + 50)
        .map(async ({ bytes, name }) => ({ token: await client.tokenFor(bytes), fileName: name })),
    );
    await client.create(batch, { albumId });
  }
  return albumId;
}

/** How bytes look that another device, or another encoder, has made of an image. */
const otherwise = (bytes: Uint8Array): Uint8Array => Buffer.concat([bytes, Buffer.from("another encoder")]);

function marked(stem: string, bytes: Uint8Array, quality: Quality): string {
  const fingerprint = fingerprintFrom(createHash("sha256").update(bytes).digest("hex"));
  return sentName(stem, fingerprint, quality, "png");
}

describe("a ledger that was lost", () => {
  it.each(["original", "storage-saver"] as const)(
    "after 500 images in quality %s is rebuilt, unattended, by seven requests, and nothing is sent",
    async (quality) => {
      const vault = path.join(folder.path, quality, "Notes");
      fs.mkdirSync(vault, { recursive: true });
      const images = Array.from({ length: 500 }, (_, n) => ({ stem: String(n), bytes: png(n + 1) }));
      for (const { stem, bytes } of images) fs.writeFileSync(path.join(vault, `${stem}.png`), bytes);
      const dataDir = path.join(vault, ".obsidian", "host", "google-photos");
      const before = await startStrictGoogle({ dataDir });
      await seed(
        before,
        "Notes",
        images.map(({ stem, bytes }) => ({
          bytes: otherwise(bytes),
          name: marked(stem, bytes, quality),
        })),
      );
      await before.close();

      // What `npm start -- --in-place --exit` does.
      const options = { vault, inPlace: true, google: undefined, exit: true, json: undefined };
      const session = await Session.open({ ...options, settings: { quality } });
      closers.push(() => session.close());
      await session.signIn();
      await session.backUp();
      const { requests, ...summary } = session.summary(await session.settle(() => undefined), 0);
      expect(summary).toMatchObject({ found: 500, backedUp: 500, failed: 0, waiting: 0, missing: 0 });
      expect(requests).toMatchObject({ uploads: 0, creates: 0 });
      expect(requests.other).toBeLessThanOrEqual(7);
      expect(session.google?.library.items()).toHaveLength(500);
    },
  );
});

describe("finding in the account what is there", () => {
  it("leaves other vaults' items alone, and asks about those whose mark is gone", async () => {
    const google = await startStrictGoogle();
    closers.push(() => google.close());
    const vault = path.join(folder.path, "guess", "Notes");
    fs.mkdirSync(vault, { recursive: true });
    const names = ["A walk along the river in May", "Sketch", "Old map", "Shared"];
    const images = names.map((stem, n) => ({ stem, bytes: png(n + 1) }));
    for (const { stem, bytes } of images) fs.writeFileSync(path.join(vault, `${stem}.png`), bytes);
    // One name was cut in the middle of its mark, one has lost it, one is of another size; one lies in another vault.
    const [walk, sketch, map, shared] = images.map(({ bytes }) => bytes);
    if (!walk || !sketch || !map || !shared) throw new Error("four images");
    const cut = marked("A walk along the river in May", walk, "original").replace(
      /[0-9a-f]{9}o\.png$/,
      ".png",
    );
    await seed(google, "Notes", [
      { bytes: otherwise(walk), name: cut },
      { bytes: otherwise(sketch), name: "Sketch.png" },
      {
        bytes: fs.readFileSync(path.join(import.meta.dirname, "../vault/House/tiles.png")),
        name: "Old map.png",
      },
    ]);
    const elsewhere = await seed(google, "Work", [
      { bytes: otherwise(shared), name: marked("Shared", shared, "original") },
    ]);
    const device = await Device.open({ google, vault, device: path.join(folder.path, "guess", "device") });
    closers.push(() => device.close());

    expect(await device.calm()).toMatchObject({ backedUp: 2, skipped: 2, skippedBy: { "maybe-there": 2 } });
    expect(google.library.items()).toHaveLength(6);
    const album = google.library.albums().find(({ id }) => id === elsewhere);
    expect(album?.itemIds).toHaveLength(1);
    expect((await device.rows("attention"))["Sketch.png"]).toContain("An image of the same name and size");

    await device.choose("Sketch.png", "It is this one");
    await device.choose("A walk along the river in May.png", "Back up again");
    await eventually(() => device.status()).toMatchObject({ backedUp: 4, skipped: 0 });
    expect(google.library.items()).toHaveLength(7);
  });
});
