/*
 * What comes from outside (Google's answers, journals, settings, all that was kept) is unknown until a shape has read it.
 * A shape answers what it knows of and passes over what else is there.
 */

/** Reads a value; throws where it is not of this shape. */
export type Shape<Value> = (value: unknown) => Value;

/** What a shape reads. */
export type Shaped<Of> = Of extends Shape<infer Value> ? Value : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
type MayLack<Of extends Fields> = {
  [Name in keyof Of]: undefined extends Shaped<Of[Name]> ? Name : never;
}[keyof Of];
type Filled<Of extends Fields> = { [Name in Exclude<keyof Of, MayLack<Of>>]: Shaped<Of[Name]> } & {
  [Name in MayLack<Of>]?: Shaped<Of[Name]>;
};

/**
 * The value as it is, where it fits.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function fitting<Value>(fits: (value: unknown) => boolean): Shape<Value> {
  return (value) => {
    if (fits(value)) return value as Value;
    // Whoever reads it catches it, and asks for no words.
    throw new TypeError();
  };
}

export const aText = fitting<string>((value) => typeof value === "string");
export const aNumber = fitting<number>((value) => typeof value === "number" && !Number.isNaN(value));
export const aBoolean = fitting<boolean>((value) => typeof value === "boolean");

/**
 * A text that the pattern finds itself in.
 *
 * @__NO_SIDE_EFFECTS__
 */
export function textLike<Text extends string = string>(pattern: RegExp): Shape<Text> {
  return fitting((value) => typeof value === "string" && pattern.test(value));
}

export const someText = textLike(/./s);

export function oneOf<const Value>(values: readonly Value[]): Shape<Value> {
  return fitting((value) => values.includes(value as Value));
}

export function optional<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (value) => (value === undefined ? undefined : shape(value));
}

/** Reads `absent` where there is nothing. */
export function withDefault<Value>(shape: Shape<Value>, absent: unknown): Shape<Value> {
  return (value = absent) => shape(value);
}

/**
 * Gives `usual` where there is nothing, or what makes no sense.
 *
 * Nothing is no error here: the first one that is thrown while main.js is evaluated has the browser read all of main.js
 * once more, for the lines of its stack (12 ms, measured in Chromium 156).
 */
export function orElse<Value>(shape: Shape<Value>, usual: Value): Shape<Value> {
  return (value) => (value === undefined ? undefined : readAs(shape, value)) ?? usual;
}

export function listOf<Value>(shape: Shape<Value>): Shape<Value[]> {
  const list = fitting<unknown[]>(Array.isArray);
  return (value) => list(value).map((one) => shape(one));
}

const anyObject = fitting<Readonly<Record<string, unknown>>>(
  (value) => typeof value === "object" && value !== null,
);

/** An object whose every field has the one shape. */
export function recordOf<Value>(shape: Shape<Value>): Shape<Record<string, Value>> {
  return (value) =>
    Object.fromEntries(Object.entries(anyObject(value)).map(([name, one]) => [name, shape(one)]));
}

/** An object with these fields; those that are not there stay out. */
export function anObject<Of extends Fields>(
  fields: Of,
): Shape<{ [Name in keyof Filled<Of>]: Filled<Of>[Name] }> {
  const shapes = Object.entries(fields);
  return (value) => {
    const given = anyObject(value);
    const read: Record<string, unknown> = {};
    for (const [name, shape] of shapes) {
      const field = shape(given[name]);
      if (field !== undefined) read[name] = field;
    }
    return read as Filled<Of>;
  };
}

/** What the value holds; `undefined` where it is not of the shape. */
export function readAs<Value>(shape: Shape<Value>, value: unknown): Value | undefined {
  try {
    return shape(value);
  } catch {
    return undefined;
  }
}

/** The same of JSON. */
export function readJson<Value>(shape: Shape<Value>, json: string | undefined): Value | undefined {
  return readAs((text) => shape(JSON.parse(String(text))), json);
}
