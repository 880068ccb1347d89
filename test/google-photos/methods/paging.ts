import { badRequest } from "../wire/refusal";
import type { Service } from "../service";

interface Position<T> {
  /** Names the place after an entry, so that what comes or goes before it moves no page. */
  keyOf(entry: T): string;
  /** Whether an entry comes after the place that a key names. */
  isAfter(entry: T, key: string): boolean;
}

/** The page size asked for: the default where none or 0 was, 400 or the limit where too much was. */
export function pageSize(service: Service, asked: number | undefined, normal: number, most: number): number {
  if (asked === undefined || asked === 0) return normal;
  if (asked < 0) throw badRequest("Page size must not be negative.");
  if (asked > most && service.switches.bigPage === "refuse") {
    throw badRequest(`Page size must be less than or equal to ${most}.`);
  }
  return Math.min(asked, most);
}

/**
 * Cuts a page out of a list in a fixed order.
 *
 * @param what   names the list and its filters: a token of another list is refused
 * @returns the entries, and the token of what follows, if anything does
 */
export function page<T>(
  service: Service,
  entries: readonly T[],
  asked: { what: string; size: number; token: string | undefined },
  position: Position<T>,
): { entries: T[]; nextPageToken?: string } {
  const { short, after } = readToken(asked.what, asked.token);
  let start = 0;
  if (after !== undefined) {
    let end = entries.length;
    while (start < end) {
      const middle = (start + end) >> 1;
      const entry = entries[middle];
      if (entry !== undefined && position.isAfter(entry, after)) end = middle;
      else start = middle + 1;
    }
  }
  const { shortPages } = service.switches;
  const writeToken = (key: string | undefined, emptied: boolean): string =>
    Buffer.from(JSON.stringify([asked.what, emptied, key ?? null])).toString("base64url");
  if (shortPages === "empty-first" && !short && entries.length > start) {
    return { entries: [], nextPageToken: writeToken(after, true) };
  }
  const size = shortPages === "half" ? Math.ceil(asked.size / 2) : asked.size;
  const shown = entries.slice(start, start + size);
  const last = shown.at(-1);
  if (last === undefined || start + size >= entries.length) return { entries: shown };
  return { entries: shown, nextPageToken: writeToken(position.keyOf(last), false) };
}

function readToken(what: string, token: string | undefined): { short: boolean; after?: string } {
  if (token === undefined || token === "") return { short: false };
  try {
    const read: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    if (Array.isArray(read) && read[0] === what) {
      const after: unknown = read[2];
      return { short: read[1] === true, ...(typeof after === "string" ? { after } : {}) };
    }
  } catch {
    // No JSON: no token of ours, refused below.
  }
  throw badRequest("Invalid page token.");
}
