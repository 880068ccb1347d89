import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { BrowserContext } from "playwright-core";

const run = promisify(execFile);

/** Ends the browser that runs on a profile, all its processes at once, without asking it. */
export async function killBrowser(context: BrowserContext, userDataDir: string): Promise<void> {
  const gone = new Promise((resolve) => context.once("close", resolve));
  for (const pid of await processesOn(userDataDir)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch (error) {
      // It went together with the one before it.
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
  await gone;
}

/** The browser's own process first, then those it started; each names the profile in its arguments. */
async function processesOn(userDataDir: string): Promise<number[]> {
  const { stdout } = await run("ps", ["-axww", "-o", "pid=,command="], { maxBuffer: 32 * 1024 * 1024 });
  const lines = stdout.split("\n").filter((line) => line.includes(`--user-data-dir=${userDataDir}`));
  const isChild = (line: string): number => Number(line.includes("--type="));
  return lines.sort((a, b) => isChild(a) - isChild(b)).map((line) => parseInt(line, 10));
}
