import type { ClosingEnd } from "./closing-page";
import { readConsentAnswer, type ConsentAnswer } from "./consent-answer";
import type { PendingConsent } from "./kept";

/** What the listener answers to a browser. */
export interface PageAnswer {
  readonly status: number;
  readonly html: string;
}

/** A listener on 127.0.0.1 that a door of the host has opened. */
export interface Listener {
  readonly port: number;
  close(): void;
}

/**
 * Opens a listener on 127.0.0.1 on a free port. `answer` is given the path and query of each GET, and `/`
 * for anything else.
 * `undefined` where this device cannot listen, as on phones.
 */
export type Listen = (answer: (path: string) => Promise<PageAnswer>) => Promise<Listener | undefined>;

/** An answer that ends a consent. */
export type FinalAnswer = Extract<ConsentAnswer, { is: "code" | "denied" | "refused" }>;

/**
 * Answers the browser that Google sends back to 127.0.0.1. One answer is accepted; whatever does not carry the right
 * state is turned away and changes nothing, since any page may call this address.
 *
 * @param accept  takes the one answer, and says what the page is to tell
 */
export function answerBrowser(
  pending: () => PendingConsent | undefined,
  accept: (answer: FinalAnswer, pending: PendingConsent) => Promise<ClosingEnd>,
  page: (end: ClosingEnd) => string,
): (path: string) => Promise<PageAnswer> {
  let accepted = false;
  return async (path) => {
    const asked = path.startsWith("/?") && !accepted ? pending() : undefined;
    const answer: ConsentAnswer = asked ? readConsentAnswer(path, asked) : { is: "not-an-answer" };
    if (!asked || answer.is === "not-an-answer" || answer.is === "wrong-state") {
      return { status: 404, html: page("not-ours") };
    }
    accepted = true;
    return { status: 200, html: page(await accept(answer, asked)) };
  };
}
