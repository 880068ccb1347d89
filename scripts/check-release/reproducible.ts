import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the build reads. */
const SOURCES = [
  "src",
  "esbuild.config.mjs",
  "scripts",
  "LICENSE",
  "package.json",
  "tsconfig.json",
  "manifest.json",
  "styles.css",
];

/**
 * Builds the plugin in a folder of another name, as the review does.
 *
 * @returns the text of main.js
 * @throws Error  where the build fails, with what it printed
 */
export function buildElsewhere(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "another build "));
  try {
    for (const path of SOURCES) cpSync(join(root, path), join(folder, path), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"), "junction");
    const build = spawnSync(process.execPath, ["esbuild.config.mjs"], { cwd: folder, encoding: "utf8" });
    if (build.status !== 0) throw new Error(`The plugin could not be built:\n${build.stdout}${build.stderr}`);
    return readFileSync(join(folder, "main.js"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
