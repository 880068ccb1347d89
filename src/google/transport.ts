import { whileWanted } from "../model";
import { refusalOf } from "./errors";
import { exchange, type Wires } from "./exchange";
import { isDone, type CallKind, type Reply } from "./reply";
import type { Session } from "./sessions";

/** The Photos Library API. */
export const API = "https://photoslibrary.googleapis.com/v1";

/** One call of it. */
export interface Call {
  readonly kind: CallKind;
  readonly method: "GET" | "PATCH" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
  /** How long to wait for the whole answer, in milliseconds; a minute where it is not said. */
  readonly timeout?: number;
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
  function once(call: Call, token: string, signal: AbortSignal): Promise<Reply> {
    return exchange(wires, {
      ...call,
      headers: { ...call.headers, authorization: `Bearer ${token}` },
      signal,
    });
  }

  async function ask(call: Call, signal: AbortSignal): Promise<Reply> {
    signal.throwIfAborted();
    const at = session();
    const token = await whileWanted(at(), signal);
    const reply = await once(call, token, signal);
    if (reply.status !== 401) return reply;
    return once(call, await whileWanted(at(token), signal), signal);
  }

  return {
    ask,
    send: async (call, signal) => {
      const reply = await ask(call, signal);
      if (isDone(reply)) return reply;
      throw refusalOf(reply);
    },
  };
}
