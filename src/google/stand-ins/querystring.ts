/** Stands in for Node's `querystring`, of which the auth client uses this one function for its consent address. */
export function stringify(fields: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) query.set(name, value);
  }
  return query.toString();
}
