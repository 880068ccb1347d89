import type { Words } from "../../i18n";
import { factList } from "../dialog";
import type { MissingScope } from "../sign-in-port";

/** What will not work, permission by permission, and what to do. */
export function missingScopes(words: Words, missing: readonly MissingScope[]): DocumentFragment {
  const said = factList(missing.map((scope) => words.say(`scope.${scope}`)));
  said.firstElementChild?.addClass("vib-missing-scopes");
  said.createSpan({ text: words.say("scope.ask-again-text") });
  return said;
}

/** The same in one line, for a notice. */
export function sayMissing(words: Words, missing: readonly MissingScope[]): string {
  return [...missing.map((scope) => words.say(`scope.${scope}`)), words.say("scope.ask-again-text")].join(
    " ",
  );
}
