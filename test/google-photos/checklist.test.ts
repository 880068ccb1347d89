import { describe, expect, it } from "vitest";
import { creatingLines } from "./checklist/creating";
import { limitLines } from "./checklist/limits";
import type { Open } from "./checklist/line";
import { readingLines } from "./checklist/reading";
import { signInLines } from "./checklist/sign-in";
import { uploadLines } from "./checklist/uploads";
import { switchNames, type Switches } from "./switches";
import { switchTable, type Switch } from "./switch-table";
import { emulator } from "./with-emulator";

const lines = [...signInLines, ...uploadLines, ...creatingLines, ...readingLines, ...limitLines];

/** An emulator on which a flip holds, whatever the case asks for. */
const flippedBy =
  (flip: Partial<Switches>): Open =>
  (switches) =>
    emulator({ ...switches, ...flip });

const told = (flip: Partial<Switches>): string =>
  Object.entries(flip)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(" ");

describe.each(lines)("line $line: $says", ({ holds, flips }) => {
  it("holds", () => holds(emulator));

  it.each(flips.map((flip) => [told(flip), flip] as const))("fails by %s", async (_, flip) => {
    const failure = await holds(flippedBy(flip)).then(
      () => "the case did not notice",
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ name: "AssertionError" });
  });
});

describe("the checklist", () => {
  it("has each of its nineteen lines flipped", () => {
    const flipped = new Set(lines.filter(({ flips }) => flips.length > 0).map(({ line }) => line));
    expect([...flipped].sort((a, b) => a - b)).toEqual(Array.from({ length: 19 }, (_, n) => n + 1));
  });

  it("has each switch of a line flipped to all but one of its values", () => {
    const flips = lines.flatMap((line) => line.flips);
    const ofLines = switchNames.filter((name) => / line \d+/.test(switchTable[name].source));
    const left = ofLines.filter((name) => {
      const { values = [] }: Switch<boolean | number | string> = switchTable[name];
      const seen = new Set(flips.map((flip) => flip[name]).filter((value) => value !== undefined));
      return seen.size < Math.max(1, values.length - 1);
    });
    expect(ofLines.length).toBeGreaterThan(25);
    expect(left).toEqual([]);
  });
});
