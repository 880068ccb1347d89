import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { versionFaults } from "../../scripts/check-release/manifest";

const ROOT = path.join(import.meta.dirname, "..", "..");
const FILES = [
  "package.json",
  "package-lock.json",
  "manifest.json",
  "versions.json",
  "scripts/new-version.mjs",
];
const around = fs.mkdtempSync(path.join(os.tmpdir(), "new version "));

afterEach(() => {
  fs.rmSync(around, { recursive: true });
});

describe("npm version", () => {
  it("leaves nothing to do but the changelog", () => {
    fs.mkdirSync(path.join(around, "scripts"));
    for (const file of FILES) fs.copyFileSync(path.join(ROOT, file), path.join(around, file));
    const run = spawnSync("npm", ["version", "98.7.6", "--no-git-tag-version"], {
      cwd: around,
      encoding: "utf8",
      shell: process.platform === "win32",
    });
    expect(run.stdout).toContain("are at 98.7.6, for Obsidian");
    const faults = versionFaults({
      tracked: FILES,
      read: (file) => {
        const there = path.join(around, file);
        return fs.existsSync(there) ? fs.readFileSync(there, "utf8") : undefined;
      },
    });
    expect(faults).toEqual(["CHANGELOG.md says nothing of 98.7.6"]);
    const before = JSON.parse(fs.readFileSync(path.join(ROOT, "versions.json"), "utf8")) as object;
    const after = JSON.parse(fs.readFileSync(path.join(around, "versions.json"), "utf8")) as object;
    expect(after).toMatchObject(before);
  });
});
