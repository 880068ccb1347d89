/** One letter for each plural form, as `src/i18n/packed.ts` reads them. */
const LETTER_OF = { zero: "z", one: "1", two: "2", few: "f", many: "m", other: "o" };

const LINE = /^([a-z.-]+)(?:#(zero|one|two|few|many|other))?=(.*)$/;

/** What has a meaning in a packed table. */
const RESERVED = /[<>|\t]/;

/** Words that a table repeats, and may be said by a sign: a whole word or more of any script. */
const PHRASE = /^ ?\p{L}[\p{L}’ -]+$/u;
const SHORTEST = 5;
const LONGEST = 16;

/** So many of them: a packed table should still be readable. */
const MOST_PHRASES = 8;

/** Of the many parts of words that repeat, so many are tried. */
const MOST_TRIED = 300;

/**
 * Packs a table of texts for main.js: without keys, one text after another in the order of `keys`, a tab between them. Of
 * plural forms only what differs stands more than once: `{n} obraz<1 czeka|fy czekają|mów czeka>`. What comes first says
 * what signs stand for, `|~Google|# image`.
 *
 * @param {string} table  as it stands in src/i18n/languages/
 * @param {readonly string[]} keys  by their places
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
  const packed = texts.map((text) => (typeof text === "string" ? checked(text) : packForms(text))).join("\t");
  return shortened(packed);
}

/** Lets signs that no text holds stand for what texts repeat most, by the bytes that it saves. */
function shortened(table) {
  const signs = [..."~#^+*@=&%$!/"].filter((sign) => !table.includes(sign)).slice(0, MOST_PHRASES);
  const tried = repeatedIn(table);
  const head = [];
  let rest = table;
  for (const sign of signs) {
    const gains = tried.map((phrase) => ({ phrase, gain: gainOf(phrase, rest) }));
    const best = gains.reduce((one, other) => (other.gain > one.gain ? other : one), { phrase: "", gain: 0 });
    if (best.phrase === "") break;
    head.push(sign + best.phrase);
    rest = rest.replaceAll(best.phrase, sign);
  }
  return `|${head.join("|")}\t${rest}`;
}

/** Bytes that are spared where one sign stands for a phrase, what the head takes for it counted. */
function gainOf(phrase, table) {
  return (table.split(phrase).length - 1) * (Buffer.byteLength(phrase) - 1) - Buffer.byteLength(phrase) - 2;
}

/** Phrases that stand in a table more than once, those first that take most of it. */
function repeatedIn(table) {
  const counts = new Map();
  for (let length = 2; length <= LONGEST; length += 1) {
    for (let at = 0; at + length <= table.length; at += 1) {
      const part = table.slice(at, at + length);
      counts.set(part, (counts.get(part) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([part, count]) => count > 2 && Buffer.byteLength(part) >= SHORTEST && PHRASE.test(part))
    .map(([part, count]) => ({ part, bytes: count * Buffer.byteLength(part) }))
    .sort((one, other) => other.bytes - one.bytes || (one.part < other.part ? -1 : 1))
    .slice(0, MOST_TRIED)
    .map(({ part }) => part);
}

/** So many keys share a seed, on average. */
const KEYS_A_SEED = 3;

/** Far more than are ever needed: for two keys that are the same there is none. */
const MOST_SEEDS = 100_000;

/**
 * Finds seeds by which every key has a place of its own, as `placeBy` of src/i18n/packed.ts reads them: the keys themselves
 * would take 4 kB. Keys that share a seed are placed together, the largest such groups first.
 *
 * @param {readonly string[]} keys
 * @param {(key: string, seed: number) => number} scatter  that of src/model/scatter.ts
 * @returns {{ seeds: readonly number[]; order: readonly string[] }}  `order` has the keys by their places
 */
export function placeKeys(keys, scatter) {
  const groups = Array.from({ length: Math.ceil(keys.length / KEYS_A_SEED) }, () => []);
  for (const key of keys) groups[scatter(key, 0) % groups.length].push(key);
  const seeds = groups.map(() => 0);
  const order = keys.map(() => undefined);
  const largestFirst = [...groups.entries()].sort(([, one], [, other]) => other.length - one.length);
  for (const [at, group] of largestFirst) {
    const placesBy = (seed) => group.map((key) => scatter(key, seed) % keys.length);
    const areFree = (places) =>
      new Set(places).size === places.length && places.every((place) => order[place] === undefined);
    while (!areFree(placesBy(seeds[at]))) {
      seeds[at] += 1;
      if (seeds[at] > MOST_SEEDS) throw new Error(`no places for the texts ${group.join(", ")}`);
    }
    for (const [nth, place] of placesBy(seeds[at]).entries()) order[place] = group[nth];
  }
  return { seeds, order };
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
  if (RESERVED.test(text)) throw new Error(`a text may not hold <, >, | or a tab: ${text}`);
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
