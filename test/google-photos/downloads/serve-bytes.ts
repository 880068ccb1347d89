import type { Incoming } from "../wire/incoming";
import { text, type Reply } from "../wire/reply";

/**
 * Bytes as an answer: whole, or the one range that was asked for (206), or 416 where it lies outside.
 *
 * @param filename  saved under this name; without it, shown
 */
export function serveBytes(
  incoming: Incoming,
  bytes: Uint8Array,
  mimeType: string,
  filename?: string,
): Reply {
  const headers: Record<string, string> = {
    "content-type": mimeType,
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=86400, no-transform",
    ...(filename === undefined
      ? { "content-disposition": "inline" }
      : {
          "content-disposition": `attachment;filename="${filename.replace(/[^\x20-\x7e]|["\\]/g, "_")}"; filename*=UTF-8''${encodeURIComponent(filename)}`,
        }),
  };
  const asked = /^bytes=(\d*)-(\d*)$/.exec(incoming.header("range") ?? "");
  if (asked === null || (asked[1] === "" && asked[2] === "")) return { status: 200, headers, body: bytes };
  const [, from = "", to = ""] = asked;
  const start = from === "" ? Math.max(0, bytes.length - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
  if (start > end) {
    const refused = text("Requested range not satisfiable", 416);
    return { ...refused, headers: { ...refused.headers, "content-range": `bytes */${bytes.length}` } };
  }
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${bytes.length}` },
    body: bytes.subarray(start, end + 1),
  };
}
