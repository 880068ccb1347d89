import type { Words } from "../../i18n";
import type { MissingScope } from "../sign-in-port";

/** What will not work, permission by permission, and what to do. */
export function missingScopes(words: Words, missing: readonly MissingScope[]): DocumentFragment {
  return createFragment((text) => {
    const list = text.createEl("ul", { cls: "vib-facts vib-missing-scopes" });
    for (const scope of missing) list.createEl("li", { text: words.say(`scope.${scope}`) });
    text.createSpan({ text: words.say("scope.ask-again-text") });
  });
}

/** The same in one line, for a notice. */
export function sayMissing(words: Words, missing: readonly MissingScope[]): string {
  return [...missing.map((scope) => words.say(`scope.${scope}`)), words.say("scope.ask-again-text")].join(
    " ",
  );
}
