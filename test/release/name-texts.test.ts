import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { withNamedTexts } from "../../scripts/name-texts.mjs";

const CODE = `"use strict";
  function program() { return ["waiting", "waiting", typeof "waiting", Math.max(1, 2)]; }
  const states = { "waiting": 1, waiting2: "waiting", ["waiting"]: 2 };
  const told = ["waiting", \`a "waiting" \${"waiting"}\`, /"waiting"/.source, "seldom", "it's \\"waiting\\""];
  class Some { "waiting"() { return "waiting"; } }
  switch ("waiting") { case"waiting": told.push(new Some().waiting()); }
  const own = { Math: { max: () => "own" } };
  told.push(own.Math.max(), Math.max(1, 2), Math["max"](1, 2), [1, 2].reduce(Math.max), Math.max(3), Math.max.name);
  told.push(...[1, 2, 3].map((size) => new Uint8Array(size).length), Uint8Array.from([1]).length);
  told.push(new Uint8Array(1).length, new Uint8Array(2).length, new Uint8Array.prototype.constructor(3).length);
  told.push(new Uint8Array(4).length);
  return JSON.stringify({ states, told, program: program(), isStrict: this === undefined });`;

describe("texts, functions and classes with names", () => {
  const named = withNamedTexts(CODE, ["program"]);

  it("say the same", () => {
    const run = (code: string): unknown => (runInThisContext(`(function () {${code}})`) as () => unknown)();
    expect(run(named)).toBe(run(CODE));
  });

  it("are said once, but for names of properties and what becomes another program", () => {
    expect(named).toMatch(/^"use strict";\s*var \$text0="waiting",\$text1=Math\.max,\$text2=Uint8Array;/);
    expect(named).toContain('["waiting", "waiting", typeof "waiting", Math.max(1, 2)]');
    expect(named).toContain("own.Math.max(),  $text1 (1, 2)");
    expect(named.match(/new {2}\$text2 \(/g)).toHaveLength(4);
    expect(named.match(/\$text0/g)).toHaveLength(8);
    expect(named).toContain('"seldom"');
  });
});
