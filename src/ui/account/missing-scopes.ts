import { factList } from "../dialog";
import type { MissingScope } from "../sign-in-port";
import type { Say } from "../surroundings";

/** What will not work, permission by permission, and what to do. */
export function missingScopes(missing: readonly MissingScope[], say: Say): DocumentFragment {
  const said = factList(missing.map((scope) => say(`scope.${scope}`)));
  said.createSpan({ text: say("scope.ask-again-text") });
  return said;
}
