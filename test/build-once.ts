import { spawnSync } from "node:child_process";
import path from "node:path";

/** Builds the plugin before tests, benches or pictures load it into a page, so that they never see an older one. */
export default function buildOnce(): void {
  const project = path.join(import.meta.dirname, "..");
  const built = spawnSync(process.execPath, ["esbuild.config.mjs"], { cwd: project, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`The plugin could not be built:\n${built.stderr}`);
}
