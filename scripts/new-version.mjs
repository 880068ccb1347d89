/**
 * Puts the version that `npm version` has chosen into manifest.json, and what it needs of Obsidian into versions.json.
 *
 *   npm version 1.2.3 --no-git-tag-version     npm runs this by itself
 *
 * Uses nothing but Node itself, and works in the folder it is called in, as npm does.
 */
import { readFileSync, writeFileSync } from "node:fs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));
const write = (file, content) => writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`);

const { version } = read("package.json");
const manifest = read("manifest.json");
write("manifest.json", { ...manifest, version });
write("versions.json", { ...read("versions.json"), [version]: manifest.minAppVersion });
console.log(
  `manifest.json and versions.json are at ${version}, for Obsidian ${manifest.minAppVersion} or later.`,
);
