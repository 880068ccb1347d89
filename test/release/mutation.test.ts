import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = path.join(import.meta.dirname, "..", "..");

describe("mutation testing", () => {
  it.each(["mutation.config.mjs", "vitest.mutation.ts"])("names only files that there are, in %s", (file) => {
    const text = fs.readFileSync(path.join(ROOT, "scripts", "prove", file), "utf8");
    const named = [...text.matchAll(/"((?:src|test)\/\w+)\/\{([^}]*)\}([.a-z]*)"/g)].flatMap(
      ([, folder = "", names = "", end = ""]) => names.split(",").map((name) => `${folder}/${name}${end}`),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !fs.existsSync(path.join(ROOT, name)))).toEqual([]);
  });
});
