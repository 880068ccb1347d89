import { runInThisContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { withNamedTexts } from "../../scripts/name-texts.mjs";

const CODE = `"use strict";
  function program() { return ["waiting", "waiting", typeof "waiting"]; }
  const states = { "waiting": 1, waiting2: "waiting", ["waiting"]: 2 };
  const told = ["waiting", \`a "waiting" \${"waiting"}\`, /"waiting"/.source, "seldom", "it's \\"waiting\\""];
  class Some { "waiting"() { return "waiting"; } }
  switch ("waiting") { case"waiting": told.push(new Some().waiting()); }
  return JSON.stringify({ states, told, program: program(), isStrict: this === undefined });`;

describe("texts with names", () => {
  const named = withNamedTexts(CODE, ["program"]);

  it("say the same", () => {
    const run = (code: string): unknown => (runInThisContext(`(function () {${code}})`) as () => unknown)();
    expect(run(named)).toBe(run(CODE));
  });

  it("are said once, but for names of properties and what becomes another program", () => {
    expect(named).toMatch(/^"use strict";\s*var \$text0="waiting";/);
    expect(named).toContain('function program() { return ["waiting", "waiting", typeof "waiting"]; }');
    expect(named.match(/\$text0/g)).toHaveLength(8);
    expect(named).toContain('"seldom"');
  });
});
