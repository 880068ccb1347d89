import type { ClosingEnd } from "./closing-page";

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

/**
 * Answers the browser that Google sends back to 127.0.0.1. Whatever does not carry the right state is turned away and
 * changes nothing, since any page may call this address.
 *
 * @param accept  takes an answer of the consent that is awaited, and says in the end what the page is to tell; answers
 *                nothing where it is none
 */
export function answerBrowser(
  accept: (path: string) => Promise<ClosingEnd | undefined>,
  page: (end: ClosingEnd) => string,
): (path: string) => Promise<PageAnswer> {
  return async (path) => {
    const end = await accept(path);
    return end === undefined ? { status: 404, html: page("not-ours") } : { status: 200, html: page(end) };
  };
}
