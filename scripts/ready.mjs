/**
 * Sees to it that everything a command needs is there: the right Node, the packages of the lock file and,
 * unless `--packages` is given, a Chromium. Silent and quick where all is there already.
 *
 *   node scripts/ready.mjs [--packages]
 *
 * Uses nothing but Node itself, since it runs before any package is installed.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { obtainChromium } from "./chromium.mjs";

export { chromiumPath, findChromium } from "./chromium.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The oldest Node that does, as `package.json` names it under `engines`: "20.19". */
function oldestNode() {
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return engines.node.replace(/[^\d.]/g, "");
}

/** Why this Node does not do, in a sentence; undefined where it does. */
function nodeFault() {
  const [wantedMajor, wantedMinor = 0] = oldestNode().split(".").map(Number);
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return undefined;
  return `Node ${oldestNode()} or later is needed, this is ${process.versions.node}. Install a current one from https://nodejs.org and run the command again.`;
}

/** Whether npm would install this entry of a lock file on this machine. Where libc decides, it cannot be said: no. */
function belongsHere(entry) {
  if (!entry.optional && !entry.devOptional) return true;
  if (!entry.os || !entry.cpu || entry.libc) return false;
  return entry.os.includes(process.platform) && entry.cpu.includes(process.arch);
}

/**
 * Whether `node_modules` holds what the lock file names. npm writes down what it installed in
 * `node_modules/.package-lock.json`, as the last thing it does, so an interrupted install is noticed too.
 */
function packagesAreInstalled() {
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return false;
  }
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const present = installed[path];
    if (!present) return !belongsHere(entry);
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** Installs the packages of the lock file; answers what went wrong, in a sentence, or undefined. */
function installPackages() {
  console.log("Installing the packages of the lock file (npm ci) …");
  // The npm that started us is preferred: another one in PATH may belong to another Node.
  const npm = process.env.npm_execpath;
  const args = ["ci", "--include=dev", "--loglevel=error"];
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (run.status === 0) return undefined;
  return "The packages could not be installed; npm's own message is above. With a network and npm in order, run the command again.";
}

async function makeReady(packagesOnly) {
  const node = nodeFault();
  if (node) return node;
  if (!packagesAreInstalled()) {
    const packages = installPackages();
    if (packages) return packages;
  }
  return packagesOnly ? undefined : obtainChromium();
}

function startedByItself() {
  const script = process.argv[1];
  return script !== undefined && realpathSync(script) === realpathSync(fileURLToPath(import.meta.url));
}

if (startedByItself()) {
  const fault = await makeReady(process.argv.includes("--packages"));
  if (fault) {
    console.error(fault);
    process.exit(1);
  }
}
