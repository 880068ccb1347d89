/** Stands in for `google-logging-utils`: what passes through the auth client is secret and is logged nowhere. */
export function log(): { debug(): void } {
  return { debug: () => undefined };
}
