/**
 * Lints the plugin as the community directory's review does where it could not install the packages: every type that
 * comes from one is unknown then. What rules say of unknown types says nothing of the code (decision 14); whatever else
 * is said must be mended.
 *
 *   npx tsx scripts/prove/lint-without-types.ts
 */
import { ESLint } from "eslint";
import obsidianmd from "eslint-plugin-obsidianmd";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READ = ["src", "tsconfig.json", "package.json", "manifest.json", "LICENSE"];

/** Rules that report a type for being unknown. */
const OF_UNKNOWN_TYPES =
  /^@typescript-eslint\/(?:no-unsafe-(?:assignment|argument|call|member-access|return)|no-redundant-type-constituents|restrict-template-expressions)$/;

const root = join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "without packages "));
try {
  for (const path of READ) cpSync(join(root, path), join(folder, path), { recursive: true });
  const eslint = new ESLint({
    cwd: folder,
    overrideConfigFile: true,
    overrideConfig: [
      ...obsidianmd.configs.recommended,
      {
        files: ["src/**/*.ts"],
        languageOptions: { parserOptions: { project: ["./tsconfig.json"], tsconfigRootDir: folder } },
      },
    ],
  });
  const results = await eslint.lintFiles(["src"]);
  const findings = results.flatMap(({ filePath, messages }) =>
    messages.map(({ ruleId, line, message }) => ({
      rule: ruleId ?? "none",
      told: `${filePath.slice(folder.length + 1)}:${line} ${message} (${ruleId ?? "no rule"})`,
    })),
  );
  const rest = findings.filter(({ rule }) => !OF_UNKNOWN_TYPES.test(rule));
  console.log(`${findings.length - rest.length} findings of unknown types, as expected`);
  for (const { told } of rest) console.log(told);
  // None at all would mean that the types were not missing.
  if (rest.length > 0 || findings.length === 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
