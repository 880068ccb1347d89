import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markOfName } from "../../src/model";
import type { GooglePhotos } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import { startStrictGoogle } from "../strict-google";
import { Device, eventually, PLUGIN_FOLDER, temporaryFolder } from "./device";

const HOUR = 3_600_000;
const folder = temporaryFolder();
const vaultOf = (name: string): string => path.join(folder.path, name, "Notes");

let google: GooglePhotos;
let desk: Device;
let lap: Device;
let images = 0;

beforeAll(async () => {
  google = await startStrictGoogle();
  for (const name of ["desk", "lap"]) fs.mkdirSync(vaultOf(name), { recursive: true });
  desk = await open("desk", { dates: true });
  // Without a date in the copy, and so with other bytes for the same image.
  lap = await open("lap", { dates: false });
});

afterAll(async () => {
  await desk.close();
  await lap.close();
  await google.close();
  folder.remove();
});

function open(name: string, settings: Readonly<Record<string, unknown>>, signedIn = true): Promise<Device> {
  const device = path.join(folder.path, name, "device");
  return Device.open({ google, vault: vaultOf(name), device, settings, signedIn });
}

/** A new image that no other is like; its name tells no date. */
function draw(name: "desk" | "lap"): string {
  images += 1;
  const file = `picture ${images}.png`;
  fs.writeFileSync(path.join(vaultOf(name), file), png(images));
  return file;
}

/** What a sync tool does once: copies what is new, and with `plugin` the plugin's journals too. */
function sync(from: string, to: string, plugin: boolean): void {
  const copy = (place: string): void => {
    const source = path.join(vaultOf(from), place);
    if (!fs.existsSync(source)) return;
    for (const { name } of fs
      .readdirSync(source, { withFileTypes: true })
      .filter((entry) => entry.isFile())) {
      const target = path.join(vaultOf(to), place, name);
      const isNews =
        !fs.existsSync(target) || fs.statSync(target).size < fs.statSync(path.join(source, name)).size;
      if (!isNews) continue;
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.copyFileSync(path.join(source, name), target);
    }
  };
  copy("");
  if (plugin) copy(path.join(PLUGIN_FOLDER, "ledger"));
}

/** Every fingerprint that lies in a vault, by its first 16 digits. */
function fingerprints(name: string): string[] {
  return fs
    .readdirSync(vaultOf(name))
    .filter((file) => file.endsWith(".png"))
    .map((file) =>
      createHash("sha256")
        .update(fs.readFileSync(path.join(vaultOf(name), file)))
        .digest("hex"),
    )
    .map((fingerprint) => fingerprint.slice(0, 16))
    .sort();
}

const inGoogle = (): string[] =>
  google.library
    .items()
    .filter(({ binned }) => !binned)
    .map(({ filename }) => markOfName(filename)?.slice(0, 16) ?? filename)
    .sort();

/** Has a device back up all that lies in its vault: what comes from the other one it would leave to that for five minutes. */
async function complete(name: "desk" | "lap"): Promise<void> {
  const found = fingerprints(name).length;
  const device = name === "desk" ? desk : lap;
  await eventually(() => device.status()).toMatchObject({ found });
  await device.run("back-up-vault-images");
  await eventually(() => device.status()).toMatchObject({ found, backedUp: found, waiting: 0 });
}

async function comeToTheFront(device: Device): Promise<void> {
  await device.app.page.evaluate(() => window.dispatchEvent(new Event("focus")));
}

async function expectAgreement(): Promise<void> {
  await complete("desk");
  await complete("lap");
  const all = [...new Set([...fingerprints("desk"), ...fingerprints("lap")])].sort();
  expect(inGoogle(), "every fingerprint once").toEqual(all);
}

describe("two devices that encode differently, with a sync tool between them", () => {
  it("that does not carry the plugin's folder: each image once, and both say so in the end", async () => {
    draw("desk");
    draw("desk");
    await complete("desk");
    sync("desk", "lap", false);
    await complete("lap");
    draw("lap");
    await complete("lap");
    sync("lap", "desk", false);
    draw("desk");
    await expectAgreement();
    sync("desk", "lap", false);
    await expectAgreement();
    expect(fingerprints("desk")).toEqual(fingerprints("lap"));
    const bytes = google.library.items().map(({ id }) => google.library.bytesOf(id).length);
    expect(new Set(bytes).size, "copies with and without a date").toBeGreaterThan(1);
  });

  it("that is an hour late", async () => {
    draw("desk");
    draw("lap");
    await complete("desk");
    await complete("lap");
    for (const device of [desk, lap]) await device.wait(HOUR);
    google.clock.advance(HOUR);
    sync("desk", "lap", false);
    sync("lap", "desk", false);
    await expectAgreement();
    expect(fingerprints("desk")).toEqual(fingerprints("lap"));
  });

  it("that carries everything at once, the journals too", async () => {
    for (let round = 0; round < 2; round += 1) {
      draw("desk");
      await complete("desk");
      sync("desk", "lap", true);
      await comeToTheFront(lap);
      await complete("lap");
      draw("lap");
      await complete("lap");
      sync("lap", "desk", true);
      await comeToTheFront(desk);
      await expectAgreement();
    }
  });

  it("that goes one way only", async () => {
    draw("lap");
    await complete("lap");
    draw("desk");
    await complete("desk");
    sync("desk", "lap", false);
    await expectAgreement();
    expect(fingerprints("lap")).toHaveLength(fingerprints("desk").length + 1);
  });
});

describe("two devices that meet in the window", () => {
  it("notice it, show it, and count one; what is deleted of it is noticed too", async () => {
    google.set({ listLagMs: HOUR, countLagMs: HOUR });
    const both = draw("desk");
    fs.copyFileSync(path.join(vaultOf("desk"), both), path.join(vaultOf("lap"), both));
    await complete("desk");
    await complete("lap");
    const doubles = google.library.items().filter(({ filename }) => filename.startsWith(both.slice(0, -4)));
    expect(doubles).toHaveLength(2);
    google.clock.advance(2 * HOUR);
    google.set({ listLagMs: 0, countLagMs: 0 });
    for (const device of [desk, lap]) {
      await device.wait(2 * HOUR);
      await device.run("check-google-photos");
      await eventually(async () => (await device.rows("backed-up"))[both]).toContain(
        "It is in Google Photos more than once.",
      );
    }
    await complete("desk");
    google.library.bin(doubles[1]?.id ?? "");
    for (const device of [desk, lap]) {
      await device.run("check-google-photos");
      await eventually(async () => (await device.rows("backed-up"))[both]).toBe("Backed up");
      expect(await device.status()).toMatchObject({ removed: 0, waiting: 0 });
    }
  });
});

describe("a device without sign-in", () => {
  it("shows what the journals that reached it say, and that it is so", async () => {
    for (const name of ["third", "third/device"])
      fs.mkdirSync(path.join(folder.path, name), { recursive: true });
    fs.mkdirSync(vaultOf("third"), { recursive: true });
    sync("desk", "third", true);
    fs.writeFileSync(path.join(vaultOf("third"), "new here.png"), png(1_000));
    const third = await open("third", {}, false);
    try {
      const count = fingerprints("desk").length;
      await eventually(() => third.status()).toMatchObject({
        backedUp: count,
        waiting: 1,
        hold: "signed-out",
      });
      const row = (await third.rows("backed-up"))["picture 1.png"];
      expect(row).toContain("Nobody is signed in here.");
    } finally {
      await third.close();
    }
  });
});
