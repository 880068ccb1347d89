import type { IncomingHttpHeaders } from "node:http";

/** What pages may read of an upload's answer (fact sheet §8). */
const exposed = [
  "content-type",
  "x-goog-upload-size-received",
  "x-goog-upload-url",
  "x-goog-upload-command",
  "x-goog-upload-header-content-length",
  "x-goog-upload-header-content-type",
  "x-goog-upload-protocol",
  "x-goog-upload-status",
  "x-goog-upload-chunk-granularity",
  "x-goog-upload-control-url",
  "x-guploader-uploadid",
].join(", ");

/** The CORS headers of an answer: origin reflected, the upload's headers exposed. */
export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const origin = headers.origin;
  if (origin === undefined) return {};
  return { "access-control-allow-origin": origin, "access-control-expose-headers": exposed, vary: "Origin" };
}

/** The answer to a preflight: the method and headers that were asked for are allowed. */
export function preflightHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const asked = headers["access-control-request-headers"];
  return {
    ...corsHeaders(headers),
    "access-control-allow-methods": "GET, POST, PATCH, DELETE, HEAD, OPTIONS",
    ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
    "access-control-max-age": "3600",
  };
}
