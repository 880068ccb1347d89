/** Stands in for the auth client's odds and ends, of which most are for Node. */
export function removeUndefinedValuesInObject<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
