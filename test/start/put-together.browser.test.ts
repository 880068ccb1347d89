import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { eventually, Stage } from "../sign-in/stage";

const DATA = path.join("vault", ".obsidian", "plugins", "vault-image-backup", "data.json");

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

describe("on a phone", () => {
  it("one image is on its way at a time, and what is over the phone's limit is left", async () => {
    stage = await Stage.begin();
    const { faults } = stage.google;
    faults.script({ on: "upload", do: "delay", hold: "on the way", times: "always" });
    const onTheWay = faults.whenHeld("on the way");
    const settings = { started: true, phoneLimit: 25 };
    const device = await stage.device({ mode: "phone", signedIn: true, images: 8, settings });
    await onTheWay;
    const large = path.join(device.folder, "vault", "large.png");
    fs.copyFileSync(path.join(device.folder, "vault", "picture 0.png"), large);
    fs.truncateSync(large, 25_000_001);
    await eventually(() => device.status()).toMatchObject({ skippedBy: { "too-large-phone": 1 } });
    expect(faults.struck(), "uploads under way").toEqual({ delay: 1 });
    faults.clear();
    await eventually(() => device.status()).toMatchObject({ backedUp: 8, waiting: 0, failed: 0 });
  });

  it("there is nothing in a status bar that nobody sees, and no export to be chosen from a folder", async () => {
    const of = (stage = await Stage.begin());
    const offered = async (mode: "desktop" | "phone"): Promise<readonly [boolean, number]> => {
      const { app } = await of.device({ mode });
      const commands = (await app.commands()).map(({ id }) => id);
      return [commands.includes("vault-image-backup:restore-export"), (await app.statusBar()).length];
    };
    expect(await offered("desktop")).toEqual([true, 1]);
    expect(await offered("phone")).toEqual([false, 0]);
  });
});

describe("settings that a sync service brings while the vault is open", () => {
  it("are followed at once", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ signedIn: true, settings: { started: true } });
    await eventually(() => device.status()).toMatchObject({ backedUp: 1, hold: null });
    const file = path.join(device.folder, DATA);
    const now = JSON.parse(fs.readFileSync(file, "utf8")) as object;
    fs.writeFileSync(file, JSON.stringify({ ...now, automatic: false }));
    await eventually(() => device.status()).toMatchObject({ backedUp: 1, hold: "off" });
  });
});
