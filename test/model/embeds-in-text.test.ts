import { describe, expect, it } from "vitest";
import { embedsInText } from "../../src/model";

describe("the embeds in a note's text", () => {
  it.each([
    ["![[a.png]]", ["a.png"]],
    ["![[folder/two words.png|300x200]]", ["folder/two words.png"]],
    ["| ![[a.png\\|60]] |", ["a.png"]],
    ["![](two%20words.png)", ["two words.png"]],
    ['![alt](a.png "a title")', ["a.png"]],
    ["![](<two words (1).png>)", ["two words (1).png"]],
    ["![](photo(1).png)", ["photo(1).png"]],
    ["![](100%.png)", ["100%.png"]],
    ["![[京都 🍁.png]] ![[b.png]]", ["京都 🍁.png", "b.png"]],
  ])("%s", (text, expected) => {
    expect(embedsInText(text)).toEqual(expected);
  });

  it.each(["![[", "![", "![](<", '![](a "', "![](a(", "![[|"])(
    "are found at once in a text full of %s",
    (start) => {
      const began = performance.now();
      expect(embedsInText(start.repeat(200_000 / start.length))).toEqual([]);
      // Half a minute, where each beginning is followed to the end of the text.
      expect(performance.now() - began).toBeLessThan(1_000);
    },
  );

  it.each(["[[a.png]]", "![](https://example.org/a.png)", "![](data:image/png;base64,AA)", "![[a\nb.png]]"])(
    "there is none of the vault's in %s",
    (text) => {
      expect(embedsInText(text)).toEqual([]);
    },
  );
});
