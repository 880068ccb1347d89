/**
 * Prints what the changelog says of a version, for the release page.
 *
 *   npx tsx scripts/check-release/notes.ts 1.2.3
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { releaseNotes } from "./changelog";

const version = process.argv[2] ?? "";
const changelog = readFileSync(join(import.meta.dirname, "..", "..", "CHANGELOG.md"), "utf8");
const notes = releaseNotes(changelog, version);
if (notes === undefined) {
  console.error(`CHANGELOG.md says nothing of ${version}.`);
  process.exitCode = 1;
} else {
  console.log(notes);
}
