import { requestUrl, type RequestUrlParam } from "obsidian";

/** As much of `fetch`'s request as is used here. Header names in lower case, and none that the host sets by itself. */
interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | null;
}

/** An answer that has arrived whole. Header names in lower case. */
interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Something like `fetch` over Obsidian's `requestUrl`, which knows no CORS and works on phones. A request cannot be ended:
 * who waits no longer lets it go on.
 *
 * @throws the host's error, where no answer came
 */
export async function requestUrlFetch(url: string, { method, headers, body }: Request): Promise<Answer> {
  const type = headers["content-type"];
  const request: RequestUrlParam = {
    url,
    method,
    headers: { ...headers },
    throw: false,
    ...(body && { body: typeof body === "string" ? body : exactly(body) }),
    ...(type !== undefined && { contentType: type }),
  };
  const answer = await requestUrl(request);
  // Electron has lists of values among them, whatever the type says.
  const given = Object.entries<unknown>(answer.headers);
  return {
    status: answer.status,
    headers: new Map(given.map(([name, value]) => [name.toLowerCase(), String(value)])),
    bytes: new Uint8Array(answer.arrayBuffer),
  };
}

/** The bytes of a view and no others: a view may show a part of something larger. */
function exactly(view: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return view.byteLength === view.buffer.byteLength ? view.buffer : view.slice().buffer;
}
