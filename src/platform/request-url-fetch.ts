import { requestUrl, type RequestUrlParam } from "obsidian";
import { whileWanted } from "../model";

/** Statuses of which a `Response` takes no body. */
const BODILESS: ReadonlySet<number> = new Set([101, 204, 205, 304]);

const NOBODY_ENDS = new AbortController().signal;

/** Headers that the host sets by itself; Electron refuses a request that names them. */
const HOST_SETS: ReadonlySet<string> = new Set(["content-length", "host", "connection"]);

/**
 * `fetch` over Obsidian's `requestUrl`, which knows no CORS and works on phones. It cannot be ended: after an abort
 * the request goes on, and only its answer is dropped.
 *
 * @throws the host's error, where no answer came
 * @throws the signal's reason, after an abort
 */
export async function requestUrlFetch(url: string, init: RequestInit): Promise<Response> {
  init.signal?.throwIfAborted();
  const headers: Record<string, string> = {};
  new Headers(init.headers).forEach((value, name) => {
    if (!HOST_SETS.has(name)) headers[name] = value;
  });
  const body = bodyOf(init.body);
  // A form brings its own type, as it does with fetch.
  if (init.body instanceof URLSearchParams) headers["content-type"] ??= "application/x-www-form-urlencoded";
  const type = headers["content-type"];
  const request: RequestUrlParam = {
    url,
    method: init.method ?? "GET",
    headers,
    throw: false,
    ...(body === undefined ? {} : { body }),
    ...(type === undefined ? {} : { contentType: type }),
  };
  const answer = await whileWanted(requestUrl(request), init.signal ?? NOBODY_ENDS);
  const content = BODILESS.has(answer.status) ? null : answer.arrayBuffer;
  return new Response(content, { status: answer.status, headers: headersOf(answer.headers) });
}

function bodyOf(body: RequestInit["body"]): string | ArrayBuffer | undefined {
  if (body === null || body === undefined) return undefined;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  if (body instanceof ArrayBuffer) return body;
  if (ArrayBuffer.isView(body)) return exactly(body);
  throw new TypeError("requestUrl sends text or bytes");
}

/** The bytes of a view and no others: a view may show a part of something larger. */
function exactly(view: ArrayBufferView): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = view;
  if (buffer instanceof ArrayBuffer && byteOffset === 0 && byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(buffer, byteOffset, byteLength).slice().buffer;
}

/** An answer's headers; what no `Headers` takes is left out, since nothing we read is among it. */
function headersOf(given: Readonly<Record<string, unknown>>): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) {
    const text = String(value);
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(text))
      headers.set(name, text);
  }
  return headers;
}
