import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import path from "node:path";

const PROJECT = path.join(import.meta.dirname, "../../..");

/** Starts a TypeScript file of the project in a process of its own; its lines go to `hear`. */
export function startProcess(
  file: string,
  args: readonly string[],
  hear: (line: string) => void,
): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: PROJECT,
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", hear);
  return child;
}

/** Kills a process and all that it started, a browser included, at once and without asking. */
export async function killHard(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  for (const pid of family(child.pid)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It went together with the one before it.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  await gone;
}

function family(root: number): readonly number[] {
  const pairs = execFileSync("ps", ["-axo", "pid=,ppid="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const found = [root];
  for (const parent of found) for (const [pid = 0, of] of pairs) if (of === parent) found.push(pid);
  return found;
}
