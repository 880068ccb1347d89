/** Stands in for the auth client's odds and ends, of which most are for Node. */

/** Reads an option by its name in either case: we give ours in camel case only. */
export function originalOrCamelOptions(options: Readonly<Record<string, unknown>>): {
  get(key: string): unknown;
} {
  return { get: (key) => options[key.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())] };
}

export function removeUndefinedValuesInObject<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
