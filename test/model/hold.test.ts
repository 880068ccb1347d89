import { expect, it } from "vitest";
import { gravest, isTrouble, isOfPerson, type Hold } from "../../src/model";

const off: Hold = { why: "off", here: false };
const offline: Hold = { why: "offline" };
const signedOut: Hold = { why: "signed-out", ended: true };

it("of several holds the one is told of that somebody has to mend", () => {
  expect(gravest([offline, off, signedOut])).toBe(signedOut);
  expect(gravest([])).toBeUndefined();
});

it("what a person has chosen is no trouble, but stays until they choose otherwise", () => {
  expect([offline, off, signedOut].map(isTrouble)).toEqual([false, false, true]);
  expect([offline, off, signedOut].map(isOfPerson)).toEqual([false, true, true]);
  const paused: readonly Hold[] = [{ why: "paused" }, { why: "paused", until: 1 }];
  expect(paused.map(isOfPerson), "a pause of an hour as well").toEqual([true, true]);
});
