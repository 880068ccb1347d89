import { badField } from "./refusal";

/** Parameters that every method understands (fact sheet §4). */
const common = new Set([
  "$.xgafv",
  "access_token",
  "alt",
  "callback",
  "fields",
  "key",
  "oauth_token",
  "prettyPrint",
  "quotaUser",
  "uploadType",
  "upload_protocol",
  "$alt",
  "$fields",
  "$key",
  "$prettyPrint",
]);

/** The query parameters of a method, checked against what it knows. */
export interface Query {
  text(name: string): string | undefined;
  all(name: string): string[];
  whole(name: string): number | undefined;
}

/**
 * Binds a query string to a method's parameters, camelCase or snake_case.
 *
 * @throws Refusal 400 for a parameter that the method does not know, or `alt` other than `json`
 */
export function bindQuery(query: URLSearchParams, known: readonly string[]): Query {
  const camel = (name: string): string =>
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const bound = new Map<string, string[]>();
  for (const [key, value] of query) {
    if (common.has(key)) {
      if ((key === "alt" || key === "$alt") && value !== "json") {
        throw badField("alt", `Invalid value "${value}" for parameter 'alt': only 'json' is served here.`);
      }
      continue;
    }
    const name = known.find((candidate) => candidate === key || candidate === camel(key));
    if (name === undefined) {
      throw badField(
        "",
        `Invalid JSON payload received. Unknown name "${key}": Cannot bind query parameter. ` +
          `Field '${key}' could not be found in request message.`,
      );
    }
    bound.set(name, [...(bound.get(name) ?? []), value]);
  }
  const text = (name: string): string | undefined => bound.get(name)?.at(-1);
  return {
    text,
    all: (name) => bound.get(name) ?? [],
    whole(name) {
      const value = text(name);
      if (value === undefined || value === "") return undefined;
      if (!/^-?\d{1,9}$/.test(value))
        throw badField(name, `Invalid value at '${name}' (TYPE_INT32), "${value}"`);
      return Number(value);
    },
  };
}
