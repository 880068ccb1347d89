/**
 * Drives the real Obsidian through the main job, with the emulator in Google's place.
 *
 *   npm run real-obsidian [-- VERSION]     an Obsidian version; the latest where none is named
 *
 * It downloads the app, and installs its own packages into this folder. Where the app cannot be had, it says so in a
 * sentence and ends with status 3.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startGoogleFront } from "./google-front";
import { mainJob } from "./main-job";

const HERE = import.meta.dirname;
const PROJECT = path.join(HERE, "..", "..");
const OUT = path.join(PROJECT, "out", "real-obsidian");
const NOT_HAD = 3;

/** Where the app's releases come from. */
const RELEASES = "https://releases.obsidian.md/";

class NotHad extends Error {}

function npm(...args: string[]): number | null {
  const shell = process.platform === "win32";
  return spawnSync("npm", args, { cwd: HERE, stdio: "inherit", shell }).status;
}

async function prepare(): Promise<void> {
  try {
    await fetch(RELEASES, { method: "HEAD", signal: AbortSignal.timeout(20_000) });
  } catch {
    throw new NotHad();
  }
  const there = fs.existsSync(path.join(HERE, "node_modules", "wdio-obsidian-service"));
  if (!there && npm("install", "--no-package-lock", "--no-save") !== 0) throw new NotHad();
  const built = spawnSync(process.execPath, ["esbuild.config.mjs"], { cwd: PROJECT, stdio: "inherit" });
  if (built.status !== 0) throw new Error("The plugin could not be built; see above.");
}

/** The three files of the plugin in a folder of its name, as a person installs them. */
function pluginFolder(around: string): string {
  const folder = path.join(around, "vault-image-backup");
  fs.mkdirSync(folder);
  for (const file of ["main.js", "manifest.json", "styles.css"]) {
    fs.copyFileSync(path.join(PROJECT, file), path.join(folder, file));
  }
  return folder;
}

async function run(version: string): Promise<void> {
  await prepare();
  const around = fs.mkdtempSync(path.join(os.tmpdir(), "real obsidian "));
  const front = await startGoogleFront();
  try {
    const { startWdioSession } = await import("wdio-obsidian-service");
    const app = await startWdioSession({
      capabilities: {
        browserName: "obsidian",
        browserVersion: version,
        "wdio:obsidianOptions": {
          installerVersion: "latest",
          vault: path.join(PROJECT, "test", "vault"),
          plugins: [{ path: pluginFolder(around), enabled: false }],
        },
        "goog:chromeOptions": { args: [...front.chromiumArgs] },
      },
      cacheDir: path.join(OUT, "app"),
      logLevel: "error",
    });
    try {
      console.log(`Obsidian ${app.getObsidianVersion()}`);
      await mainJob(app, front.google, path.join(OUT, "pictures"));
    } finally {
      await app.deleteSession();
    }
  } finally {
    await front.close();
    fs.rmSync(around, { recursive: true, force: true });
  }
}

try {
  await run(process.argv[2] ?? "latest");
  console.log(`The main job works in the real app. Pictures: ${path.join(OUT, "pictures")}`);
} catch (error) {
  if (error instanceof NotHad) {
    console.error("The Obsidian app cannot be had here, so this test has not been run.");
    process.exitCode = NOT_HAD;
  } else {
    console.error(error);
    process.exitCode = 1;
  }
}
