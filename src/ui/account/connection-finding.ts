import type { Refusal } from "../../model";
import type { ConnectionTest } from "../sign-in-port";
import type { Say } from "../surroundings";
import { sayError, sayMissing, sentences } from "../wording";
import type { ConsolePage } from "./console-page";

/** What a test of the connection found, in words, and where in the console it can be mended. */
export interface Finding {
  readonly works: boolean;
  readonly text: string;
  readonly page?: ConsolePage | undefined;
}

/** Where a refusal can be mended on a page of the console. */
const MENDED_AT: Readonly<Partial<Record<Refusal, ConsolePage>>> = {
  "api-off": "api",
  "client-wrong": "clients",
};

export function findingOf(test: ConnectionTest, say: Say): Finding {
  if (test.is === "failed") return failure(test, say);
  const { missing, account } = test;
  if (missing.length > 0) {
    return { works: false, text: sentences(say("test.works-but"), sayMissing(missing, say)) };
  }
  const { email } = account;
  const text = email === "" ? say("account.test-works-unnamed") : say("account.test-works", { email });
  return { works: true, text };
}

function failure({ error, end }: Extract<ConnectionTest, { is: "failed" }>, say: Say): Finding {
  if (end === "testing") return { works: false, text: say("hold.signed-out.testing"), page: "publish" };
  const { refusal } = error.detail;
  return { works: false, text: sayError(error, say), page: refusal && MENDED_AT[refusal] };
}
