import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { minifiedAgain } from "../../scripts/minify-again.mjs";

/** A page whose worker is started from the text of one of its functions, as `src/picture/shared-program.ts` makes it. */
const pageWith = (name: string): string => `"use strict";
  function ${name}(){
    const said = ["waiting", "waiting", "waiting", "waiting", undefined, undefined, Math.max(1, 2), Math.max(3, 4)];
    return { serve: (self) => self.told = said.concat(undefined) };
  }
  const said = ["waiting", "waiting", "waiting", "waiting", undefined, Math.max(5, 6), Math.max(7, 8)];
  module.exports = { said, own: ${name}(), text: \`(\${${name}})().serve(self)\` };`;

describe("a page that starts a worker from its own text", () => {
  it.each(["program", "$a", "a$", "_"])("made smaller, leaves it all it asks for: %s", async (name) => {
    const module = { exports: { text: "" } };
    runInNewContext(await minifiedAgain(pageWith(name)), { module });
    const self: { told?: readonly unknown[] } = {};
    // A worker knows nothing of the page.
    runInNewContext(module.exports.text, { self });
    expect(self.told).toEqual([
      "waiting",
      "waiting",
      "waiting",
      "waiting",
      undefined,
      undefined,
      2,
      4,
      undefined,
    ]);
  });

  it("is not made smaller where its program is not found", async () => {
    const hidden = pageWith("program").replace("${program}", "${(0, program)}");
    await expect(minifiedAgain(hidden)).rejects.toThrow("program was not found");
  });
});
