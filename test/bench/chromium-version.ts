import { spawnSync } from "node:child_process";
import { chromiumPath } from "../../scripts/ready.mjs";

/** The browser that the benches run in, as it says itself. */
export function chromiumVersion(): string {
  const { stdout } = spawnSync(chromiumPath(), ["--version"], { encoding: "utf8" });
  return stdout.trim().split("\n").at(-1) ?? "";
}
