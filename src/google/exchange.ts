import { readJson, whileWanted, type Clock, type Shape } from "../model";
import { senseless, unanswered } from "./errors";
import { textOf, type CallKind, type Reply } from "./reply";

/** What a request comes with, as `fetch` takes it; the names of its headers in lower case. */
interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
}

/**
 * What carries requests: something like `fetch` that knows no CORS, and whose answer has arrived whole. Rejects where none
 * came. It need not be able to end a request: nobody waits for one any longer than they want.
 */
export type Fetch = (url: string, sent: Sent) => Promise<Pick<Reply, "status" | "headers" | "bytes">>;

/** What the whole room needs from outside. */
export interface Wires {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

interface Request extends Sent {
  readonly kind: CallKind;
  readonly url: string;
  /** Milliseconds after which nobody waits any longer; a minute where it is not said. */
  readonly timeout?: number;
  readonly signal: AbortSignal;
}

/**
 * One request and its whole answer, whatever its status.
 *
 * @throws PhotosError  where none came in time
 * @throws the signal's reason, where the caller gave up
 */
export async function exchange({ fetch, clock }: Wires, request: Request): Promise<Reply> {
  const { kind, url, timeout = 60_000, signal, ...sent } = request;
  signal.throwIfAborted();
  const over = new AbortController();
  const tooLate = clock.sleep(timeout, over.signal).then(() => {
    throw new Error("late");
  });
  try {
    const answer = await whileWanted(Promise.race([fetch(url, sent), tooLate]), signal);
    return { kind, ...answer, at: clock.now() };
  } catch (error) {
    signal.throwIfAborted();
    // For reading only: the error's words may hold addresses.
    throw unanswered(kind, String(error));
  } finally {
    over.abort();
  }
}

/** Sends the fields of a form to one of the addresses for tokens. */
export function sendForm(
  wires: Wires,
  url: string,
  fields: URLSearchParams,
  signal = new AbortController().signal,
): Promise<Reply> {
  return exchange(wires, {
    kind: "token",
    url,
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: fields.toString(),
    signal,
  });
}

/**
 * What a reply says in JSON.
 *
 * @throws PhotosError  where that makes no sense: the shape throws, or gives `undefined`
 */
export function answerIn<Value>(reply: Reply, shape: Shape<Value | undefined>): Value {
  const answer = readJson(shape, textOf(reply));
  if (answer === undefined) throw senseless(reply.kind);
  return answer;
}
