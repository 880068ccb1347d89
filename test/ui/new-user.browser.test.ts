import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { GooglePhotos } from "../google-photos";
import { openHost, startHost, type Host, type HostPage } from "../obsidian-host";
import { startStrictGoogle } from "../strict-google";
import { giveConsent } from "../start/consent";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

let folder: string;
let google: GooglePhotos;
let server: Host;
let app: HostPage;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "vib-new-user-"));
  const vault = path.join(folder, "vault");
  fs.cpSync(path.join(ROOT, "test/vault"), vault, { recursive: true });
  // The one broken file of the sample vault would rightly ask for attention.
  fs.rmSync(path.join(vault, "Inbox/scan 12.png"));
  google = await startStrictGoogle({ dataDir: path.join(folder, "google") });
  server = await startHost({
    vault,
    plugin: ROOT,
    google: google.origin,
    device: path.join(folder, "device"),
  });
  app = await openHost(server);
});

afterAll(async () => {
  await app.close();
  await server.close();
  await google.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

it("a new user with a client's file gets from enabling to “Backup complete” by what the view says", async () => {
  const { page } = app;
  // Enabling has opened the view with its steps.
  const view = page.locator(".vib-status-view");
  await view.getByText("Backup has not started yet", { exact: true }).waitFor();
  await view.getByRole("button", { name: "Set up, step by step" }).click();

  const account = page.locator(".vib-account-modal");
  const { id, secret } = google.client;
  const file = JSON.stringify({ installed: { client_id: id, client_secret: secret } });
  await account.locator("input[type=file]").setInputFiles({
    name: "client_secret.json",
    mimeType: "application/json",
    buffer: Buffer.from(file),
  });
  const opened = new Promise<string>((resolve) => server.setOpenExternal(resolve));
  await account.getByRole("button", { name: "Sign in", exact: true }).click();
  await giveConsent(app.context, await opened);
  await account.getByText("Signed in as").waitFor();
  await page.keyboard.press("Escape");

  const step = await view.locator(".vib-steps").textContent();
  expect(step).toMatch(/\d+ images of this vault are chosen/);
  expect(google.library.items(), "nothing is sent before the last step").toHaveLength(0);
  await view.getByRole("button", { name: "Start backup…" }).click();
  await page.getByText("The files in your vault stay as they are.").waitFor();
  expect(google.library.items()).toHaveLength(0);
  await page.getByRole("button", { name: /^Back up \d+ images$/ }).click();

  await view.getByText("Backup complete", { exact: true }).waitFor({ timeout: 60_000 });
  expect(google.library.items().length).toBeGreaterThan(20);
  await expect
    .poll(() => app.notices())
    .toContainEqual(expect.stringMatching(/^First backup complete: \d+ images are in your Google Photos\.$/));
});
