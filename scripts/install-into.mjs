/**
 * Builds the plugin and puts it into a vault, as a person would by hand.
 *
 *   npm run install-into -- PATH
 *
 * PATH is the vault's folder. Only the three files of the plugin are written: what it has saved there itself,
 * its settings and its ledger, stays as it is.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const files = ["main.js", "manifest.json", "styles.css"];

/** Why this cannot be a vault to install into, in a sentence; undefined where it can. */
function faultOf(vault) {
  if (vault === undefined) return "Which vault? Name its folder: npm run install-into -- PATH";
  if (!isFolder(vault)) return `There is no folder ${resolve(vault)}.`;
  if (!isFolder(join(vault, ".obsidian"))) {
    return `${resolve(vault)} is no vault: it holds no .obsidian folder. Open it in Obsidian once, or name the vault's top folder.`;
  }
  return undefined;
}

function isFolder(path) {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function installInto(vault) {
  const build = spawnSync(process.execPath, ["esbuild.config.mjs"], { cwd: root, stdio: "inherit" });
  if (build.status !== 0) throw new Error("The plugin could not be built; nothing was copied.");
  const { id, name } = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8"));
  const folder = join(vault, ".obsidian", "plugins", id);
  mkdirSync(folder, { recursive: true });
  for (const file of files) copyFileSync(join(root, file), join(folder, file));
  return `${name} is in ${folder}. In Obsidian, turn it on under Settings, Community plugins (or reload it there).`;
}

try {
  // npm runs scripts in the project's folder; a relative path is meant from where the person stands.
  const given = process.argv[2];
  const vault = given === undefined ? undefined : resolve(process.env.INIT_CWD ?? process.cwd(), given);
  const fault = faultOf(vault);
  if (fault) throw new Error(fault);
  console.log(installInto(vault));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
