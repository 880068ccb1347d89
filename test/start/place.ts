import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { UsageError, type StartOptions } from "./options";

/** The folder that the host works on. */
export interface Place {
  readonly vault: string;
  /** What is kept beside the vault's plugin data from run to run. */
  readonly keep: string;
  remove(): void;
}

/** Folders of a vault that belong to this machine or to version control, and are not copied. */
const NOT_COPIED = new Set([".git", path.join(".obsidian", "host")]);

/** Prepares the folder to work on: the vault itself, or a copy of it that is removed at the end. */
export function preparePlace({ vault, inPlace }: StartOptions): Place {
  if (!fs.existsSync(vault) || !fs.statSync(vault).isDirectory()) {
    throw new UsageError(`There is no folder ${vault}.`);
  }
  if (inPlace) return { vault, keep: path.join(vault, ".obsidian", "host"), remove: () => undefined };
  const around = fs.mkdtempSync(path.join(os.tmpdir(), "vault-image-backup-"));
  const copy = path.join(around, path.basename(vault));
  fs.cpSync(vault, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter: (from) => !NOT_COPIED.has(path.relative(vault, from)),
  });
  return {
    vault: copy,
    keep: path.join(copy, ".obsidian", "host"),
    remove: () => fs.rmSync(around, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Writes plugin settings down before the plugin is loaded; what is there already stays, where they do not name it. */
export function writeSettings(place: Place, pluginId: string, settings: Record<string, unknown>): void {
  if (Object.keys(settings).length === 0) return;
  const file = path.join(place.vault, ".obsidian", "plugins", pluginId, "data.json");
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as object) : {};
  fs.writeFileSync(file, JSON.stringify({ ...before, ...settings }, undefined, 2));
}
