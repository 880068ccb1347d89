import { describe, expect, it } from "vitest";
import { parseNote } from "./parse-note";

const embedsOf = (text: string): (string | undefined)[][] =>
  (parseNote(text).embeds ?? []).map(({ link, displayText }) => [link, displayText]);

describe("a note's embeds", () => {
  it.each([
    ["a wikilink", "![[a b.png]]", "a b.png", "a b.png"],
    ["a wikilink with a size", "![[a.png|100x50]]", "a.png", "100x50"],
    ["a wikilink in a table", "| ![[a.png\\|100]] |", "a.png", "100"],
    ["an encoded path", "![two](my%20images/a%20b.png)", "my images/a b.png", "two"],
    ["a path in angle brackets", '![x](<my images/a (1).png> "Title")', "my images/a (1).png", "x"],
    ["a path with parentheses", "![x](a(1).png)", "a(1).png", "x"],
    ["a picture inside a link", "[![alt](a.png)](https://example.com)", "a.png", "alt"],
    ["a percent sign that is none", "![x](100%.png)", "100%.png", "x"],
  ])("are found in %s", (_name, text, link, displayText) => {
    expect(embedsOf(text)).toEqual([[link, displayText]]);
  });

  it.each([
    ["fenced code", "```\n![[a.png]]\n```"],
    ["inline code", "see `![[a.png]]` here"],
    ["a comment", "%% ![[a.png]] %%"],
    ["an address outside the vault", "![x](https://example.com/a.png)"],
    ["a plain link", "[[a.png]]"],
  ])("are not looked for in %s", (_name, text) => {
    expect(embedsOf(text)).toEqual([]);
  });

  it("carry their place in the text", () => {
    const text = "---\ncover: x\n---\nfirst\n  ![[a.png]]\n";
    const position = parseNote(text).embeds?.[0]?.position;
    expect(position?.start).toEqual({ line: 4, col: 2, offset: text.indexOf("![[") });
    expect(position?.end.offset).toBe(text.indexOf("]]") + 2);
  });
});

describe("a note's properties", () => {
  it("give up their links with the key they stand under", () => {
    const text = '---\ncover: "[[a.png|front]]"\nmore:\n  - "[[b]]"\ntags: [one]\n---\n';
    expect(parseNote(text).frontmatterLinks).toEqual([
      { key: "cover", link: "a.png", original: "[[a.png|front]]", displayText: "front" },
      { key: "more.0", link: "b", original: "[[b]]", displayText: "b" },
    ]);
  });

  it("cost the note nothing where they cannot be read", () => {
    const cache = parseNote("---\nbroken: [\n---\n![[a.png]]\n");
    expect(cache.frontmatter).toBeUndefined();
    expect(cache.embeds).toHaveLength(1);
  });
});

it("cuts a note into sections", () => {
  const text = "---\na: 1\n---\n# Head\nText\nmore\n\n- one\n- two\n\n```\n# code\n```\n> [!note] x\n> y\n";
  const sections = parseNote(text).sections?.map(({ type, position }) => `${type} ${position.start.line}`);
  expect(sections).toEqual(["yaml 0", "heading 3", "paragraph 4", "list 7", "code 10", "callout 13"]);
});
