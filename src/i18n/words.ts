import { englishText } from "./english";
import { languageFor } from "./language";
import { readTable } from "./table";
import type { Text, TextKey, Texts, Values } from "./texts";

const KILO = 1000;
const SIZE_UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** Words, numbers and times in one language. */
export class Words {
  readonly #text: Texts;
  /** Made when they are first needed: each takes longer than all else that is made at load. */
  #plural: Intl.PluralRules | undefined;
  readonly #numbers = new Map<string, Intl.NumberFormat>();

  /** @param language  as Obsidian names it; English stands in for one that we do not have */
  constructor(language: string) {
    const [name = "en", table] = languageFor(language) ?? [];
    this.language = name;
    this.#locale = language.startsWith(`${name}-`) ? language : name;
    this.#text = table === undefined ? englishText : readTable(table);
  }

  /** The language that is really used, BCP 47. */
  readonly language: string;
  /** How numbers and times are written: as it was asked for, `en-GB`, where texts are those of `en`. */
  readonly #locale: string;

  /** A text, filled with its values; numbers are written as the language writes them. */
  say = <Key extends TextKey>(key: Key, ...[values]: Values<Key>): string => {
    const given: Readonly<Record<string, string | number>> = values ?? {};
    const text = this.#text(key);
    return this.#form(text, given["n"]).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = given[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? this.number(value) : value;
    });
  };

  number(value: number): string {
    // Most are small, and all our languages write those alike: making a format takes longer than anything else at load.
    return Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : this.#format(value, {});
  }

  /** @param value  of a hundred */
  percent(value: number): string {
    return this.#format(value / 100, { style: "percent" });
  }

  /** A size such as "12 MB"; decimal units, as Google counts. */
  bytes(size: number): string {
    let unit = 0;
    let value = size;
    while (value >= KILO && unit < SIZE_UNITS.length - 1) {
      value /= KILO;
      unit += 1;
    }
    return this.#format(value, {
      style: "unit",
      unit: SIZE_UNITS[unit] ?? "byte",
      unitDisplay: unit === 0 ? "long" : "short",
      maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
    });
  }

  /** A moment as seen from now: the time alone within the day, else with its date. Milliseconds since 1970. */
  moment(at: number, now: number): string {
    const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
    return this.#date(at, sameDay ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" });
  }

  /** A day with its month and year. Milliseconds since 1970. */
  day(at: number): string {
    return this.#date(at, { dateStyle: "long" });
  }

  #date(at: number, style: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.#locale, style).format(at);
  }

  /** A length of time, rounded to what a person wants to know. Milliseconds. */
  duration(ms: number): string {
    const minutes = Math.round(ms / 60_000);
    const [value, unit] =
      ms < 60_000
        ? [Math.max(1, Math.round(ms / 1000)), "second"]
        : minutes < 100
          ? [minutes, "minute"]
          : [Math.round(minutes / 60), "hour"];
    return this.#format(value, { style: "unit", unit, unitDisplay: "long" });
  }

  #format(value: number, style: Intl.NumberFormatOptions): string {
    const key = JSON.stringify(style);
    let format = this.#numbers.get(key);
    if (format === undefined) this.#numbers.set(key, (format = new Intl.NumberFormat(this.#locale, style)));
    return format.format(value);
  }

  #form(text: Text, n: string | number | undefined): string {
    if (typeof text === "string") return text;
    const category =
      typeof n === "number" ? (this.#plural ??= new Intl.PluralRules(this.language)).select(n) : "other";
    // Not every language has the form `other` for whole numbers.
    return text[category] ?? text.other ?? text.many ?? "";
  }
}
