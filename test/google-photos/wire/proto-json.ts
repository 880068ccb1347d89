import { badField, badRequest } from "./refusal";
import type { Incoming } from "./incoming";

/**
 * Google's JSON parser, as strict as the real one: unknown names, wrong types and unknown enum values are
 * refused with its texts; camelCase and snake_case are both understood; null means "not given".
 */
export interface Field<T> {
  read(value: unknown, at: string): T;
}

type Shape = Record<string, Field<unknown>>;
export type Parsed<S extends Shape> = { [K in keyof S]?: S[K] extends Field<infer T> ? T : never };

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function wrong(at: string, type: string, value: unknown): never {
  throw badField(at, `Invalid value at '${at}' (${type}), ${JSON.stringify(value)}`);
}

function whole(type: string, limit: number): Field<number> {
  return {
    read(value, at) {
      const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
      if (typeof number !== "number" || !Number.isInteger(number) || Math.abs(number) > limit)
        wrong(at, type, value);
      return number;
    },
  };
}

export const string: Field<string> = {
  read: (value, at) => (typeof value === "string" ? value : wrong(at, "TYPE_STRING", value)),
};

export const bool: Field<boolean> = {
  read: (value, at) => (typeof value === "boolean" ? value : wrong(at, "TYPE_BOOL", value)),
};

export const double: Field<number> = {
  read: (value, at) => (typeof value === "number" ? value : wrong(at, "TYPE_DOUBLE", value)),
};

export const int32 = whole("TYPE_INT32", 2 ** 31 - 1);

export function oneOf<const V extends string>(type: string, values: readonly V[]): Field<V> {
  return {
    read: (value, at) =>
      values.find((known) => known === value) ?? wrong(at, `type.googleapis.com/${type}`, value),
  };
}

export function list<T>(field: Field<T>): Field<T[]> {
  return {
    read(value, at) {
      if (!Array.isArray(value)) return [field.read(value, `${at}[0]`)];
      return value.map((entry: unknown, index) => field.read(entry, `${at}[${index}]`));
    },
  };
}

export function message<S extends Shape>(shape: S): Field<Parsed<S>> {
  const names = new Map(
    Object.keys(shape).flatMap((name) => [[name, name] as const, [snake(name), name] as const]),
  );
  return {
    read(value, at) {
      if (typeof value !== "object" || value === null || Array.isArray(value))
        wrong(at, "TYPE_MESSAGE", value);
      const parsed: Record<string, unknown> = {};
      for (const [key, entry] of Object.entries(value)) {
        const name = names.get(key);
        const field = name === undefined ? undefined : shape[name];
        if (name === undefined || field === undefined) {
          const where = at === "" ? "" : ` at '${at}'`;
          throw badField(
            at,
            `Invalid JSON payload received. Unknown name "${key}"${where}: Cannot find field.`,
          );
        }
        if (entry !== null)
          parsed[name] = field.read(entry, at === "" ? snake(name) : `${at}.${snake(name)}`);
      }
      // Every value was read by the field of its own name, which is what Parsed says.
      return parsed as Parsed<S>;
    },
  };
}

/**
 * Reads a JSON request body by its schema. An empty body is an empty message.
 *
 * @throws Refusal 400 for another content type, malformed JSON, unknown fields or wrong types
 */
export function readMessage<T>(request: Incoming, schema: Field<T>): T {
  if (request.body.length === 0) return schema.read({}, "");
  const type = request.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) {
    throw badRequest(
      `Invalid JSON payload received. Unknown name "${request.body.toString("utf8", 0, 40)}": Cannot bind query ` +
        `parameter. The body must be sent as application/json, not as '${type}'.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(request.body));
  } catch (error) {
    throw badRequest(
      `Invalid JSON payload received. ${error instanceof Error ? error.message : "Unexpected token."}`,
    );
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw badRequest('Invalid JSON payload received. Unknown name "": Root element must be a message.');
  }
  return schema.read(value, "");
}
