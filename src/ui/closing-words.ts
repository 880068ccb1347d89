import type { Words } from "../i18n";

/** What the browser's page says when Google's answer has come back to this device. */
export function closingWords(
  words: Words,
  end: "signed-in" | "denied" | "failed" | "not-ours",
): { readonly title: string; readonly text: string; readonly language: string } {
  return {
    title: words.say(`closing.${end}.title`),
    text: words.say(`closing.${end}.text`),
    language: words.language,
  };
}
