import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/*
 * Every command that the documentation names is run: here, on a copy of the project, or by the test, script or
 * workflow that stands beside it. A command that is new in a page has no row, and fails until it has one.
 */

const ROOT = path.join(import.meta.dirname, "..", "..");
const PAGES = [
  "README.md",
  ...["docs", "docs/decisions", "test/google-photos", "test/real-obsidian"].flatMap((folder) =>
    fs
      .readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith(".md"))
      .map((file) => path.join(folder, file)),
  ),
];

/** Where a command is run that this file does not run itself: a file, and what stands in it. */
type RunElsewhere = readonly [file: string, words: string];

const ELSEWHERE: Readonly<Record<string, RunElsewhere>> = {
  "npm start": [".github/workflows/long.yml", "npm start -- --exit"],
  "npm start -- --in-place --vault DIR": ["test/start/main-job.browser.test.ts", "inPlace: true"],
  "npm start -- --google URL --client-id ID --client-secret SECRET --refresh-token any": [
    "test/start/kills/cli.ts",
    '"--google", origin',
  ],
  "npm ci": ["scripts/ready.mjs", '"ci"'],
  "npm test": [".github/workflows/check.yml", "npm test"],
  "npm run prove": [".github/workflows/long.yml", "npm run prove"],
  "npm run prove -- npm-10": ["scripts/prove/parts.ts", 'name: "npm-10"'],
  "npm run prove -- lint-without-types": ["scripts/prove/parts.ts", 'name: "lint-without-types"'],
  "npm run check": [".github/workflows/long.yml", "npm run check\n"],
  "npm run check:types": ["scripts/test.ts", '"check:types"'],
  "npm run check:rooms": ["scripts/test.ts", '"check:rooms"'],
  "npm run check:release": ["test/release/check-release.test.ts", "checkRelease(ROOT)"],
  "npm run build": ["scripts/test.ts", 'script: "build"'],
  "npm run bench": [".github/workflows/long.yml", "npm run bench"],
  "npm run screenshots": [".github/workflows/long.yml", "npm run screenshots"],
  "npm run real-obsidian": [".github/workflows/real-obsidian.yml", "npm run real-obsidian"],
  "npm version 1.2.3 --no-git-tag-version": ["test/release/new-version.test.ts", '"--no-git-tag-version"'],
};

/** The commands of a page: those in code, and the lines of its shell blocks. */
function commandsIn(page: string): string[] {
  const text = fs.readFileSync(path.join(ROOT, page), "utf8");
  const blocks = [...text.matchAll(/^```(?:sh)?\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block.split("\n"),
  );
  const inline = [...text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/`([^`]+)`/g)].map(
    ([, code = ""]) => code,
  );
  return [...blocks, ...inline]
    .map((line) => line.replace(/\s+# .*$/, "").trim())
    .filter((line) => /^(?:npm|npx|node|git|curl) /.test(line));
}

const commands = [...new Set(PAGES.flatMap(commandsIn))].sort();

/** Runs a command of the documentation in a folder, as a shell does. */
function run(command: string, cwd: string): { readonly status: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(command, { cwd, shell: true, encoding: "utf8" });
  return { status, said: stdout + stderr };
}

let around = "";
let copy = "";
beforeAll(() => {
  around = fs.mkdtempSync(path.join(os.tmpdir(), "commands "));
  copy = path.join(around, "project");
  const tracked = spawnSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" }).stdout;
  for (const file of tracked
    .split("\0")
    .filter((name) => name !== "" && fs.existsSync(path.join(ROOT, name)))) {
    fs.mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
    fs.copyFileSync(path.join(ROOT, file), path.join(copy, file));
  }
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(copy, "node_modules"), "junction");
});

const emulators: ChildProcess[] = [];
afterAll(() => {
  for (const { pid } of emulators) if (pid !== undefined) process.kill(-pid, "SIGTERM");
  fs.rmSync(around, { recursive: true, force: true, maxRetries: 5 });
});

/** Starts the emulator as the documentation says; answers its address once it tells it. */
function emulatorsAddress(command: string): Promise<string> {
  const started = spawn(command, {
    cwd: copy,
    shell: true,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  emulators.push(started);
  return new Promise((resolve, reject) => {
    let said = "";
    started.stdout.on("data", (part: Buffer) => {
      said += part.toString();
      const address = /emulator at (\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    started.once("exit", () => reject(new Error(`the emulator ended: ${said}`)));
  });
}

const installed = (vault: string): string[] =>
  fs.readdirSync(path.join(vault, ".obsidian/plugins/vault-image-backup")).sort();

/** What is run here, by how the command begins. */
const HERE: Readonly<Record<string, (command: string) => void | Promise<void>>> = {
  "npm start -- --help": (command) => {
    expect(run(command, copy)).toMatchObject({
      status: 0,
      said: expect.stringContaining("--exit") as string,
    });
  },
  "npm run install-into -- ": (command) => {
    const vault = fs.mkdtempSync(path.join(around, "vault "));
    const there = command.replace(/(-- ).*/, `$1"${vault}"`);
    expect(run(there, copy).said).toContain("is no vault");
    fs.mkdirSync(path.join(vault, ".obsidian"));
    expect(run(there, copy)).toMatchObject({
      status: 0,
      said: expect.stringContaining("turn it on") as string,
    });
    expect(installed(vault)).toEqual(["main.js", "manifest.json", "styles.css"]);
  },
  "node esbuild.config.mjs --dev": (command) => {
    expect(run(command, copy).status).toBe(0);
    expect(fs.readFileSync(path.join(copy, "main.js"), "utf8")).toContain("//# sourceMappingURL=data:");
  },
  "npm run format": (command) => {
    const small = fs.mkdtempSync(path.join(around, "small "));
    for (const file of ["package.json", ".prettierrc.json"])
      fs.copyFileSync(path.join(ROOT, file), path.join(small, file));
    fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(small, "node_modules"), "junction");
    fs.writeFileSync(path.join(small, "a.ts"), "const a   = 'b'");
    expect(run(command, small).status).toBe(0);
    expect(fs.readFileSync(path.join(small, "a.ts"), "utf8")).toBe('const a = "b";\n');
  },
  "npm run make-sample-vault": (command) => {
    const picture = path.join(copy, "test", "vault", "attachments", "seed packets.webp");
    const right = fs.readFileSync(picture);
    fs.rmSync(picture);
    expect(run(command, copy).status).toBe(0);
    expect(fs.readFileSync(picture).equals(right)).toBe(true);
  },
  "npm run simulate -- ": (command) => {
    const { status, said } = run(command.replace(/\d{3,}/, "3"), copy);
    expect(said).toMatch(/failed: 0/);
    expect(status).toBe(0);
  },
  "npm run google-photos": async (command) => {
    const address = await emulatorsAddress(command.replace(/ --? \[.*| \[.*/, ""));
    expect((await fetch(`${address}/gallery`)).status).toBe(200);
  },
  "curl ": async (command) => {
    const address = await emulatorsAddress("npm run google-photos");
    const [, where = "", body = ""] = /POST 127\.0\.0\.1:PORT(\S+) -d '(.*)'$/.exec(command) ?? [];
    const answer = await fetch(`${address}${where}`, { method: "POST", body });
    expect(answer.status).toBe(200);
    expect(where).toBe("/control/faults");
  },
  "npx vitest run ": (command) => {
    const { status, said } = run(command.replace("vitest run", "vitest list --filesOnly"), ROOT);
    expect(status).toBe(0);
    for (const filter of command.split(" ").filter((word) => word.startsWith("test/")))
      expect(said).toContain(filter);
  },
  "git tag ": (command) => {
    const [origin, work] = ["origin.git", "work"].map((name) => path.join(around, name));
    const as = "-c user.name=a -c user.email=a@example.com";
    run(`git init -q --bare "${origin}" && git clone -q "${origin}" "${work}"`, around);
    run(`git ${as} commit -q --allow-empty -m "a version"`, work ?? "");
    expect(run(command, work ?? "").status).toBe(0);
    expect(run("git tag --list", origin ?? "").said.trim()).toMatch(/^\d+\.\d+\.\d+$/);
    expect(run("git log --branches --format=%s", origin ?? "").said.trim()).toBe("a version");
  },
};

describe("every command of the documentation", () => {
  it("is found", () => {
    expect(commands.length).toBeGreaterThan(25);
  });

  it.each(commands)("%s is run", { timeout: 120_000 }, async (command) => {
    const here = Object.keys(HERE).find((beginning) => command.startsWith(beginning));
    if (here !== undefined) return HERE[here]?.(command);
    const base = command.replace(/ -- (?:uploads|pictures|1\.13\.0)$/, "");
    const [file, words] = ELSEWHERE[command] ??
      ELSEWHERE[base] ?? ["package.json", `nothing runs ${command}`];
    expect(fs.readFileSync(path.join(ROOT, file), "utf8")).toContain(words);
  });
});
