import fc from "fast-check";
import { expect, it } from "vitest";
import { FingerprintIndex } from "../../src/backup/fingerprint-index";
import { fingerprintFrom, type Fingerprint, type VaultPath } from "../../src/model";
import { Disk } from "../simulation/disk";

const CLOCK = {
  now: () => 0,
  elapsed: () => 0,
  sleep: () => Promise.resolve(),
  breath: () => undefined,
};
const PATHS = ["a.png", "b.png", "c.png"];

const path = fc.constantFrom(...PATHS);
const fingerprint = fc.constantFrom("1", "2", "3").map((digit) => fingerprintFrom(digit.repeat(64)));
const action = fc.oneof(
  fc.record({ do: fc.constant("note" as const), path, fingerprint }),
  fc.record({ do: fc.constant("move" as const), path, to: path }),
  fc.record({ do: fc.constant("forget" as const), path }),
  fc.record({ do: fc.constant("restart" as const), whole: fc.boolean() }),
);

/** A device's index, and how it is written down: as it changes, or all of it anew. */
class Device {
  readonly #disk = new Disk(() => 0);
  #isWhole = false;

  open(): Promise<FingerprintIndex> {
    return FingerprintIndex.open(
      {
        load: async () => this.#disk.index,
        save: async (put, removed, all) => {
          const entries = this.#isWhole ? [...all()] : put;
          if (this.#isWhole) this.#disk.index = [];
          this.#disk.keepInIndex(entries, this.#isWhole ? [] : removed);
        },
      },
      CLOCK,
    );
  }

  async restart(index: FingerprintIndex, isWhole: boolean): Promise<FingerprintIndex> {
    this.#isWhole = isWhole;
    await index.save();
    return this.open();
  }
}

it("knows after any history what a map would, whichever way it was written down", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 30 }), async (actions) => {
      const expected = new Map<VaultPath, Fingerprint>();
      const device = new Device();
      let index = await device.open();
      for (const one of actions) {
        switch (one.do) {
          case "note":
            index.note(one.path, { size: 1, mtime: 1 }, one.fingerprint, 2);
            expected.set(one.path, one.fingerprint);
            break;
          case "move": {
            const moved = expected.get(one.path);
            index.move(one.path, one.to);
            if (moved === undefined) break;
            expected.delete(one.path);
            expected.set(one.to, moved);
            break;
          }
          case "forget":
            index.forget(one.path);
            expected.delete(one.path);
            break;
          case "restart":
            index = await device.restart(index, one.whole);
        }
        expect(PATHS.map((asked) => index.last(asked)?.fingerprint)).toEqual(
          PATHS.map((asked) => expected.get(asked)),
        );
      }
    }),
  );
});
