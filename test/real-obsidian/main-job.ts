import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { ObsidianBrowser } from "wdio-obsidian-service";
import { imageKind } from "../../src/model";
import { stripDate } from "../picture/strip-date";
import type { GooglePhotos } from "../google-photos";

const PLUGIN = "vault-image-backup";
const FIVE_MINUTES = 300_000;

interface Status {
  readonly hold: string | null;
  readonly looked: boolean;
  readonly waiting: number;
  readonly failed: number;
  readonly backedUp: number;
}

async function status(app: ObsidianBrowser): Promise<Status> {
  const { stdout } = await app.getObsidianPage().runObsidianCli([`${PLUGIN}:status`]);
  return JSON.parse(stdout) as Status;
}

async function until(done: () => Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + FIVE_MINUTES;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`After five minutes still not: ${what}`);
    await pause(500);
  }
}

/** Puts a client and a sign-in into the app's secrets, as if the person had signed in, and turns the plugin on. */
async function signInAndEnable(app: ObsidianBrowser, google: GooglePhotos): Promise<void> {
  const { client } = google;
  const { refreshToken } = google.signIn();
  const secrets = {
    [`${PLUGIN}-client`]: JSON.stringify(client),
    [`${PLUGIN}-sign-in`]: JSON.stringify({ refreshToken, clientId: client.id }),
  };
  await app.executeObsidian(({ app: obsidian }, given) => {
    for (const [id, value] of Object.entries(given)) obsidian.secretStorage.setSecret(id, value);
  }, secrets);
  await app.getObsidianPage().enablePlugin(PLUGIN);
}

/** Fingerprints of all image files of a vault. */
function fingerprintsIn(vault: string): ReadonlySet<string> {
  const files = fs.readdirSync(vault, { recursive: true, encoding: "utf8" });
  const images = files.filter((file) => !file.startsWith(".") && imageKind(file) !== undefined);
  return new Set(images.map((file) => sha256(fs.readFileSync(path.join(vault, file)))));
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/**
 * The main job in the real app: signed in, a person starts the first backup, all of it arrives, and nothing of the
 * vault is changed. Leaves three pictures.
 *
 * @throws where any of it is otherwise
 */
export async function mainJob(app: ObsidianBrowser, google: GooglePhotos, pictures: string): Promise<void> {
  fs.mkdirSync(pictures, { recursive: true });
  const picture = (name: string) => app.saveScreenshot(path.join(pictures, `${name}.png`));
  const vault = app.getObsidianPage().getVaultPath();
  const before = fingerprintsIn(vault);

  await signInAndEnable(app, google);
  await until(async () => (await status(app)).looked, "the vault looked through");
  assert.equal((await status(app)).hold, "first-use");
  await picture("1-before");

  await app.executeObsidianCommand(`${PLUGIN}:back-up-vault-images`);
  const confirm = app.$(".modal .mod-cta");
  await confirm.waitForDisplayed();
  await picture("2-what-cannot-be-taken-back");
  await confirm.click();
  await until(async () => (await status(app)).waiting === 0, "all images backed up");
  await app.executeObsidianCommand(`${PLUGIN}:open-status`);
  await picture("3-backed-up");

  const { failed, hold, backedUp } = await status(app);
  assert.deepEqual({ failed, hold }, { failed: 0, hold: null });
  const items = google.library.items();
  assert.ok(items.length > 0 && items.length <= backedUp, `${items.length} items for ${backedUp} images`);
  for (const { id, filename } of items) {
    const sent = stripDate(Uint8Array.from(google.library.bytesOf(id)));
    assert.ok(before.has(sha256(sent)), `${filename} holds the bytes of no file of the vault`);
  }
  assert.deepEqual(fingerprintsIn(vault), before, "an image of the vault was changed");
}
