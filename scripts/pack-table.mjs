/** One letter for each plural form, as `src/i18n/table.ts` reads them. */
const LETTER_OF = { zero: "z", one: "1", two: "2", few: "f", many: "m", other: "o" };

const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;

/** Names that stand in every tenth text, and the sign that stands for each, as `src/i18n/packed.ts` reads them. */
const SIGN_OF = { Google: "~", Obsidian: "^" };

/** What has a meaning in a packed table. */
const RESERVED = /[<>|~^]/;

/**
 * Packs a table of texts for main.js: without keys, one text a line in the order of English. Of plural forms only what
 * differs stands more than once: `{n} obraz<1 czeka|fy czekają|mów czeka>`.
 *
 * @param {string} table  as it stands in src/i18n/languages/
 * @param {readonly string[]} keys  the keys of English, in their order
 * @returns {string}  begins with `|`
 */
export function packTable(table, keys) {
  const texts = textsOf(table);
  return packTexts(keys.map((key) => texts.get(key) ?? ""));
}

/**
 * @param {readonly (string | Readonly<Record<string, string>>)[]} texts  each whole, or its plural forms
 * @returns {string}  begins with `|`
 */
export function packTexts(texts) {
  const packed = texts.map((text) => (typeof text === "string" ? checked(text) : packForms(text)));
  return Object.entries(SIGN_OF).reduce(
    (table, [name, sign]) => table.replaceAll(name, sign),
    `|${packed.join("\n")}`,
  );
}

/**
 * Packs keys: the word before the first dot once for all that follow, `hold:off,paused;skip:broken`.
 *
 * @param {readonly string[]} keys
 */
export function packKeys(keys) {
  const groups = [];
  for (const key of keys) {
    const [, section = "", name] = /^(?:([a-z-]+)\.)?([a-z.-]+)$/.exec(key) ?? [];
    if (name === undefined) throw new Error(`not a key of a text: ${key}`);
    if (groups.at(-1)?.section === section) groups.at(-1).names.push(name);
    else groups.push({ section, names: [name] });
  }
  return groups.map(({ section, names }) => `${section}:${names.join()}`).join(";");
}

function textsOf(table) {
  const texts = new Map();
  let section = "";
  for (const line of table.trim().split("\n")) {
    if (line.startsWith("[")) {
      section = `${line.slice(1, -1)}.`;
      continue;
    }
    const [, name, form, text] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a line of a table: ${line}`);
    const key = section + name;
    if (form === undefined) texts.set(key, text);
    else texts.set(key, { ...texts.get(key), [form]: text });
  }
  return texts;
}

function checked(text) {
  if (RESERVED.test(text)) throw new Error(`a text may not hold <, >, |, ~ or ^: ${text}`);
  return text;
}

function packForms(forms) {
  const all = Object.values(forms).map(checked);
  const start = commonStart(all);
  const end = commonStart(all.map((text) => backwards(text.slice(start.length)))).length;
  const middles = Object.entries(forms).map(
    ([form, text]) => LETTER_OF[form] + text.slice(start.length, text.length - end),
  );
  const last = all[0];
  return `${start}<${middles.join("|")}>${last.slice(last.length - end)}`;
}

const backwards = (text) => [...text].reverse().join("");

function commonStart([first = "", ...others]) {
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length += 1;
  return first.slice(0, length);
}
