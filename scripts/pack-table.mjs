/** One letter for each plural form, as `src/i18n/table.ts` reads them. */
const LETTER_OF = { zero: "z", one: "1", two: "2", few: "f", many: "m", other: "o" };

const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;

/** What has a meaning in a packed table. */
const RESERVED = /[<>|]/;

/**
 * Packs a table of texts for main.js: without keys, one text a line in the order of English. Of plural forms only what
 * differs stands more than once: `{n} obraz<1 czeka|fy czekają|mów czeka>`.
 *
 * @param {string} table  as it stands in src/i18n/languages/
 * @param {readonly string[]} keys  the keys of English, in their order
 * @returns {string}  begins with `|`
 */
export function packTable(table, keys) {
  const texts = new Map();
  let section = "";
  for (const line of table.trim().split("\n")) {
    if (line.startsWith("[")) {
      section = `${line.slice(1, -1)}.`;
      continue;
    }
    const [, name, form, text] = LINE.exec(line) ?? [];
    if (name === undefined) throw new Error(`not a line of a table: ${line}`);
    if (RESERVED.test(text)) throw new Error(`a text may not hold <, > or |: ${line}`);
    const key = section + name;
    if (form === undefined) texts.set(key, text);
    else texts.set(key, { ...texts.get(key), [form]: text });
  }
  const packed = keys.map((key) => {
    const text = texts.get(key) ?? "";
    return typeof text === "string" ? text : packForms(text);
  });
  return `|${packed.join("\n")}`;
}

function packForms(forms) {
  const all = Object.values(forms);
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
