import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractDepcruiseOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const project = join(import.meta.dirname, "..");

/** A small house: what each file imports, and which rule must catch it. */
const house: Record<string, Record<string, string>> = {
  "src/main.ts": {
    "./backup/index": "allowed",
    "./ui/index": "allowed",
    obsidian: "allowed",
    "./backup/plan": "main-uses-the-doors",
  },
  "src/model/index.ts": { "./image": "allowed" },
  "src/model/image.ts": { "../i18n/index": "rooms-use-model-alone", obsidian: "obsidian-at-the-edges" },
  "src/backup/index.ts": {
    "./plan": "allowed",
    "./ledger/ledger": "allowed",
    "../model/index": "allowed",
    "p-queue": "allowed",
  },
  "src/backup/plan.ts": {
    "../google/index": "rooms-use-model-alone",
    "../model/image": "rooms-have-one-door",
    "../../test/double": "nothing-from-tests",
    "../../scripts/script": "nothing-from-tests",
    fs: "node-behind-platform",
    electron: "electron-behind-platform",
    "google-auth-library": "google-client-behind-google",
    "fast-check": "bundle-what-ships",
    "./nowhere": "nothing-unresolved",
  },
  "src/backup/ledger/ledger.ts": {
    "./journal": "allowed",
    "../disposable/kept": "allowed",
    "../together": "allowed",
    "../plan": "ledger-by-itself",
  },
  "src/backup/ledger/journal.ts": {},
  "src/backup/disposable/kept.ts": { "../ledger/journal": "allowed", "../account/view": "ledger-by-itself" },
  "src/backup/account/view.ts": {},
  "src/backup/together.ts": {},
  "src/google/index.ts": { "google-auth-library": "allowed" },
  "src/i18n/index.ts": { "./one": "allowed" },
  "src/i18n/one.ts": { "./two": "no-circles" },
  "src/i18n/two.ts": { "./three": "no-circles" },
  "src/i18n/three.ts": { "./one": "no-circles" },
  "src/platform/index.ts": {
    fs: "allowed",
    electron: "allowed",
    obsidian: "allowed",
    "../main": "rooms-use-model-alone",
  },
  "src/status/index.ts": { "../model/index": "allowed", "../vault/index": "rooms-use-model-alone" },
  "src/ui/index.ts": {
    "../status/index": "allowed",
    "../i18n/index": "allowed",
    "../model/index": "allowed",
    "../backup/index": "ui-uses-status-and-words",
  },
  "src/vault/index.ts": { "@codemirror/state": "allowed" },
  "test/double.ts": {},
  "scripts/script.ts": {},
};

/** Every other import is of a type alone: it leaves nothing in the built file, and must count all the same. */
function fileImporting(paths: string[]): string {
  const lines = paths.map(
    (path, i) => `import ${i % 2 === 0 ? "type " : ""}{ thing as thing${i} } from "${path}";`,
  );
  return [...lines, "export const thing = 1;", ""].join("\n");
}

function build(folder: string): void {
  for (const [path, imports] of Object.entries(house)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), fileImporting(Object.keys(imports)));
  }
  copyFileSync(join(project, "package.json"), join(folder, "package.json"));
  symlinkSync(join(project, "node_modules"), join(folder, "node_modules"), "junction");
}

/** The imports judged so, as "file imports path". */
function judgedIn(houseOrFinding: Record<string, Record<string, string>>, verdict: string): string[] {
  return Object.entries(houseOrFinding)
    .flatMap(([file, imports]) => Object.entries(imports).map(([path, rule]) => ({ file, path, rule })))
    .filter(({ rule }) => rule === verdict)
    .map(({ file, path }) => `${file} imports ${path}`)
    .sort();
}

describe("the rules of the rooms", async () => {
  const options = await extractDepcruiseOptions(join(project, ".dependency-cruiser.cjs"));
  const rules = (options.ruleSet?.forbidden ?? []).map((rule) => rule.name ?? "a rule without a name");
  const finding: typeof house = {};
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "rooms-"));
    build(folder);
    const answer = await cruise(["src"], { ...options, baseDir: folder });
    for (const { source, dependencies } of (answer.output as ICruiseResult).modules) {
      const judged = dependencies.map(({ module, rules }) => [
        module,
        rules?.map(({ name }) => name).join(" and ") ?? "allowed",
      ]);
      finding[source] = Object.fromEntries(judged) as Record<string, string>;
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(rules)("%s catches what it forbids", (rule) => {
    const forbidden = judgedIn(house, rule);
    expect(forbidden, `the small house breaks ${rule} nowhere`).not.toEqual([]);
    expect(judgedIn(finding, rule)).toEqual(forbidden);
  });

  it("let the arrows of the design be", () => {
    expect(judgedIn(finding, "allowed")).toEqual(judgedIn(house, "allowed"));
  });
});
