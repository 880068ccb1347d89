/**
 * Everything that must hold, in one run: the build, the checks side by side, then the tests. A failing step does not
 * stop the others, so that one run shows all there is to mend.
 *
 *   npm test [-- ARGUMENTS]     ARGUMENTS go to vitest
 *
 * The last line is `N passed, N failed`, with `, N skipped` where any were; the status is 1 if anything failed.
 */
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is counted. */
interface TestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; status: string; message: string; assertionResults: { status: string }[] }[];
}

const root = join(import.meta.dirname, "..");

interface Check {
  name: string;
  script: string;
}

const build: Check = { name: "build", script: "build" };

/** Two rows that run side by side and take about as long. */
const checks: Check[][] = [
  [{ name: "lint", script: "check:lint" }],
  [
    { name: "types", script: "check:types" },
    { name: "format", script: "check:format" },
    { name: "rooms", script: "check:rooms" },
    { name: "dead code", script: "check:dead" },
  ],
];

/** Runs one npm script of the project and shows what it printed only where it fails. */
async function check({ name, script }: Check): Promise<boolean> {
  const started = performance.now();
  const npm = process.env["npm_execpath"];
  const args = ["run", "--silent", script];
  const options = { cwd: root, maxBuffer: 64 * 1024 * 1024 };
  const { failure, said } = await new Promise<{ failure: Error | null; said: string }>((resolve) => {
    const tell = (failure: Error | null, out: string, error: string): void =>
      resolve({ failure, said: out + error });
    if (npm) execFile(process.execPath, [npm, ...args], options, tell);
    else execFile("npm", args, { ...options, shell: process.platform === "win32" }, tell);
  });
  console.log(`${name} … ${failure === null ? "ok" : "FAILED"} (${secondsSince(started)} s)`);
  if (failure !== null) process.stdout.write(said === "" ? `${failure.message}\n` : said);
  return failure === null;
}

async function checkAll(row: readonly Check[]): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const one of row) results.push(await check(one));
  return results;
}

/** Runs vitest with its own output shown, and counts from the report it writes beside. */
function runTests(args: string[]): Count {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "vault-image-backup-tests-"));
  const report = join(folder, "report.json");
  try {
    console.log("tests …");
    const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const run = spawnSync(process.execPath, [vitest, "run", ...reporters, ...args], {
      cwd: root,
      stdio: "inherit",
    });
    const count = countOf(report);
    // Vitest also fails for what belongs to no test: an error nobody caught, a filter that matches no file.
    if (run.status !== 0 && count.failed === 0) count.failed = 1;
    console.log(`tests ${count.failed === 0 ? "ok" : "FAILED"} (${secondsSince(started)} s)`);
    return count;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countOf(path: string): Count {
  let report: TestReport;
  try {
    report = JSON.parse(readFileSync(path, "utf8")) as TestReport;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // it ended before it could write one
  }
  // A file that fails outside its tests (it does not load, a hook throws) has no failed test to be counted by.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

const results = [await check(build), ...(await Promise.all(checks.map(checkAll))).flat()];
const tests = runTests(process.argv.slice(2));
const passed = results.filter((result) => result).length + tests.passed;
const failed = results.filter((result) => !result).length + tests.failed;

process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed${tests.skipped > 0 ? `, ${tests.skipped} skipped` : ""}`);
