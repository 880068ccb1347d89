import fs from "node:fs";
import path from "node:path";

/** One JSON file of string-keyed values that is written whole on every change. */
class StoredMap {
  readonly #values: Map<string, string>;

  constructor(readonly file: string) {
    this.#values = new Map(Object.entries(readJson<Record<string, string>>(file) ?? {}));
  }

  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  set(key: string, value: string | null): void {
    if (value === null) this.#values.delete(key);
    else this.#values.set(key, value);
    writeJson(this.file, this.entries());
  }

  entries(): Record<string, string> {
    return Object.fromEntries(this.#values);
  }
}

/**
 * What belongs to a device and not to the vault: secrets, what `saveLocalStorage` keeps, the last layout, and whether
 * a person has enabled the plugin here before. Kept from run to run.
 */
export class DeviceStorage {
  readonly secrets: StoredMap;
  readonly localStorage: StoredMap;
  readonly #notes: StoredMap;

  constructor(readonly folder: string) {
    fs.mkdirSync(folder, { recursive: true });
    this.secrets = new StoredMap(path.join(folder, "secrets.json"));
    this.localStorage = new StoredMap(path.join(folder, "local-storage.json"));
    this.#notes = new StoredMap(path.join(folder, "device.json"));
  }

  get browserProfile(): string {
    return path.join(this.folder, "chromium");
  }

  get layout(): string | null {
    return this.#notes.get("layout");
  }

  set layout(json: string | null) {
    this.#notes.set("layout", json);
  }

  hasEnabled(plugin: string): boolean {
    return this.#notes.get(`enabled:${plugin}`) !== null;
  }

  rememberEnabled(plugin: string): void {
    if (!this.hasEnabled(plugin)) this.#notes.set(`enabled:${plugin}`, new Date().toISOString());
  }
}

function readJson<T>(file: string): T | null {
  if (!fs.existsSync(file)) return null;
  return JSON.parse(fs.readFileSync(file, "utf8")) as T;
}

// Written beside and moved over, so that a run that is killed leaves the old file or the new one.
function writeJson(file: string, value: unknown): void {
  fs.writeFileSync(`${file}.new`, JSON.stringify(value, null, 2), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}
