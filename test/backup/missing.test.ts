import { describe, expect, it } from "vitest";
import { Catalogue } from "../../src/backup/catalogue";
import { Ledger } from "../../src/backup/ledger";
import { findMissing } from "../../src/backup/missing";
import { accountKey, fingerprintFrom, mediaItemId, type Fingerprint } from "../../src/model";
import { MovedClock } from "../google/moved-clock";

const account = accountKey("c", "1");
const fp = (digit: string): Fingerprint => fingerprintFrom(digit.repeat(64));

/** A ledger that knows these items, each by the path where its file lay. */
async function ledgerOf(
  items: readonly (readonly [digit: string, path: string | undefined])[],
): Promise<Ledger> {
  const files = new Map<string, string>();
  const ledger = await Ledger.open({
    journals: {
      list: async () => [...files].map(([name, { length }]) => ({ name, size: length })),
      read: async (name) => files.get(name) ?? "",
      append: async (name, text) => void files.set(name, (files.get(name) ?? "") + text),
    },
    memory: { get: () => undefined, set: () => undefined },
    clock: new MovedClock(0),
    random: { next: () => 0.5 },
  });
  await ledger.append(
    items.map(([digit, path]) => ({
      what: "item",
      account,
      fp: fp(digit),
      recipe: "o",
      id: mediaItemId(digit),
      origin: "created",
      ...(path === undefined ? {} : { path }),
    })),
  );
  return ledger;
}

/** A vault that holds a file of each of these fingerprints. */
function vaultOf(...digits: readonly string[]): Catalogue {
  const catalogue = new Catalogue(() => undefined);
  for (const digit of digits) {
    catalogue.put({ path: `${digit}.png`, size: 1, mtime: 1, ctime: 1 });
    catalogue.identify(`${digit}.png`, fp(digit));
  }
  return catalogue;
}

describe("an image that a note asks for in vain", () => {
  it.each([
    ["by its whole path", "Garden/Beds/plan.png"],
    ["by the end of its path", "Beds/plan.png"],
    ["by its name", "plan.png"],
    ["in other letters", "garden/BEDS/Plan.PNG"],
    ["from where the note lies", "../Beds/plan.png"],
    ["from here", "./plan.png"],
    ["from the root", "/Garden/Beds/plan.png"],
  ])("is missing where it is backed up, asked for %s", async (_, link) => {
    const ledger = await ledgerOf([
      ["b", "Other/other.png"],
      ["a", "Garden/Beds/plan.png"],
    ]);
    const missing = findMissing([link], account, ledger, vaultOf("b"));
    expect(missing).toMatchObject([{ path: link, item: { id: "a" } }]);
  });

  it("is not where its bytes lie in the vault all the same", async () => {
    const ledger = await ledgerOf([["a", "Garden/plan.png"]]);
    expect(findMissing(["plan.png"], account, ledger, vaultOf("a"))).toEqual([]);
  });

  it.each(["an.png", "House/plan.png", "plan.png.md", "n.png"])(
    "is not where it was another: %s",
    async (link) => {
      const ledger = await ledgerOf([
        ["a", "Garden/plan.png"],
        ["b", undefined],
      ]);
      expect(findMissing([link], account, ledger, vaultOf())).toEqual([]);
    },
  );

  it("is told once, is the one of two that lay there, and is another account's for nobody", async () => {
    const ledger = await ledgerOf([
      ["a", "A/plan.png"],
      ["b", "B/plan.png"],
    ]);
    const found = findMissing(["B/plan.png", "B/plan.png"], account, ledger, vaultOf());
    expect(found.map(({ item }) => item.id)).toEqual(["b"]);
    expect(findMissing(["B/plan.png"], accountKey("c", "2"), ledger, vaultOf())).toEqual([]);
    expect(findMissing([], account, ledger, vaultOf())).toEqual([]);
  });

  it("is not where its item does not count any more", async () => {
    const ledger = await ledgerOf([["a", "A/plan.png"]]);
    await ledger.append([{ what: "removed", account, fp: fp("a"), id: mediaItemId("a") }]);
    expect(findMissing(["plan.png"], account, ledger, vaultOf())).toEqual([]);
  });
});
