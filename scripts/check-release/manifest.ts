import { releaseNotes } from "./changelog";
import { readJson, type Faults, type Project } from "./project";

/** The directory's review flags any other key. */
const KEYS = [
  ...["id", "name", "version", "minAppVersion", "description", "author", "isDesktopOnly"],
  ...["authorUrl", "fundingUrl"],
];
const NEEDED = ["id", "name", "version", "minAppVersion", "description", "author", "isDesktopOnly"];

const VERSION = /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)$/;

/** What is wrong with manifest.json by itself, as the community directory's review reads it. */
export function manifestFaults(project: Project): Faults {
  const manifest = readJson(project, "manifest.json");
  const text = (key: string): string => {
    const value = manifest[key];
    return typeof value === "string" ? value : "";
  };
  const faults = NEEDED.filter((key) => manifest[key] === undefined).map((key) => `manifest: no ${key}`);
  for (const key of Object.keys(manifest)) {
    if (!KEYS.includes(key)) faults.push(`manifest: unknown key ${key}`);
  }
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(`manifest: ${fault}`);
  };

  const id = text("id");
  must(/^[a-z]+(?:-[a-z]+)*$/.test(id), "the id must be lower-case letters and hyphens");
  must(!id.includes("obsidian"), "the id must not name Obsidian");
  must(!id.endsWith("plugin"), "the id must not end in “plugin”");

  const name = text("name");
  must(/^[\x20-\x7e]+$/.test(name), "the name must be basic Latin");
  must(!/obsi|sidian/i.test(name), "the name must not play on Obsidian's");
  must(!/plugin/i.test(name), "the name must not say “plugin”");

  const description = text("description");
  must(
    description.length >= 10 && description.length <= 250,
    "the description must have 10 to 250 characters",
  );
  must(/^[A-Z][A-Za-z0-9 .,!?'"-]*\.$/.test(description), "the description must be a plain sentence");
  must(!/obsidian|plugin/i.test(description), "the description must not say “Obsidian” or “plugin”");

  must(VERSION.test(text("version")), "the version must be x.y.z");
  must(VERSION.test(text("minAppVersion")), "minAppVersion must be x.y.z");
  must(manifest["isDesktopOnly"] === false, "isDesktopOnly must be false: phones are supported");
  for (const key of ["authorUrl", "fundingUrl"]) must(manifest[key] !== "", `${key} must not be empty`);
  return faults;
}

/** Whether everything that names the version names the same one. */
export function versionFaults(project: Project): Faults {
  const manifest = readJson(project, "manifest.json");
  const { version, minAppVersion } = manifest;
  const said = String(version);
  const faults: string[] = [];
  const own = readJson(project, "package.json");
  if (own["version"] !== version) faults.push(`package.json is not at ${said}`);
  const lock = readJson(project, "package-lock.json");
  const locked = (lock["packages"] as Record<string, { version?: unknown }> | undefined)?.[""];
  if (lock["version"] !== version || locked?.version !== version) {
    faults.push(`package-lock.json is not at ${said}`);
  }
  const versions = readJson(project, "versions.json");
  if (versions[said] !== minAppVersion) {
    faults.push(`versions.json must map ${said} to ${String(minAppVersion)}`);
  }
  for (const [key, value] of Object.entries(versions)) {
    if (!VERSION.test(key) || typeof value !== "string" || !VERSION.test(value)) {
      faults.push(`versions.json: ${key} and what it maps to must be x.y.z`);
    }
  }
  if (releaseNotes(project.read("CHANGELOG.md") ?? "", said) === undefined) {
    faults.push(`CHANGELOG.md says nothing of ${said}`);
  }
  return faults;
}
