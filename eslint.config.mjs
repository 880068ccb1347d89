import js from "@eslint/js";
import obsidianmd from "eslint-plugin-obsidianmd";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

/** Rooms that see the world through ports alone: no clock, chance, timer, DOM or network of their own. */
const pureRooms = ["src/backup/**/*.ts", "src/model/**/*.ts"];

/** The only rooms that know Obsidian, and the file that wires everything. */
const obsidianRooms = ["src/main.ts", "src/vault/**/*.ts", "src/ui/**/*.ts", "src/platform/**/*.ts"];

/** What a rule of the plugin's recommended level is set to, so that a room's rule can add to it, not replace it. */
function recommendedOptions(rule) {
  const config = obsidianmd.configs.recommended.findLast((entry) => Array.isArray(entry.rules?.[rule]));
  const [, ...options] = config.rules[rule];
  return options;
}

const port = "This room sees the world through the ports of model/ alone.";

const impureGlobals = [
  ...["performance", "crypto", "process", "console", "navigator"],
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval", "queueMicrotask"],
  ...["requestAnimationFrame", "requestIdleCallback", "scheduler", "MessageChannel", "BroadcastChannel"],
  ...[
    "window",
    "document",
    "globalThis",
    "self",
    "global",
    "activeWindow",
    "activeDocument",
    "sleep",
    "nextFrame",
  ],
  ...["location", "history", "screen", "indexedDB", "sessionStorage", "caches", "require"],
  ...["XMLHttpRequest", "WebSocket", "EventSource", "Worker", "SharedWorker", "Image", "OffscreenCanvas"],
  ...["createImageBitmap", "createEl", "createDiv", "createSpan", "createFragment", "Notice"],
].map((name) => ({ name, message: port }));

const impureProperties = [...[["Date", "now"]], ...[["Math", "random"]], ...[["AbortSignal", "timeout"]]].map(
  ([object, property]) => ({ object, property, message: port }),
);

const clockByConstructor = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: port },
  { selector: "CallExpression[callee.name='Date']", message: port },
  {
    // Without a date it formats the present.
    selector: "CallExpression[callee.property.name=/^format(ToParts)?$/][arguments.length=0]",
    message: port,
  },
];

/** Short files; a warning fails the gate too (`--max-warnings 0`). */
const shortFiles = { "max-lines": ["warn", { max: 350, skipBlankLines: true, skipComments: true }] };

/** Stricter than what the plugin's recommended level leaves of typescript-eslint's strict one. */
const strictly = {
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/ban-ts-comment": ["error", { minimumDescriptionLength: 10 }],
  "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
  "@typescript-eslint/switch-exhaustiveness-check": [
    "error",
    { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
  ],
  "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
  "@typescript-eslint/no-confusing-void-expression": [
    "error",
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  // The compiler does it too, but an editor shows this one while typing.
  "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
  eqeqeq: "error",
  "prefer-const": "error",
};

/** The manifest's rule expects the tree of a JavaScript object; in brackets, JSON is one. */
const objectParser = { parseForESLint: (text) => tseslint.parser.parseForESLint(`(${text})`) };

const testGlobals = ["it", "test", "describe"];

export default defineConfig([
  globalIgnores(["main.js", "out/", "test/vault/"]),
  {
    linterOptions: { reportUnusedDisableDirectives: "error", reportUnusedInlineConfigs: "error" },
  },

  // The plugin: typescript-eslint's strict rules below, the review's own rules above them, none switched off.
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, obsidianmd.configs.recommended],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...strictly,
      ...shortFiles,
      "obsidianmd/ui/sentence-case": [
        "warn",
        {
          enforceCamelCaseLower: true,
          brands: ["Google Photos", "Google Cloud", "Google", "Wi-Fi", "Obsidian", "Storage saver"],
          acronyms: [
            "HEIC",
            "HEIF",
            "RAW",
            "SVG",
            "PNG",
            "JPEG",
            "AVIF",
            "TIFF",
            "API",
            "URL",
            "ID",
            "OAuth",
            "MB",
            "GB",
            "MP",
          ],
        },
      ],
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: obsidianRooms,
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        ...recommendedOptions("@typescript-eslint/no-restricted-imports"),
        { name: "obsidian", message: "Only main.ts, vault/, ui/ and platform/ know Obsidian." },
        { name: "electron", message: "Only platform/ knows the host." },
      ],
    },
  },
  {
    // A table of words is one text, as long as there are words.
    files: ["src/i18n/languages/*.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: pureRooms,
    rules: {
      "no-restricted-globals": ["error", ...recommendedOptions("no-restricted-globals"), ...impureGlobals],
      "no-restricted-properties": ["error", ...impureProperties],
      "no-restricted-syntax": ["error", ...clockByConstructor],
    },
  },
  { files: ["package.json"], extends: [obsidianmd.configs.recommended] },
  {
    files: ["manifest.json"],
    plugins: { obsidianmd },
    languageOptions: { parser: objectParser },
    rules: { "obsidianmd/validate-manifest": "error" },
  },

  // Tests and scripts in TypeScript: as strict on types; they may use Node, print, and assert what they know.
  {
    files: ["test/**/*.ts", "scripts/**/*.{ts,mts}", "vitest.config.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./test/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      ...strictly,
      ...shortFiles,
      // `list[0]!` in a test fails where it is wrong, which is what a test is for.
      "@typescript-eslint/no-non-null-assertion": "off",
      // Stand-ins answer at once what the real thing answers later.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/unbound-method": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/no-misused-spread": ["error", { allow: [{ from: "lib", name: "string" }] }],
      // The host plays classes and signatures as Obsidian declares them, and reads what it stored itself.
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-dynamic-delete": "off",
      "@typescript-eslint/no-extraneous-class": ["error", { allowEmpty: true }],
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "no-restricted-properties": [
        "error",
        ...testGlobals.map((object) => ({
          object,
          property: "only",
          message: "It would leave the other tests out.",
        })),
      ],
    },
  },

  // Scripts and configuration in plain JavaScript.
  {
    files: ["**/*.{mjs,cjs,js}"],
    extends: [js.configs.recommended],
    languageOptions: {
      globals: Object.fromEntries(
        ["process", "console", "Buffer", "URL", "setTimeout", "clearTimeout", "performance"].map((name) => [
          name,
          "readonly",
        ]),
      ),
    },
    rules: { ...shortFiles, eqeqeq: "error", "prefer-const": "error" },
  },
  {
    files: ["**/*.cjs"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { module: "writable", require: "readonly", __dirname: "readonly" },
    },
  },
]);
