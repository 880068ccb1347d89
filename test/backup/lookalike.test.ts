import { describe, expect, it } from "vitest";
import { isOfSize } from "../../src/backup/account/lookalike";
import { fingerprintFrom, mediaItemId, type ExaminedPicture, type ListedItem } from "../../src/model";
import { backedUp, kinds } from "./backed-up";

const HOUR = 3_600_000;

const fingerprint = fingerprintFrom("a".repeat(64));
const picture: ExaminedPicture = {
  fingerprint,
  undated: { bytes: new Uint8Array(), fingerprint },
  size: { width: 40, height: 30 },
};
const item = (width: number, height: number): ListedItem => ({
  id: mediaItemId("i"),
  name: "n",
  url: "u",
  type: "image/png",
  width,
  height,
});

it("a picture is of an item's size the one way or turned, and nobody knows where a size is not told", () => {
  expect(isOfSize(picture, item(40, 30))).toBe(true);
  expect(isOfSize(picture, item(30, 40))).toBe(true);
  for (const [width, height] of [
    [40, 40],
    [30, 30],
    [41, 30],
    [30, 41],
  ] as const) {
    expect(isOfSize(picture, item(width, height)), `${String(width)} × ${String(height)}`).toBe(false);
  }
  expect(isOfSize(picture, item(0, 30))).toBe(undefined);
  expect(isOfSize(picture, item(40, 0))).toBe(undefined);
  const { size: _size, ...ofNoSize } = picture;
  expect(isOfSize(ofNoSize, item(40, 30))).toBe(undefined);
});

describe("an item whose mark is gone from its name", () => {
  const NAME = "A picture with a long name.png";

  /** The ledger is lost, and the one item has a name that tells less. */
  async function unmarked(name: string, size = {}, albums: "vault" | "none" = "vault") {
    const all = await backedUp({ [NAME]: "one", "other.png": "two" }, { albums });
    all.change(NAME, { name, ...size });
    await all.restart(all.loseLedger);
    await all.pass(HOUR);
    return all;
  }

  it.each([NAME, "A picture with a long n.png", "A picture with a long name ~.png"])(
    "is asked about, where it is %s, and nothing is sent until it is said to be the image",
    async (name) => {
      const { device, told, restart, uploads, recovery } = await unmarked(name);
      expect(kinds(device)).toEqual({ [NAME]: "skipped", "other.png": "backed-up" });
      expect(uploads()).toBe(2);
      await told(recovery()?.confirm([NAME, "other.png"]));
      expect(kinds(device)).toEqual({ [NAME]: "backed-up", "other.png": "backed-up" });
      await restart();
      expect(kinds(device)).toEqual({ [NAME]: "backed-up", "other.png": "backed-up" });
      expect(uploads()).toBe(2);
    },
  );

  it("is asked about where it lies in no album", async () => {
    const { device, told, uploads, recovery } = await unmarked(NAME, {}, "none");
    expect(kinds(device)[NAME]).toBe("skipped");
    await told(recovery()?.confirm([NAME]));
    expect(kinds(device)[NAME]).toBe("backed-up");
    expect(uploads()).toBe(2);
  });

  it("is not the image where the digits that are left contradict, the name is another's, or the size", async () => {
    for (const [name, size] of [
      ["A picture with a long name ~0123o.png", {}],
      ["A picture.png", {}],
      ["Another picture.png", {}],
      [NAME, { width: 10, height: 20 }],
    ] as const) {
      const { device, uploads } = await unmarked(name, size);
      expect(kinds(device)).toEqual({ [NAME]: "backed-up", "other.png": "backed-up" });
      expect(uploads()).toBe(3);
    }
  });

  it("is left alone where the person wants the image sent", async () => {
    const { device, told, uploads, recovery } = await unmarked(NAME);
    await told(recovery()?.want([NAME]));
    expect(kinds(device)[NAME]).toBe("backed-up");
    expect(uploads()).toBe(3);
  });

  it.each(["a moment after the first question", "a day later"])(
    "is asked about by a later session as well: %s",
    async (when) => {
      const names = Array.from({ length: 30 }, (_, at) => `A long name of picture ${String(at + 10)}.png`);
      const world = await backedUp(Object.fromEntries(names.map((name) => [name, name])));
      const { time, device, pass, restart, loseLedger, change, uploads } = world;
      for (const name of names) change(name, { name: name.replace(".png", " ~.png") });
      const asked = (): number => Object.values(kinds(device)).filter((is) => is === "skipped").length;
      device.kill();
      loseLedger();
      device.start();
      if (when === "a day later") {
        // Some come into the vault only when the first ones have been asked about.
        for (const name of names.slice(5)) device.vault.remove(name);
        await pass(HOUR);
        await restart(() => {
          for (const name of names.slice(5)) world.write(name, name);
        });
      } else {
        await time.run(() => asked() > 0, HOUR);
        await restart();
      }
      await pass(2 * HOUR);
      expect([asked(), uploads()]).toEqual([30, 30]);
    },
  );

  it("is not asked about where it is a video, which would be read whole and tells nothing", async () => {
    const { device, change, pass, restart, loseLedger, uploads } = await backedUp(
      { "clip.mp4": "a film" },
      { video: true },
    );
    change("clip.mp4", { name: "clip.mp4" });
    await restart(loseLedger);
    await pass(HOUR);
    expect([kinds(device), uploads()]).toEqual([{ "clip.mp4": "backed-up" }, 2]);
  });
});
