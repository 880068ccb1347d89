import fs from "node:fs";
import path from "node:path";
import vm from "node:vm";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { bundle } from "../../esbuild.config.mjs";
import { packTable, placeKeys } from "../../scripts/pack-table.mjs";
import { english, englishPlace } from "../../src/i18n/english";
import { TABLES } from "../../src/i18n/languages";
import { packedTexts, placeBy } from "../../src/i18n/packed";
import { scatter } from "../../src/model";
import { readTable } from "../../src/i18n/table";
import { Words } from "../../src/i18n";
import type { Text, TextKey } from "../../src/i18n/texts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** How long a build may take where every core is busy, in milliseconds. */
const BUILD_TIME = 120_000;

/** Most bytes that a table may take of main.js. */
const LIMIT = 25_000;

/** Texts that are the same in English and elsewhere: names, and words that several languages share. */
const SHARED = new Set([
  "account.client",
  "account.client-id",
  "account.test-action",
  "carry.code",
  "page.internal",
  "page.limit",
  "page.redirect",
  "page.view",
  "report.image",
  "report.notes",
  "row.label",
  "settings.albums",
  "settings.backup",
  "settings.folder-count",
  "settings.quality.original",
  "take-over.code",
  "view.account",
]);

type Forms = Readonly<Record<string, string>>;

const formsOf = (text: string | Forms): Forms => (typeof text === "string" ? { other: text } : text);

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

const KEYS = Object.keys(english) as TextKey[];

/** What a table says by each key. */
const read = (table: string): Readonly<Record<TextKey, Text>> => {
  const text = readTable(table);
  return Object.fromEntries(KEYS.map((key) => [key, text(key)])) as Record<TextKey, Text>;
};

/** The keys that a table really gives; `readTable` fills up with English. */
function keysOf(table: string): string[] {
  let section = "";
  const keys = new Set<string>();
  for (const line of table.trim().split("\n")) {
    if (line.startsWith("[")) section = `${line.slice(1, -1)}.`;
    else keys.add(section + line.replace(/[#=].*/s, ""));
  }
  return [...keys].sort();
}

describe.each(Object.keys(TABLES))("the table of %s", (language) => {
  const table = TABLES[language] ?? "";
  const texts = read(table);

  it("has every text, and no other", () => {
    expect(keysOf(table)).toEqual(Object.keys(english).sort());
  });

  it("is small as main.js has it, and says the same there", () => {
    const packed = packTable(table, KEYS);
    expect(Buffer.byteLength(packed)).toBeLessThanOrEqual(LIMIT);
    const text = packedTexts(packed, englishPlace);
    expect(Object.fromEntries(KEYS.map((key) => [key, text(key)]))).toEqual(texts);
  });

  it("keeps every placeholder", () => {
    for (const [key, source] of Object.entries(english)) {
      const wanted = placeholders(formsOf(source)["other"] ?? "");
      for (const [form, text] of Object.entries(formsOf(texts[key as keyof typeof english]))) {
        // "The image of this note": where there is but one, it need not be counted.
        const free = form === "one" ? ["{n}"] : [];
        const without = (all: string[]): string[] => all.filter((one) => !free.includes(one));
        expect(without(placeholders(text)), `${key}: ${text}`).toEqual(without(wanted));
      }
    }
  });

  it("names every ending of a file that English names", () => {
    const endings = (text: string): string[] => text.match(/(?<![\p{L}.])\.[a-z]+/gu) ?? [];
    for (const [key, source] of Object.entries(english)) {
      for (const text of Object.values(formsOf(texts[key as keyof typeof english])))
        expect(endings(text), `${key}: ${text}`).toEqual(endings(formsOf(source)["other"] ?? ""));
    }
  });

  it("has a form for every count where English has two", () => {
    const rules = new Intl.PluralRules(language);
    const needed = new Set(Array.from({ length: 1000 }, (_, n) => rules.select(n)));
    for (const [key, source] of Object.entries(english)) {
      if (typeof source === "string") continue;
      const forms = Object.keys(formsOf(texts[key as keyof typeof english])).sort();
      expect(forms, key).toEqual([...needed].sort());
    }
  });

  it("says in its own words what English says", () => {
    const same = Object.entries(english)
      .filter(
        ([key, source]) => JSON.stringify(texts[key as keyof typeof english]) === JSON.stringify(source),
      )
      .map(([key]) => key)
      .filter((key) => !SHARED.has(key));
    expect(same).toEqual([]);
  });

  it("has no sign in the words of the browser's page that HTML would read", () => {
    for (const [key, text] of Object.entries(texts)) {
      if (key.startsWith("closing.")) expect(text).toMatch(/^[^<>&]+$/);
    }
  });

  it("ends a sentence as a sentence, and a label as a label", () => {
    const isSentence = (text: string): boolean => /[.?!。？！]$/.test(text);
    for (const [key, source] of Object.entries(english)) {
      for (const own of Object.values(formsOf(texts[key as keyof typeof english]))) {
        expect(isSentence(own), `${key}: ${own}`).toBe(isSentence(formsOf(source)["other"] ?? ""));
      }
    }
  });
});

describe("main.js", () => {
  it(
    "has every table as it is written here",
    async () => {
      const { code } = await bundle({ entry: "src/i18n/languages/index.ts" });
      const module = { exports: {} as { TABLES?: Readonly<Record<string, string>> } };
      vm.runInNewContext(code, { module, exports: module.exports });
      const { seeds, order } = placeKeys(KEYS, scatter);
      const built = Object.entries(module.exports.TABLES ?? {}).map(([language, table]) => {
        const text = packedTexts(table, placeBy(seeds, order.length));
        return [language, Object.fromEntries(KEYS.map((key) => [key, text(key)]))];
      });
      const written = Object.entries(TABLES).map(([language, table]) => [language, read(table)]);
      expect(Object.fromEntries(built)).toEqual(Object.fromEntries(written));
    },
    BUILD_TIME,
  );

  it("says in English what a table lacks", () => {
    const [lacking, ...others] = KEYS;
    const table = others.map((key) => `${key}=own`).join("\n");
    expect(lacking && packedTexts(packTable(table, KEYS), englishPlace)(lacking)).toBeUndefined();
    const text = readTable(table);
    expect(lacking && text(lacking)).toBe(lacking && english[lacking]);
    expect(others.map(text)).toEqual(others.map(() => "own"));
  });

  it("finds every text at a place of its own, whichever it is asked for", () => {
    const { seeds, order } = placeKeys(KEYS, scatter);
    expect(order.map(placeBy(seeds, order.length))).toEqual([...order.keys()]);
    expect([...order].sort()).toEqual([...KEYS].sort());
  });

  it("is not built with two texts of one key", () => {
    expect(() => placeKeys(["row.label", "cancel", "row.label"], scatter)).toThrow("row.label");
  });

  it(
    "has English as it is written here",
    async () => {
      const { code } = await bundle({ entry: "src/i18n/english/index.ts" });
      type Packed = {
        readonly englishPlace: (key: TextKey) => number;
        readonly englishText: (key: TextKey) => Text;
      };
      const module = { exports: {} as Packed };
      vm.runInNewContext(code, { module, exports: module.exports });
      const { englishPlace: placeOf, englishText } = module.exports;
      expect(KEYS.map(placeOf).sort((one, other) => one - other)).toEqual([...KEYS.keys()]);
      const texts = KEYS.map((key) => [key, englishText(key)]);
      expect(JSON.stringify(Object.fromEntries(texts))).toBe(JSON.stringify(english));
    },
    BUILD_TIME,
  );
});

describe("languages are chosen by Obsidian's names", () => {
  it.each([
    ["de", "de"],
    ["pt-BR", "pt-BR"],
    ["pt", "pt-BR"],
    ["zh", "zh"],
    ["zh-TW", "zh"],
    ["ru", "ru"],
    ["en", "en"],
    ["en-GB", "en"],
    ["tlh", "en"],
  ])("%s is served by %s", (asked, served) => {
    expect(new Words(asked).language).toBe(served);
  });

  it("counts as the language does", () => {
    const say = (language: string, n: number): string => new Words(language).say("headline.waiting", { n });
    expect([1, 3, 5, 21].map((n) => say("ru", n))).toEqual([
      "1 изображение ждёт",
      "3 изображения ждут",
      "5 изображений ждут",
      "21 изображение ждёт",
    ]);
    expect([1, 2, 5].map((n) => say("pl", n))).toEqual([
      "1 obraz czeka",
      "2 obrazy czekają",
      "5 obrazów czeka",
    ]);
    expect(say("ja", 1)).toBe("1 枚の画像が待機中");
  });
});

describe("nothing that a person reads is written into the rooms", () => {
  const files = ["src/ui", "src/status", "src/main.ts"].flatMap((place) => {
    const full = path.join(ROOT, place);
    if (fs.statSync(full).isFile()) return [full];
    return fs
      .readdirSync(full, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => path.join(full, file));
  });

  /** Text in quotes that reads like words for people: a capital, then another word. */
  const SENTENCE = /^[A-Z][a-z]+(?:[ ’'][\p{L}]+)+[.?!…]?$/u;

  it.each(files.map((file) => [path.relative(ROOT, file), file]))("%s", (_, file) => {
    const source = ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    const found: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node) && SENTENCE.test(node.text) && !isForTheConsole(node))
        found.push(node.text);
      ts.forEachChild(node, visit);
    };
    visit(source);
    expect(found).toEqual([]);
  });

  function isForTheConsole(node: ts.Node): boolean {
    for (let at: ts.Node = node; !ts.isSourceFile(at); at = at.parent) {
      if (ts.isCallExpression(at) && at.expression.getText().startsWith("console.")) return true;
      if (ts.isNewExpression(at) && /Error$/.test(at.expression.getText())) return true;
    }
    return false;
  }
});
