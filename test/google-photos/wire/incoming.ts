import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** A request as a method sees it: read whole, its query decoded. */
export interface Incoming {
  method: string;
  url: URL;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** False where the connection broke before all bytes had come. */
  complete: boolean;
  /** The client's bytes as they were on the wire, when the header is not ASCII. */
  header(name: string): string | undefined;
}

/**
 * Reads a request's body.
 *
 * @param cutAfter  stop listening once so many bytes have come, as if the line had broken then
 * @returns the bytes and whether they are all there; never throws for a broken line
 */
export async function readBody(
  request: IncomingMessage,
  cutAfter = Number.POSITIVE_INFINITY,
): Promise<{ body: Buffer; complete: boolean }> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (cutAfter <= 0) return { body: Buffer.alloc(0), complete: false };
  try {
    for await (const chunk of request) {
      const bytes = chunk as Buffer;
      chunks.push(bytes);
      size += bytes.length;
      if (size >= cutAfter) return { body: Buffer.concat(chunks).subarray(0, cutAfter), complete: false };
    }
  } catch {
    return { body: Buffer.concat(chunks), complete: false };
  }
  return { body: Buffer.concat(chunks), complete: request.complete };
}

export function incoming(
  request: IncomingMessage,
  origin: string,
  body: Buffer,
  complete: boolean,
): Incoming {
  return {
    method: request.method ?? "GET",
    url: new URL(request.url ?? "/", origin),
    headers: request.headers,
    body,
    complete,
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

/** Fields of a posted form, url-encoded or multipart (what `curl -F` and rclone's revoke send), and of the query. */
export function formFields(request: Incoming): URLSearchParams {
  const fields = new URLSearchParams(request.url.search);
  const type = request.header("content-type") ?? "";
  const boundary = /^multipart\/form-data;.*boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined) {
    for (const part of request.body.toString("utf8").split(`--${boundary}`)) {
      const found = /name="([^"]+)"[^]*?\r?\n\r?\n([^]*?)\r?\n$/.exec(part);
      if (found?.[1] !== undefined && found[2] !== undefined) fields.append(found[1], found[2]);
    }
  } else if (type.startsWith("application/x-www-form-urlencoded")) {
    for (const [name, value] of new URLSearchParams(request.body.toString("utf8")))
      fields.append(name, value);
  }
  return fields;
}
