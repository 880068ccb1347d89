import { describe, expect, it } from "vitest";
import { TFile } from "../vault/files";
import type { Vault } from "../vault/vault";
import { LinkTargets } from "./link-targets";

/** Answers the path that a link in a note means among the files of a vault. */
function meant(link: string, source: string, paths: string[]): string | null {
  const targets = new LinkTargets();
  const vault = {} as Vault; // no file is asked for its vault here
  for (const path of paths) targets.add(new TFile(vault, path, { ctime: 0, mtime: 0, size: 0 }));
  return targets.find(link, source)?.path ?? null;
}

describe("a link means", () => {
  it.each([
    ["the path itself before all others", "b/x.png", "a/n.md", ["a/b/x.png", "b/x.png"], "b/x.png"],
    ["a file by its name, wherever it lies", "x.png", "n.md", ["deep/down/x.png"], "deep/down/x.png"],
    ["a file whatever its case", "X.PNG", "n.md", ["images/x.png"], "images/x.png"],
    ["the one below the note's folder", "x.png", "a/n.md", ["x/x.png", "a/b/c/x.png"], "a/b/c/x.png"],
    ["else the shortest path", "x.png", "n.md", ["long/folder/x.png", "b/x.png"], "b/x.png"],
    ["a path relative to the note", "../img/x.png", "a/n.md", ["img/x.png", "a/img/x.png"], "img/x.png"],
    ["a path from the vault's top", "/x.png", "a/n.md", ["a/x.png", "x.png"], "x.png"],
    ["a note where it has no extension", "Other", "n.md", ["Other.md", "Other.png"], "Other.md"],
    ["the end of a path, not of a name", "x.png", "n.md", ["images/max.png"], null],
    ["the same letters, composed or not", "u\u0308.png", "n.md", ["\u00fc.png"], "\u00fc.png"],
  ])("%s", (_name, link, source, paths, target) => {
    expect(meant(link, source, paths)).toBe(target);
  });
});
