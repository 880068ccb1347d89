import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { albumId, fingerprintFrom, mediaItemId, sentName } from "../../src/model";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;
const OLDER = "Notes (older versions)";

/** Files that were backed up and are drawn anew, and how many of their older versions lie in the vault's album. */
async function changedOnce(contents: Readonly<Record<string, string>> = { "a.png": "one" }) {
  const vault = await backedUp(contents);
  const older = vault.service.items.slice();
  for (const path of Object.keys(contents)) vault.write(path, `${path}, drawn anew`);
  const { inAlbum } = vault;
  return {
    ...vault,
    inAlbum: (title = "Notes") => older.filter((item) => inAlbum(title).includes(item)).length,
  };
}

describe("an older version", () => {
  it("goes from its album to the one for older versions once the new one is backed up", async () => {
    const { pass, inAlbum, service } = await changedOnce();
    expect(inAlbum()).toBe(1);
    await pass(HOUR);
    expect(service.items).toHaveLength(2);
    expect([inAlbum(), inAlbum(OLDER)]).toEqual([0, 1]);
  });

  it("leaves it after a restart where the app was closed in between", async () => {
    const { device, pass, restart, inAlbum, service } = await changedOnce();
    service.strike = (call) =>
      call === "removeFromAlbum" ? { when: "before", kind: "transient" } : undefined;
    await pass(HOUR / 4);
    expect(service.items).toHaveLength(2);
    device.kill();
    service.strike = () => undefined;
    expect(inAlbum()).toBe(1);
    await restart();
    expect(inAlbum()).toBe(0);
    const calls = service.calls.get("removeFromAlbum");
    await restart();
    expect(service.calls.get("removeFromAlbum"), "it is written down that it has left").toBe(calls);
  });

  it("leaves it though another one in the same call may not be moved", async () => {
    const { pass, inAlbum, service } = await changedOnce({
      "a.png": "one",
      "b.png": "two",
      "c.png": "three",
    });
    let calls = 0;
    service.strike = (call) => {
      if (call !== "removeFromAlbum") return undefined;
      calls += 1;
      // The call for all three, that for the first two, and then that for the first of them.
      return calls <= 3 ? { when: "before", kind: "permanent" } : undefined;
    };
    await pass(HOUR);
    expect(inAlbum()).toBe(1);
    expect(calls).toBe(5);
  });

  it.each(["addToAlbum", "removeFromAlbum"] as const)(
    "is found by halves where it is the one of fifty that Google refuses to %s",
    async (refused) => {
      const paths = Array.from({ length: 50 }, (_, number) => `${String(number)}.png`);
      const { pass, inAlbum, service } = await changedOnce(
        Object.fromEntries(paths.map((path) => [path, `first ${path}`])),
      );
      const [item] = service.items;
      if (item === undefined) throw new Error("nothing was backed up");
      const [notes = albumId("")] = service.albums.keys();
      let calls = 0;
      service.strike = (call) => {
        if (call !== refused) return undefined;
        calls += 1;
        // Somebody has deleted it, or taken it out by hand.
        if (refused === "removeFromAlbum") item.albums.delete(notes);
        else if (service.items.includes(item)) service.items.shift();
        return undefined;
      };
      await pass(HOUR);
      expect([inAlbum(), inAlbum(OLDER)]).toEqual([0, refused === "removeFromAlbum" ? 50 : 49]);
      expect(calls).toBeLessThanOrEqual(13);
    },
  );

  it("comes back into the album with its bytes, also where the first try fails", async () => {
    const { pass, write, inAlbum, service, uploads } = await changedOnce();
    await pass(HOUR);
    expect(inAlbum()).toBe(0);
    let failures = 1;
    service.strike = (call) =>
      call === "addToAlbum" && failures-- > 0 ? { when: "before", kind: "transient" } : undefined;
    write("a.png", "one");
    await pass(HOUR);
    expect([inAlbum(), inAlbum(OLDER)]).toEqual([1, 0]);
    expect(uploads()).toBe(2);
  });

  it("stays in the album where its bytes come back while it is being taken out", async () => {
    const { device, pass, write, inAlbum, service } = await changedOnce();
    let isBack = false;
    service.strike = (call) => {
      if (call === "removeFromAlbum" && !isBack) {
        isBack = true;
        write("a.png", "one");
        device.backUp();
      }
      return undefined;
    };
    await pass(HOUR);
    expect(isBack).toBe(true);
    expect([inAlbum(), inAlbum(OLDER)]).toEqual([1, 0]);
  });

  it("that has come back before it left its album is not counted there twice: what another device adds is seen", async () => {
    const { device, pass, write, service, uploads } = await changedOnce();
    let isBack = false;
    service.strike = (call) => {
      if (call !== "removeFromAlbum" || isBack) return undefined;
      isBack = true;
      write("a.png", "one");
      device.backUp();
      return { when: "before", kind: "quota-minute" };
    };
    await pass(HOUR);
    const [first] = service.items;
    const [notes = albumId("")] = service.albums.keys();
    if (first === undefined) throw new Error("nothing was backed up");
    const fingerprint = fingerprintFrom(createHash("sha256").update("two").digest("hex"));
    const name = sentName("b", fingerprint, "original", "png");
    service.items.push({
      ...first,
      id: mediaItemId("lap's"),
      name,
      content: "two, by lap",
      albums: new Set([notes]),
    });
    const before = uploads();
    write("b.png", "two");
    await pass(HOUR);
    expect(uploads()).toBe(before);
    expect(service.items.filter((item) => item.name === name)).toHaveLength(1);
  });

  it("that was coming back is taken out again where its bytes have gone meanwhile, and the app was closed in between", async () => {
    const { time, device, pass, restart, write, inAlbum, service } = await changedOnce();
    await pass(HOUR);
    // First the newer one goes.
    let adds = 0;
    service.strike = (call) =>
      call === "addToAlbum" && ++adds > 1 ? { when: "after", kind: "transient" } : undefined;
    write("a.png", "one");
    device.backUp();
    await time.run(() => inAlbum() === 1, HOUR);
    service.strike = () => undefined;
    await restart(() => write("a.png", "drawn once more"));
    await pass(HOUR);
    expect([inAlbum(), inAlbum(OLDER)]).toEqual([0, 1]);
  });

  it("is put back by one call, however often the images are planned meanwhile", async () => {
    const { device, pass, write, inAlbum, service } = await changedOnce();
    await pass(HOUR);
    const before = service.calls.get("addToAlbum") ?? 0;
    let failures = 2;
    service.strike = (call) =>
      call === "addToAlbum" && failures-- > 0 ? { when: "before", kind: "quota-minute" } : undefined;
    write("a.png", "one");
    device.backUp();
    for (const uploads of [2, 3, 4]) {
      await pass(1_000);
      device.change({ uploads });
    }
    await pass(HOUR);
    expect(inAlbum()).toBe(1);
    // Twice in vain, once for it, and once for the newer one.
    expect(service.calls.get("addToAlbum")).toBe(before + 4);
  });

  it.each(["", "b.png"])(
    "changes places with the newer one when its bytes return (a copy at: %s)",
    async (copy) => {
      const { device, pass, write, restart, service, absent } = await changedOnce();
      await pass(HOUR);
      if (copy !== "") write(copy, "one");
      await pass(1_000);
      write("a.png", "one");
      await pass(HOUR);
      await restart();
      const where = service.items.map(({ albums }) =>
        [...albums].map((id) => service.albums.get(id)?.title).join(),
      );
      expect(where).toEqual(["Notes", OLDER]);
      expect([device.states.get("a.png")?.is, await absent()]).toEqual([
        "backed-up",
        { missing: {}, only: [] },
      ]);
    },
  );

  it("is gone when its bytes return, where somebody has deleted it", async () => {
    const { device, pass, write, change } = await changedOnce();
    await pass(2 * HOUR);
    change("a.png", { gone: true });
    write("a.png", "one");
    await pass(HOUR);
    expect(device.states.get("a.png")).toMatchObject({ is: "removed" });
  });

  it("goes to a new album where somebody has deleted the one for older versions", async () => {
    const { pass, write, inAlbum, service } = await changedOnce();
    await pass(HOUR);
    const [id] = [...service.albums].find(([, { title }]) => title === OLDER) ?? [];
    if (id === undefined) throw new Error("there is no album for older versions");
    service.albums.delete(id);
    for (const item of service.items) item.albums.delete(id);
    write("a.png", "drawn once more");
    await pass(HOUR);
    expect(service.items).toHaveLength(3);
    expect([inAlbum("Notes"), inAlbum(OLDER)]).toEqual([0, 0]);
    expect(service.items.map(({ albums }) => albums.size)).toEqual([0, 1, 1]);
  });

  it("that is gone from Google Photos before it was taken out is not told of again", async () => {
    const { device, pass, told, absent, recovery, service } = await changedOnce();
    service.strike = (call) =>
      call === "removeFromAlbum" ? { when: "before", kind: "transient" } : undefined;
    await pass(HOUR / 4);
    const [older] = service.items;
    if (older === undefined) throw new Error("nothing was backed up");
    older.gone = true;
    await pass(2 * HOUR);
    expect(await told(recovery()?.verify())).toMatchObject({ is: "checked", there: 1, gone: 0 });
    service.strike = () => undefined;
    await pass(HOUR);
    const journals = [...device.disk.journals.values()].join("").split("\n");
    expect(journals.findLast((line) => line.includes(`"id":"${older.id}"`))).toContain('"what":"removed"');
    expect(await absent()).toEqual({ missing: {}, only: [] });
  });

  it("that has come back while albums are off is still known to lie where it does", async () => {
    const { device, pass, write, service } = await changedOnce();
    await pass(HOUR);
    device.change({ albums: "none" });
    write("a.png", "one");
    await pass(HOUR);
    const [older] = service.items;
    const lines = [...device.disk.journals.values()].join("").split("\n");
    const told = lines.filter(
      (line) => line.includes(`"id":"${String(older?.id)}"`) && line.includes('"what":"item"'),
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toContain('"album":');
  });
});
