import { readJson, type Clock, type Shape } from "../model";
import { senseless, unanswered } from "./errors";
import { textOf, type CallKind, type Reply } from "./reply";

/** What a request comes with, as `fetch` takes it; the names of its headers in lower case. */
interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
  readonly signal?: AbortSignal;
}

/** What carries requests: `fetch`, or something like it that knows no CORS. Rejects where no answer came. */
export type Fetch = (
  url: string,
  sent: Sent,
) => Promise<Pick<Reply, "status" | "headers"> & Pick<Response, "arrayBuffer">>;

/** What the whole room needs from outside. */
export interface Wires {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** The words of an error and of what caused it, for reading only: they may hold addresses. */
function wordsOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error) || depth > 4) return String(error);
  const { code, errors = [] } = error as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  const within = [...errors, error.cause].map((one) => wordsOf(one, depth + 1));
  return [error.name, error.message, code, ...within].join("\n");
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
  const { kind, url, timeout = 60_000, signal, ...init } = request;
  signal.throwIfAborted();
  // Not AbortSignal.any: iOS has it only from 17.4 on.
  const end = new AbortController();
  const giveUp = (): void => end.abort();
  signal.addEventListener("abort", giveUp, { once: true });
  clock.sleep(timeout, end.signal).then(giveUp, () => undefined); // the answer came first
  try {
    const response = await fetch(url, { ...init, signal: end.signal });
    const { status, headers } = response;
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { kind, status, headers, bytes, at: clock.now() };
  } catch (error) {
    signal.throwIfAborted();
    throw unanswered(kind, wordsOf(error));
  } finally {
    signal.removeEventListener("abort", giveUp);
    end.abort();
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
