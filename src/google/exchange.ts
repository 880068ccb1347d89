import type { Clock } from "../model";
import type { Seen } from "./errors";

/** What carries requests: `fetch`, or something like it that knows no CORS. Rejects where no answer came. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the whole room needs from outside. */
export interface Wires {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

/** An answer that has arrived whole. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** No answer came; `seen` says why. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";

  constructor(readonly seen: Seen) {
    super("no answer");
  }
}

/** The words of an error and of what caused it, for reading only: they may hold addresses. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    words.push(at.name, at.message);
    if ("code" in at && typeof at.code === "string") words.push(at.code);
    if (at instanceof AggregateError) words.push(...at.errors.map(wordsOf));
  }
  return words.length > 0 ? words.join("\n") : String(error);
}

/**
 * One request and its whole answer, whatever its status.
 *
 * @param timeout  milliseconds after which nobody waits any longer
 * @throws Unanswered  where none came in time
 * @throws the signal's reason, where the caller gave up
 */
export async function exchange(
  { fetch, clock }: Wires,
  request: { readonly url: string; readonly timeout: number; readonly signal: AbortSignal } & RequestInit,
): Promise<Reply> {
  const { url, timeout, signal, ...init } = request;
  signal.throwIfAborted();
  // Not AbortSignal.any: iOS has it only from 17.4 on.
  const end = new AbortController();
  const giveUp = (): void => end.abort(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  const late = new Unanswered({ timedOut: true });
  clock.sleep(timeout, end.signal).then(
    () => end.abort(late),
    () => undefined, // the answer came first
  );
  try {
    const response = await fetch(url, { ...init, signal: end.signal });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes };
  } catch (error) {
    signal.throwIfAborted();
    throw end.signal.reason === late ? late : new Unanswered({ failed: wordsOf(error) });
  } finally {
    signal.removeEventListener("abort", giveUp);
    end.abort();
  }
}

/** An answer's body as text. */
export function textOf(reply: Reply): string {
  return new TextDecoder().decode(reply.bytes);
}
