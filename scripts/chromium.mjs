/**
 * Finds a Chromium on this machine and, where there is none, gets one: Playwright's own download first, since
 * it needs no rights, then the system's package manager.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants, openSync, readSync, closeSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline/promises";

const MINUTE = 60_000;

const advice =
  "Install Chromium or Google Chrome by hand, or set CHROMIUM_PATH to the program, and run the command again.";

/**
 * Path of the Chromium that browser tests start.
 *
 * @throws Error where none is installed, with what to do next
 */
export function chromiumPath() {
  const path = findChromium();
  if (!path) throw new Error(`No Chromium was found. ${advice}`);
  return path;
}

/**
 * Path of an installed Chromium (or Chrome, or Edge), undefined where there is none.
 *
 * @throws Error where `CHROMIUM_PATH` names no file
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!isProgram(named)) throw new Error(`CHROMIUM_PATH names no program: ${named}`);
    return named;
  }
  return usualPlaces().find((path) => isProgram(path) && !isSnapAdvertisement(path)) ?? playwrightsOwn();
}

/** Where Chromium and its relatives lie, by system, the plainest first. */
function usualPlaces() {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  if (process.platform === "win32") {
    const { PROGRAMFILES, LOCALAPPDATA } = process.env;
    const bases = [PROGRAMFILES, process.env["PROGRAMFILES(X86)"], LOCALAPPDATA].filter(Boolean);
    const programs = [
      "Chromium\\Application\\chrome.exe",
      "Google\\Chrome\\Application\\chrome.exe",
      "Microsoft\\Edge\\Application\\msedge.exe",
    ];
    return programs.flatMap((program) => bases.map((base) => join(base, program)));
  }
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"];
  const folders = [...path, "/usr/bin", "/usr/local/bin", "/snap/bin"];
  const places = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  if (process.platform !== "darwin") return places;
  const apps = ["Chromium", "Google Chrome", "Microsoft Edge"];
  const bases = ["/Applications", join(process.env.HOME ?? "", "Applications")];
  // The apps come first: what Homebrew links into PATH is a script that starts them.
  return [
    ...apps.flatMap((app) => bases.map((base) => `${base}/${app}.app/Contents/MacOS/${app}`)),
    ...places,
  ];
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Ubuntu's `chromium-browser` may be a script that only says which snap to install. */
function isSnapAdvertisement(path) {
  if (!path.endsWith("chromium-browser")) return false;
  const head = Buffer.alloc(4096);
  const file = openSync(path, "r");
  const length = readSync(file, head, 0, head.length, 0);
  closeSync(file);
  const text = head.subarray(0, length).toString("latin1");
  return text.startsWith("#!") && text.includes("requires the chromium snap");
}

/** The browser that Playwright has downloaded, if it is there and its system libraries are. */
function playwrightsOwn() {
  let path;
  try {
    path = createRequire(import.meta.url)("playwright-core").chromium.executablePath();
  } catch {
    return undefined; // the packages are not installed
  }
  return path && isProgram(path) && starts(path) ? path : undefined;
}

function starts(path) {
  // On Windows `--version` opens a window instead; the download brings all it needs there anyway.
  if (process.platform === "win32") return true;
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: MINUTE / 2 }).status === 0;
}

/** Sees to it that there is a Chromium; answers why not, in a sentence, or undefined. */
export async function obtainChromium() {
  try {
    if (findChromium()) return undefined;
    console.log("No Chromium was found on this machine.");
    if (await downloadWithPlaywright()) return undefined;
    if (await installWithPackageManager()) return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return `There is no Chromium to run in. ${advice}`;
}

async function downloadWithPlaywright() {
  console.log("Trying Playwright's own download …");
  const cli = join(dirname(createRequire(import.meta.url).resolve("playwright-core")), "cli.js");
  const run = await runQuietly(process.execPath, [cli, "install", "--no-shell", "chromium"], 10 * MINUTE, {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "10000",
  });
  if (run.ended && findChromium()) {
    console.log("Playwright's Chromium is installed.");
    return true;
  }
  console.log(
    run.ended
      ? "It is downloaded but does not start: libraries of the system are missing."
      : `It failed: ${run.fault}`,
  );
  return false;
}

async function installWithPackageManager() {
  const other = { darwin: "brew install --cask chromium", win32: "winget install Google.Chrome" }[
    process.platform
  ];
  if (other) return hint(other);
  if (!onPath("apt-get")) {
    if (onPath("dnf")) return hint("sudo dnf install chromium");
    if (onPath("pacman")) return hint("sudo pacman -S chromium");
    return false;
  }
  const install = ["install", "-y", "--no-install-recommends", "chromium"];
  const sudo = process.getuid?.() === 0 ? [] : ["sudo"];
  const personSits = process.stdin.isTTY && process.stdout.isTTY && !process.env.CI;
  if (personSits) {
    if (!(await agreed("May Chromium be installed with apt-get? [Y/n] "))) return false;
    // Asks for the password now, so that the quiet run below never waits for one.
    if (sudo.length > 0 && spawnSync("sudo", ["-v"], { stdio: "inherit" }).status !== 0) return false;
  } else if (sudo.length > 0 && spawnSync("sudo", ["-n", "true"], { stdio: "ignore" }).status !== 0) {
    return hint("sudo apt-get install chromium");
  }
  console.log("Installing Chromium with apt-get …");
  for (const step of [["update"], install]) {
    const [program, ...args] = [...sudo, "apt-get", "-q", ...step];
    const run = await runQuietly(program, args, 10 * MINUTE, { DEBIAN_FRONTEND: "noninteractive" });
    // A single unreachable list fails the update, yet the package may still be had.
    if (!run.ended && step === install) console.log(`apt-get failed: ${run.fault}`);
  }
  if (!findChromium()) return false;
  console.log("Chromium is installed.");
  return true;
}

function hint(command) {
  console.log(`This would install it: ${command}`);
  return false;
}

function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => isProgram(join(folder, program)));
}

async function agreed(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^(y|yes)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

/**
 * Runs a program without showing what it prints.
 *
 * @returns whether it ended well, and if not, the last lines it printed
 */
function runQuietly(program, args, limitMs, environment) {
  return new Promise((resolve) => {
    // A group of its own where systems have groups, so that the limit also ends what the program started.
    const grouped = process.platform !== "win32";
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
      detached: grouped,
    });
    const stop = () => {
      if (child.pid !== undefined) process.kill(grouped ? -child.pid : child.pid, "SIGTERM");
    };
    let printed = "";
    let late = false;
    const limit = setTimeout(() => {
      late = true;
      stop();
    }, limitMs);
    const interrupted = () => {
      stop();
      process.exit(130);
    };
    process.once("SIGINT", interrupted);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
    const finish = (ended, fault) => {
      clearTimeout(limit);
      process.off("SIGINT", interrupted);
      resolve({ ended, fault });
    };
    child.on("error", (error) => finish(false, error.message));
    child.on("close", (status) => {
      if (late) return finish(false, `it took longer than ${limitMs / MINUTE} minutes`);
      finish(status === 0, lastLines(printed));
    });
  });
}

/** The end of what a program printed, without stack traces and progress bars. */
function lastLines(text) {
  const lines = text
    .split(/[\n\r]/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("at ") && !line.includes("%"));
  return lines.slice(-2).join("\n  ");
}
