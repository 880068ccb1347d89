/** Stands in for the auth client's odds and ends, of which most are for Node. Ours are given no field without a value. */
export function removeUndefinedValuesInObject<T extends object>(fields: T): T {
  return fields;
}
