import { transform, type Loader } from "esbuild";
import type { Faults } from "./project";

/** iOS 16.4 is the oldest that Obsidian 1.13 runs on, of March 2023; the WebView of Android was at 111 that month. */
const OLDEST = ["ios16.4", "chrome111"];

/** What Obsidian answers when it is asked for, on phones too. */
const GIVEN = /^(?:obsidian|electron|@codemirror\/[a-z-]+|@lezer\/[a-z-]+)$/;

/** What the review refuses, and where in the text it shows. */
const REFUSED: readonly { readonly what: string; readonly shows: RegExp }[] = [
  { what: "looks behind in a regular expression", shows: /\(\?<[=!]/ },
  { what: "runs text as code", shows: /(?<![\w$.])(?:eval|Function)\(/ },
  {
    what: "writes HTML as text",
    shows: /\.(?:innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write\(/,
  },
  { what: "imports at run time", shows: /(?<![\w$.])import\(/ },
];

/** An API that the oldest WebViews lack. */
interface LateApi {
  readonly name: string;
  readonly shows: RegExp;
}

/** Also where it is only named: what is called three times is called by a variable. */
const called = (name: string): LateApi => ({
  name,
  shows: new RegExp(String.raw`(?<![\w$])${name.replaceAll(".", String.raw`\.`)}(?![\w$?])`),
});

/** Younger than iOS 16.4 or Chrome 111, or unknown to either; calls by `?.` ask first and are let be. */
const LATE_APIS: readonly LateApi[] = [
  ...["Promise.withResolvers", "Promise.try", "Object.groupBy", "Map.groupBy", "Array.fromAsync"].map(called),
  ...["URL.canParse", "URL.parse", "Response.json", "ReadableStream.from", "Iterator.from"].map(called),
  ...["RegExp.escape", "Math.sumPrecise", "Error.isError", "Uint8Array.fromBase64", "Uint8Array.fromHex"].map(
    called,
  ),
  ...[
    "requestIdleCallback",
    "showOpenFilePicker",
    "scheduler.yield",
    "scheduler.postTask",
    "AbortSignal.any",
  ].map(called),
  { name: "methods of sets", shows: /\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(/ },
  { name: "checkVisibility", shows: /\.checkVisibility\(/ },
  { name: "startViewTransition", shows: /\.startViewTransition\(/ },
  { name: "getBattery", shows: /(?<!\?)\.getBattery\(/ },
  { name: "ImageDecoder", shows: /new ImageDecoder\(/ },
  { name: "Intl.DurationFormat", shows: /Intl\.DurationFormat/ },
];

/** What is wrong with the files that are shipped. */
export async function bundleFaults(main: string, styles: string): Promise<Faults> {
  return [
    ...(await syntaxFaults("main.js", main, "js")),
    ...(await syntaxFaults("styles.css", styles, "css")),
    ...requireFaults(main),
    ...REFUSED.flatMap(({ what, shows }) => seen(main, shows).map((where) => `main.js ${what}: ${where}`)),
    ...LATE_APIS.flatMap(({ name, shows }) =>
      seen(main, shows).map((where) => `main.js uses ${name}, which the oldest phones lack: ${where}`),
    ),
  ];
}

/** Syntax too young for the oldest WebViews is what esbuild would write in another way for them, or refuses. */
async function syntaxFaults(file: string, text: string, loader: Loader): Promise<Faults> {
  const written = async (target: string | string[]): Promise<string> => {
    const { code } = await transform(text, { loader, target, charset: "utf8", logLevel: "silent" });
    // A prefix more is no syntax: without it a declaration is passed over.
    return loader === "css" ? code.replace(/^\s*-webkit-[\w-]+:.*\n/gm, "") : code;
  };
  try {
    const [asItIs, forTheOldest] = await Promise.all([written("esnext"), written(OLDEST)]);
    if (asItIs === forTheOldest) return [];
    const at = [...asItIs].findIndex((character, place) => character !== forTheOldest[place]);
    return [`${file} holds syntax that the oldest phones lack, at ${excerpt(asItIs, at)}`];
  } catch (error) {
    return [`${file} cannot be read by the oldest phones: ${error instanceof Error ? error.message : ""}`];
  }
}

function requireFaults(main: string): Faults {
  const asked = [...main.matchAll(/(?<![\w$.])require\(([^)]*)\)/g)].map(([, name = ""]) => name);
  return [...new Set(asked)]
    .filter((name) => !GIVEN.test(/^"([^"]*)"$/.exec(name)?.[1] ?? ""))
    .map((name) => `main.js requires ${name}, which Obsidian does not give`);
}

function seen(text: string, shows: RegExp): readonly string[] {
  return [...text.matchAll(new RegExp(shows, "g"))].map(({ index }) => excerpt(text, index));
}

function excerpt(text: string, at: number): string {
  return `“${text.slice(Math.max(0, at - 20), at + 40).replace(/\s+/g, " ")}”`;
}
