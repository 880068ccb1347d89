import type { PhotosError } from "../model";
import { photosErrorOf, type CallKind } from "./errors";
import { exchange, textOf, Unanswered, type Reply, type Wires } from "./exchange";
import type { Session } from "./session";

/** One call of the Photos Library API. */
export interface Call {
  readonly kind: CallKind;
  readonly method: "GET" | "PATCH" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  /** How long to wait for the whole answer, in milliseconds. */
  readonly timeout: number;
}

/** The one way to Google for everything that needs the user's consent. */
export interface Transport {
  /**
   * Sends a call and answers what came, whatever its status. A 401 renews the access token once.
   *
   * @throws PhotosError  where no answer came or there is no sign-in
   * @throws the signal's reason, where the caller gave up
   */
  ask(call: Call, signal: AbortSignal): Promise<Reply>;
  /** The same for callers that want a 2xx: anything else is thrown as a `PhotosError`. */
  send(call: Call, signal: AbortSignal): Promise<Reply>;
}

/** @param session  the sign-in of the moment; throws `signed-out` where there is none */
export function createTransport(session: () => Session, wires: Wires): Transport {
  async function once(call: Call, token: string, signal: AbortSignal): Promise<Reply> {
    const { kind, method, url, headers, body, timeout } = call;
    try {
      return await exchange(wires, {
        url,
        method,
        headers: { ...headers, authorization: `Bearer ${token}` },
        ...(body === undefined ? {} : { body }),
        timeout,
        signal,
      });
    } catch (error) {
      if (error instanceof Unanswered) throw photosErrorOf(kind, error.seen, wires.clock.now());
      throw error;
    }
  }

  async function ask(call: Call, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    const at = session();
    const token = await whileWanted(at.accessToken(), signal);
    const reply = await once(call, token, signal);
    if (reply.status !== 401) return reply;
    return once(call, await whileWanted(at.renewed(token), signal), signal);
  }

  return {
    ask,
    send: async (call, signal) => {
      const reply = await ask(call, signal);
      if (reply.status >= 200 && reply.status < 300) return reply;
      throw refusalOf(call, reply, wires.clock.now());
    },
  };
}

/** Waits for what several callers share; one that gives up does not end it for the others. */
async function whileWanted<T>(shared: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopWaiting = (): void => undefined;
  const unwanted = new Promise<undefined>((resolve) => {
    stopWaiting = () => resolve(undefined);
    signal.addEventListener("abort", stopWaiting, { once: true });
  });
  try {
    await Promise.race([shared, unwanted]);
    signal.throwIfAborted();
    return await shared;
  } finally {
    signal.removeEventListener("abort", stopWaiting);
  }
}

/** The error that a reply outside of 2xx stands for. */
export function refusalOf(call: Call, reply: Reply, now: number): PhotosError {
  const { status, headers } = reply;
  return photosErrorOf(call.kind, { answered: { status, headers, body: textOf(reply) } }, now);
}
