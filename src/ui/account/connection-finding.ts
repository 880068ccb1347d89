import type { PlainKey, Words } from "../../i18n";
import type { ConnectionTest } from "../sign-in-port";
import { sayError } from "../wording";
import type { ConsoleLinks } from "./console-links";

/** What a test of the connection found, in words, and where it can be mended. */
export interface Finding {
  readonly works: boolean;
  readonly text: string;
  readonly link?: { readonly label: PlainKey; readonly page: keyof ConsoleLinks };
}

export function findingOf(words: Words, test: ConnectionTest): Finding {
  if (test.is === "failed") return failure(words, test);
  const { missing, account } = test;
  if (missing.length > 0) {
    const lost = missing.map((scope) => words.say(`scope.${scope}`));
    const text = [words.say("test.works-but"), ...lost, words.say("scope.ask-again-text")].join(" ");
    return { works: false, text };
  }
  const { email } = account;
  const text =
    email === "" ? words.say("account.test-works-unnamed") : words.say("account.test-works", { email });
  return { works: true, text };
}

function failure(words: Words, { error, end }: Extract<ConnectionTest, { is: "failed" }>): Finding {
  if (error.kind === "signed-out") {
    if (end === "testing") {
      const link = { label: "setup.publish-link", page: "audience" } as const;
      return { works: false, text: words.say("hold.signed-out.testing"), link };
    }
    return { works: false, text: words.say(end === "ended" ? "test.ended" : "signed-out.nobody") };
  }
  const text = sayError(words, error);
  const { refusal } = error.detail;
  if (refusal === undefined) return { works: false, text };
  switch (refusal) {
    case "api-off":
      return { works: false, text, link: { label: "test.open-api", page: "api" } };
    case "client-wrong":
      return { works: false, text, link: { label: "test.open-clients", page: "clients" } };
    case "scope-missing":
    case "account-blocked":
      return { works: false, text };
  }
}
