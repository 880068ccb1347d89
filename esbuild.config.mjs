// Builds the plugin: src/main.ts and all it needs into one main.js that asks for no Node module when it loads.
//   node esbuild.config.mjs          the production build
//   node esbuild.config.mjs --dev    readable, with an inline source map
import { build } from "esbuild";
import { realpathSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { CUT_FILES, cutUnreached } from "./scripts/cut-unreached.mjs";
import { licenceNotices } from "./scripts/licence-notices.mjs";
import { minifiedAgain } from "./scripts/minify-again.mjs";
import { packTable, packTexts, placeKeys } from "./scripts/pack-table.mjs";

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const NOTHING = path.join(ROOT, "src/google/stand-ins/nothing.ts");

/** What a plugin may ask Obsidian for when it loads, phones included; all else must be inside the bundle. */
const GIVEN_AT_LOAD = ["obsidian", "@codemirror/*", "@lezer/*"];

/** What is left to Obsidian: esbuild itself refuses any other module that it does not find. */
const GIVEN_BY_OBSIDIAN = [...GIVEN_AT_LOAD, "electron"];

/** Most that Google's auth client may weigh, minified, in bytes. */
const AUTH_CLIENT_LIMIT = 2_300;
const AUTH_CLIENT = /(?:node_modules\/google-auth-library\/|src\/google\/stand-ins\/)/;

/** Modules that packages name and never come to here: one that is empty stands in for each. */
const NEVER_REACHED = [
  "../crypto/crypto",
  "../util",
  "../shared.cjs",
  "./loginticket",
  "ecdsa-sig-formatter",
  "eventemitter3",
  "events",
  "gaxios",
  "google-logging-utils",
  "querystring",
  "stream",
];

/** Only these packages get stand-ins: a Node module that anything else asks for must fail the build. */
const WITH_STAND_INS = /node_modules[\\/](?:google-auth-library|p-queue)[\\/]/;

/** Puts src/google/stand-ins/nothing.ts in the place of what is never reached, and leaves out of packages what is not. */
const standIns = {
  name: "stand-ins",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^/ }, ({ path: name, importer }) =>
      WITH_STAND_INS.test(importer) && NEVER_REACHED.includes(name.replace(/^node:/, ""))
        ? { path: NOTHING }
        : undefined,
    );
    onLoad({ filter: CUT_FILES }, async (file) => {
      const below = CUT_FILES.exec(file.path)[1].replaceAll("\\", "/");
      const contents = cutUnreached(below, await readFile(file.path, "utf8"));
      return contents === undefined ? undefined : { contents, loader: "js" };
    });
  },
};

/**
 * Asks Obsidian once for each module, and for each name of it: a bundler asks anew in every file, which is 3 kB.
 */
const givenOnce = {
  name: "given-once",
  setup({ onResolve, onLoad }) {
    const names = namesGiven();
    onResolve({ filter: /^(?:obsidian|@codemirror\/.*)$/ }, ({ path: name, namespace }) =>
      namespace === "given" ? { path: name, external: true } : { path: name, namespace: "given" },
    );
    onLoad({ filter: /^/, namespace: "given" }, async ({ path: name }) => {
      const used = (await names).get(name) ?? [];
      return { contents: `export const { ${[...used].sort().join()} } = require("${name}");` };
    });
  },
};

/** The names of classes, functions and values that our files import from what Obsidian gives, by module. */
async function namesGiven() {
  const given = new Map();
  const files = (await readdir(path.join(ROOT, "src"), { recursive: true })).filter((file) =>
    file.endsWith(".ts"),
  );
  for (const file of files) {
    const text = await readFile(path.join(ROOT, "src", file), "utf8");
    for (const [, list, name] of text.matchAll(/^import \{([^}]*)\} from "([^".][^"]*)";$/gm)) {
      const values = list
        .split(",")
        .flatMap((one) => /^\s*(\w+)/.exec(one.replace(/^\s*type .*/s, ""))?.[1] ?? []);
      given.set(name, new Set([...(given.get(name) ?? []), ...values]));
    }
  }
  return given;
}

/**
 * Ships the languages' tables packed, without what reads them as they are written: their keys alone would be a fifth of
 * them. English is a table like the others. Files that say texts have the place of each in place of its key.
 *
 * @param {Map<string, string>} tables  gets each packed table by its language; in the code stands a short text for it
 */
const packedTables = (tables) => ({
  name: "packed-tables",
  setup({ onResolve, onLoad }) {
    const texts = englishTexts();
    onLoad({ filter: /src[\\/]i18n[\\/]languages[\\/].*\.ts$/ }, async ({ path: file }) => {
      const [, name, table] = /^export const (\w+) = `([^`]*)`;$/m.exec(await readFile(file, "utf8")) ?? [];
      if (table === undefined) return undefined;
      const read = new Function(`return \`${table}\`;`);
      const language = path.basename(file, ".ts");
      tables.set(language, packTable(read(), (await texts).order));
      return { contents: `export const ${name} = ${standsFor(language)};` };
    });
    onLoad({ filter: /src[\\/]i18n[\\/]plain-table\.ts$/ }, ({ path: file }) => ({
      contents: `import { englishPlace } from "./english";
        import { packedTexts } from "./packed";
        export const textsIn = (table) => packedTexts(table, englishPlace);`,
      resolveDir: path.dirname(file),
    }));
    onLoad({ filter: /src[\\/]i18n[\\/]english[\\/]index\.ts$/ }, async ({ path: file }) => {
      const { english, order } = await texts;
      tables.set("en", packTexts(order.map((key) => english[key])));
      return {
        contents: `import { packedTexts } from "../packed";
          import { englishPlace } from "places-of-english";
          export { englishPlace };
          export const englishText = packedTexts(${standsFor("en")}, englishPlace);`,
        resolveDir: path.dirname(file),
      };
    });
    onLoad({ filter: /src[\\/](?:main|ui[\\/].*)\.ts$/ }, async ({ path: file }) => {
      const { order } = await texts;
      return { contents: withPlaces(await readFile(file, "utf8"), order), loader: "ts" };
    });
    onResolve({ filter: /^places-of-english$/ }, ({ path: name }) => ({ path: name, namespace: "packed" }));
    onLoad({ filter: /^/, namespace: "packed" }, async () => {
      const { seeds, order } = await texts;
      return {
        contents: `import { placeBy } from "./src/i18n/packed";
          const placeOf = placeBy(${JSON.stringify(seeds)}, ${order.length});
          export const englishPlace = (key) => (typeof key === "number" ? key : placeOf(key));`,
        resolveDir: ROOT,
      };
    });
  },
});

/** What stands for a language's table until the code around it has been made small. */
const standsFor = (language) => `"|table ${language}"`;

/**
 * Puts the tables into their places.
 *
 * @param {(table: string) => string} literal  how one is written
 * @throws Error where a table has no place, or more than one
 */
function withTables(code, tables, literal) {
  return [...tables].reduce((before, [language, table]) => {
    const parts = before.split(standsFor(language));
    if (parts.length !== 2)
      throw new Error(`the table ${language} stands in main.js ${parts.length - 1} times`);
    return parts.join(literal(table));
  }, code);
}

/** A text between quotes: one between backticks takes the browser twice as long to read over. */
const quoted = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

/**
 * Puts places in place of keys that are written whole; one without a dot may be another word as well, and stays. That keys
 * are never used as strings is tested (test/i18n/keys.test.ts).
 *
 * @throws Error where a text is said that English has not
 */
function withPlaces(code, order) {
  const places = new Map(order.map((key, place) => [key, place]));
  for (const [, key] of code.matchAll(/\bsay\(\s*"([^"]*)"/g)) {
    if (!places.has(key)) throw new Error(`no text has the key ${key}`);
  }
  return code.replace(/"([a-z-]+\.[a-z.-]+)"/g, (whole, key) => places.get(key) ?? whole);
}

/** All texts in English by their keys, and the places of these in packed tables. */
async function englishTexts() {
  const contents = `export { english } from "./src/i18n/english"; export { scatter } from "./src/model/scatter";`;
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: { contents, resolveDir: ROOT },
    write: false,
    bundle: true,
    format: "esm",
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0].contents).toString("base64");
  const { english, scatter } = await import(`data:text/javascript;base64,${code}`);
  return { english, ...placeKeys(Object.keys(english), scatter) };
}

/** Says how much of the bundle each package and each of our own rooms takes, in bytes, largest first. */
function shares(inputs) {
  const sums = new Map();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const named =
      /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ??
      /src\/[^/]+/.exec(file)?.[0] ??
      file.replace(/^given:.*/, "given").replace(/^packed:.*/, "src/i18n");
    sums.set(named, (sums.get(named) ?? 0) + bytesInOutput);
  }
  return Object.fromEntries([...sums].sort(([, one], [, other]) => other - one));
}

const sizes = (code) => ({
  bytes: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: 9 }).byteLength,
});

/** Stands for anything of Obsidian's while a bundle is only being loaded: a class, a function, a value. */
function anything() {
  return new Proxy(class {}, {
    get: (target, key) =>
      key === "prototype" ? target.prototype : typeof key === "symbol" ? undefined : anything(),
    apply: anything,
  });
}

/** What a phone has not: a bundle that looks for them finds nothing there, and on a desktop finds Node's. */
const ONLY_ON_DESKTOPS = ["process", "global", "Buffer"];

/**
 * Loads a bundle as Obsidian does, on a phone and on a desktop, and answers what it asked for, and how many errors it
 * made: the first one has the browser read all of main.js again, for the lines of its stack, thrown or not.
 *
 * @param {string} code
 * @returns {{ asksFor: string[]; errors: number }}
 */
function load(code) {
  const asked = new Set();
  let errors = 0;
  const require = (name) => {
    asked.add(name);
    return GIVEN_BY_OBSIDIAN.some((given) => isOneOf(name, given)) ? anything() : null;
  };
  const counted = [Error, TypeError, RangeError, SyntaxError].map((Kind) => {
    const construct = (...made) => ((errors += 1), Reflect.construct(...made));
    return [Kind.name, new Proxy(Kind, { construct, apply: (kind, _this, given) => new kind(...given) })];
  });
  for (const missing of [ONLY_ON_DESKTOPS, []]) {
    const module = { exports: {} };
    const names = ["require", "module", "exports", ...counted.map(([name]) => name), ...missing];
    const given = counted.map(([, kind]) => kind);
    new Function(...names, code)(require, module, module.exports, ...given);
  }
  return { asksFor: [...asked].sort(), errors };
}

const isOneOf = (name, given) =>
  given.endsWith("/*") ? name.startsWith(given.slice(0, -1)) : name === given;

/**
 * Most that a bundle may weigh, in bytes: the budgets of 500 kB for the whole and of 200 kB without the tables. Gzipped the
 * budget is 65 kB, which it is not yet; until then it may not grow unseen.
 */
const WHOLE_LIMIT = 500_000;
const WITHOUT_TABLES_LIMIT = { bytes: 200_000, gzip: 79_750 };

/** Most that each package may take of it before the other minifiers, in bytes; one that is not named may not come in by itself. */
const PACKAGE_LIMITS = {
  "@preact/signals-core": 3_800,
  "google-auth-library": 2_000,
  given: 700,
  "lean-qr": 2_500,
  "p-queue": 1_300,
};

/** Fails where the bundle would not load in Obsidian on a phone, or Google's client has grown too large. */
function check(meta, minified) {
  const foreign = meta.asksFor.filter((name) => !GIVEN_AT_LOAD.some((given) => isOneOf(name, given)));
  if (foreign.length > 0) throw new Error(`main.js asks for ${foreign.join(", ")} when it loads`);
  if (meta.errors > 0) throw new Error(`main.js makes ${meta.errors} errors when it loads`);
  if (minified && meta.authClient > AUTH_CLIENT_LIMIT) {
    throw new Error(`Google's auth client takes ${meta.authClient} bytes, more than ${AUTH_CLIENT_LIMIT}`);
  }
  if (minified) checkSizes(meta);
}

function checkSizes({ bytes, withoutTables, shares }) {
  const atMost = (what, value, limit) => {
    if (value > limit)
      throw new Error(
        `${what} takes ${value} bytes, more than the ${limit} that esbuild.config.mjs allows: see what has grown, or say there why it may`,
      );
  };
  atMost("main.js", bytes, WHOLE_LIMIT);
  atMost("main.js without the languages' tables", withoutTables.bytes, WITHOUT_TABLES_LIMIT.bytes);
  atMost("main.js without them, gzipped,", withoutTables.gzip, WITHOUT_TABLES_LIMIT.gzip);
  for (const [name, share] of Object.entries(shares)) {
    if (!name.startsWith("src/")) atMost(name, share, PACKAGE_LIMITS[name] ?? 0);
  }
}

/** The oldest hosts: iOS 16.4, and the Android WebView of its day. */
const TARGET = ["es2022", "safari16.4"];

/**
 * Makes one function of the program for pictures (src/picture/program.ts), which the page calls and the worker is started
 * from: two bundles of it would weigh 23 kB more.
 */
export const pictureProgram = {
  name: "picture-program",
  setup({ onLoad, onEnd, initialOptions: { minify = false } }) {
    onLoad({ filter: /src[\\/]picture[\\/]shared-program\.ts$/ }, async () => {
      const { outputFiles } = await build({
        absWorkingDir: ROOT,
        entryPoints: ["src/picture/program.ts"],
        write: false,
        bundle: true,
        format: "esm",
        platform: "browser",
        target: TARGET,
        minify,
        legalComments: "none",
        charset: "utf8",
        logLevel: "warning",
      });
      const [whole, names] = /\bexport\s*\{([^}]*)\};?\s*$/.exec(outputFiles[0].text);
      const exported = names.split(",").map((name) => name.trim().split(" as "));
      const given = exported.map(([local, name = local]) => `${name}: ${local}`);
      const contents = `function program() {
        ${outputFiles[0].text.slice(0, -whole.length)}
        return { ${given.join()} };
      }
      let made;
      export const pictureProgram = () => (made ??= program());
      export const workerSource = \`(\${program})().serve(self)\`;`;
      return { contents, resolveDir: path.join(ROOT, "src/picture") };
    });
    onEnd(({ metafile }) => {
      const twice = Object.values(metafile?.outputs ?? {}).flatMap(({ inputs }) =>
        Object.entries(inputs).filter(
          ([name, { bytesInOutput }]) => OF_PICTURE_PROGRAM.test(name) && bytesInOutput > 0,
        ),
      );
      if (twice.length > 0)
        throw new Error(`main.js has ${twice[0][0]} twice: src/picture/shared-program.ts`);
    });
  },
};

/** What only the program for pictures may bring in. */
const OF_PICTURE_PROGRAM = /src\/picture\/(?:content|date|saver)\/(?!saver\.ts$)/;

/** Hands Obsidian the plugin's class by itself: what a bundler writes for exports of any number and kind is 0.4 kB. */
const PLUGIN = {
  contents: `"use strict"; import Plugin from "./src/main"; module.exports = { default: Plugin };`,
  resolveDir: ROOT,
  sourcefile: "src/main.cjs",
};

/**
 * Bundles the plugin, or what a test asks for, as Obsidian loads it.
 *
 * @param {{ entry?: string; dev?: boolean }} [options]  `entry` relative to the project; the plugin where there is none
 * @returns {Promise<{ code: string; meta: { bytes: number; gzip: number; authClient: number; asksFor: string[];
 *          errors: number; shares: Record<string, number> } }>}  the text of main.js, and sizes in bytes
 */
export async function bundle({ entry, dev = false } = {}) {
  const tables = new Map();
  const result = await build({
    absWorkingDir: ROOT,
    ...(entry === undefined ? { stdin: PLUGIN } : { entryPoints: [entry] }),
    outfile: "main.js",
    write: false,
    bundle: true,
    format: "cjs",
    platform: "browser",
    target: TARGET,
    external: [...GIVEN_BY_OBSIDIAN],
    plugins: [standIns, givenOnce, packedTables(tables), pictureProgram],
    minify: !dev,
    sourcemap: dev ? "inline" : false,
    legalComments: "none",
    charset: "utf8",
    metafile: true,
    logLevel: "warning",
  });
  const bundled = result.outputFiles[0].text;
  const bare = dev ? bundled : await minifiedAgain(bundled);
  const output = result.metafile.outputs["main.js"];
  // What somebody builds readable is for the own desk alone, and ends in its source map.
  const notices = dev ? "" : await licenceNotices(ROOT, Object.keys(output.inputs));
  const code = withTables(bare, tables, quoted) + notices;
  const authClient = Object.entries(output.inputs)
    .filter(([name]) => AUTH_CLIENT.test(name))
    .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
  const meta = {
    ...sizes(code),
    authClient,
    ...load(code),
    shares: shares(output.inputs),
    languages: Object.fromEntries(
      [...tables].sort().map(([language, table]) => [language, Buffer.byteLength(quoted(table))]),
    ),
    withoutTables: sizes(withTables(bare, tables, () => '""') + notices),
  };
  check(meta, !dev);
  return { code, meta };
}

// Started through a link, it is the same file all the same.
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  const { code, meta } = await bundle({ dev: process.argv.includes("--dev") });
  await writeFile(path.join(ROOT, "main.js"), code);
  await writeFile(path.join(ROOT, "main.js.meta.json"), `${JSON.stringify(meta, null, 2)}\n`);
  const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(
    `main.js: ${kB(meta.bytes)}, ${kB(meta.gzip)} gzipped; Google's auth client ${kB(meta.authClient)}`,
  );
}
