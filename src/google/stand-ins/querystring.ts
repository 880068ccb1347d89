/** Stands in for Node's `querystring`, of which the auth client uses this one function for its consent address. */
export function stringify(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}
