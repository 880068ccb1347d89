import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The project as a release sees it. */
export interface Project {
  /** Paths under version control, with `/` between folders. */
  readonly tracked: readonly string[];
  /** Text of a file; `undefined` where there is none. */
  read(path: string): string | undefined;
}

/** What a rule finds wrong, in sentences; none where all is well. */
export type Faults = readonly string[];

/**
 * The project in a folder.
 *
 * @throws Error  where the folder is not under version control: what would be published cannot be told then
 */
export function projectIn(root: string): Project {
  const listed = spawnSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" });
  if (listed.status !== 0) throw new Error(`${root} is not under version control: ${listed.stderr.trim()}`);
  return {
    tracked: listed.stdout.split("\0").filter((path) => path !== ""),
    read(path) {
      try {
        return readFileSync(join(root, path), "utf8");
      } catch {
        return undefined;
      }
    },
  };
}

/** A JSON file as an object; an empty one where it is missing or is no object, which other rules tell of. */
export function readJson(project: Project, path: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(project.read(path) ?? "{}");
    if (typeof parsed === "object" && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Told of by the rule that wants the file.
  }
  return {};
}
