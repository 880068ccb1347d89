import { describe, expect, expectTypeOf, it } from "vitest";
import {
  aBoolean,
  aNumber,
  anObject,
  aText,
  fitting,
  listOf,
  oneOf,
  optional,
  orElse,
  readAs,
  readJson,
  recordOf,
  someText,
  textLike,
  withDefault,
  type Shape,
  type Shaped,
} from "../../src/model";

const whole: readonly (readonly [
  string,
  Shape<unknown>,
  fits: readonly unknown[],
  not: readonly unknown[],
])[] = [
  ["a text", aText, ["", "a"], [1, null, undefined, ["a"]]],
  ["a number", aNumber, [0, -1.5, Infinity], [NaN, "1", null, undefined]],
  ["a truth", aBoolean, [true, false], [0, "true", null, undefined]],
  ["a text that says something", someText, ["a", "\n"], ["", 1]],
  ["a text of a form", textLike(/^a+$/), ["a", "aa"], ["", "b", ["a"]]],
  ["one of a few", oneOf(["a", 1]), ["a", 1], ["1", "b", undefined]],
  ["what a question says yes to", fitting(Number.isInteger), [1], [1.5, "1"]],
  ["a list", listOf(aNumber), [[], [1, 2]], [[1, "2"], {}, "12", null]],
  ["a record", recordOf(aNumber), [{}, { a: 1 }], [{ a: "1" }, null, "a"]],
  ["an object", anObject({ a: aNumber }), [{ a: 1 }], [{}, { a: "1" }, null, 1]],
];

describe("a shape", () => {
  it.each(whole)("is that of %s, and of nothing else", (_what, shape, fits, not) => {
    for (const value of fits) expect(readAs(shape, value)).toEqual(value);
    for (const value of not) expect(readAs(shape, value)).toBeUndefined();
  });

  it("of an object passes over what it does not know, and leaves out what is not there", () => {
    const shape = anObject({ a: aNumber, b: optional(aText), c: withDefault(aText, "c") });
    expectTypeOf<Shaped<typeof shape>>().toEqualTypeOf<{ a: number; b?: string | undefined; c: string }>();
    expect(readAs(shape, { a: 1, more: 2 })).toStrictEqual({ a: 1, c: "c" });
    expect(readAs(shape, { a: 1, b: "b", c: "d" })).toStrictEqual({ a: 1, b: "b", c: "d" });
    expect(readAs(shape, { a: 1, b: null })).toBeUndefined();
    expect(readAs(shape, { a: 1, c: 1 })).toBeUndefined();
  });

  it("of a record keeps a name that means something to JavaScript as a name like any other", () => {
    const read = readJson(recordOf(aNumber), '{"__proto__": 1}');
    expect(Object.entries(read ?? {})).toEqual([["__proto__", 1]]);
  });

  it("may fall back to what is usual", () => {
    const shape = orElse(aNumber, 7);
    expect([1, "1", null, undefined].map(shape)).toEqual([1, 7, 7, 7]);
  });

  it("reads JSON, of which a torn one says nothing", () => {
    const shape = anObject({ a: aNumber });
    expect(readJson(shape, ' {"a": 1}\n')).toEqual({ a: 1 });
    for (const json of ['{"a": 1', "", "null", undefined]) expect(readJson(shape, json)).toBeUndefined();
  });
});
