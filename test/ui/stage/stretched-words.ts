import { Words } from "../../../src/i18n";

/** The language of `StretchedWords`, as a test asks for it. */
export const STRETCHED = "xx-stretched";

const ACCENTS: Readonly<Record<string, string>> = { a: "å", e: "é", i: "ï", o: "ø", u: "ü", A: "Å", E: "É" };

/**
 * Words that nobody speaks: English with accents, half as long again, with one word that is longer than any language
 * has. What has room for them has room for every language.
 */
export function stretchedWords(): Words {
  const words = new Words("en");
  const plain = words.say.bind(words) as (...given: unknown[]) => string;
  words.say = (...given: unknown[]) => stretched(plain(...given));
  return words;
}

function stretched(text: string): string {
  const words = text.split(" ");
  const longest = words.reduce((one, other) => (other.length > one.length ? other : one), "");
  words[words.indexOf(longest)] = `${longest}verlängert`;
  const more = "und noch länger ".repeat(Math.max(0, Math.ceil((text.length / 2 - 10) / 16)));
  return `${more}${words.join(" ")}`.replace(/[aeiouAE]/g, (letter) => ACCENTS[letter] ?? letter);
}
