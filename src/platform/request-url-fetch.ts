import { requestUrl, type RequestUrlParam } from "obsidian";
import { whileWanted } from "../model";

/** As much of `fetch`'s request as is used here. Header names in lower case, and none that the host sets by itself. */
interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
  readonly signal?: AbortSignal;
}

/** As much of its answer. Header names in lower case. */
interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  arrayBuffer(): Promise<ArrayBuffer>;
}

const NOBODY_ENDS = new AbortController().signal;

/**
 * `fetch` over Obsidian's `requestUrl`, which knows no CORS and works on phones. It cannot be ended: after an abort
 * the request goes on, and only its answer is dropped.
 *
 * @throws the host's error, where no answer came
 * @throws the signal's reason, after an abort
 */
export async function requestUrlFetch(
  url: string,
  { method = "GET", headers = {}, body, signal = NOBODY_ENDS }: Request,
): Promise<Answer> {
  signal.throwIfAborted();
  const type = headers["content-type"];
  const request: RequestUrlParam = {
    url,
    method,
    headers: { ...headers },
    throw: false,
    ...(body && { body: typeof body === "string" ? body : exactly(body) }),
    ...(type !== undefined && { contentType: type }),
  };
  const answer = await whileWanted(requestUrl(request), signal);
  // Electron has lists of values among them, whatever the type says.
  const given = Object.entries<unknown>(answer.headers);
  return {
    status: answer.status,
    headers: new Map(given.map(([name, value]) => [name.toLowerCase(), String(value)])),
    arrayBuffer: () => Promise.resolve(answer.arrayBuffer),
  };
}

/** The bytes of a view and no others: a view may show a part of something larger. */
function exactly(view: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return view.byteLength === view.buffer.byteLength ? view.buffer : view.slice().buffer;
}
