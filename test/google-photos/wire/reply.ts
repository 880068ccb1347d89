/** An answer before it is written to the socket, so that a fault can still replace or lose it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** JSON as Google prints it: UTF-8, two spaces deep unless `prettyPrint=false` was asked for. */
export function json(value: unknown, status = 200, pretty = true): Reply {
  return {
    status,
    headers: { "content-type": "application/json; charset=UTF-8", "cache-control": "private" },
    body: pretty ? `${JSON.stringify(value, null, 2)}\n` : JSON.stringify(value),
  };
}

export function text(body: string, status = 200): Reply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}

export function html(body: string, status = 200): Reply {
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body,
  };
}

/** 302 by default; 303 after a form, so that going back does not send it again. */
export function redirect(to: string, status: 302 | 303 = 302): Reply {
  return { status, headers: { location: to, "cache-control": "no-store" }, body: "" };
}
