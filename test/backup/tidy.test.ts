import { describe, expect, it } from "vitest";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;

/** How many albums hold what was backed up of a file at first. */
async function changedOnce(contents: Readonly<Record<string, string>> = { "a.png": "one" }) {
  const vault = await backedUp(contents);
  const older = vault.service.items.slice();
  for (const path of Object.keys(contents)) vault.write(path, `${path}, drawn anew`);
  const inAlbums = (): number => older.filter(({ albums }) => albums.size > 0).length;
  return { ...vault, inAlbums };
}

describe("an older version", () => {
  it("leaves the album once the new one is backed up", async () => {
    const { pass, inAlbums, service } = await changedOnce();
    expect(inAlbums()).toBe(1);
    await pass(HOUR);
    expect(service.items).toHaveLength(2);
    expect(inAlbums()).toBe(0);
  });

  it("leaves it after a restart where the app was closed in between", async () => {
    const { device, pass, restart, inAlbums, service } = await changedOnce();
    service.strike = (call) =>
      call === "removeFromAlbum" ? { when: "before", kind: "transient" } : undefined;
    await pass(HOUR / 4);
    expect(service.items).toHaveLength(2);
    device.kill();
    service.strike = () => undefined;
    expect(inAlbums()).toBe(1);
    await restart();
    expect(inAlbums()).toBe(0);
    const calls = service.calls.get("removeFromAlbum");
    await restart();
    expect(service.calls.get("removeFromAlbum"), "it is written down that it has left").toBe(calls);
  });

  it("leaves it though another one in the same call may not be moved", async () => {
    const { pass, inAlbums, service } = await changedOnce({
      "a.png": "one",
      "b.png": "two",
      "c.png": "three",
    });
    let calls = 0;
    service.strike = (call) => {
      if (call !== "removeFromAlbum") return undefined;
      calls += 1;
      // The call for all three, and then that for the first of them.
      return calls <= 2 ? { when: "before", kind: "permanent" } : undefined;
    };
    await pass(HOUR);
    expect(inAlbums()).toBe(1);
    expect(calls).toBe(4);
  });

  it("comes back into the album with its bytes, also where the first try fails", async () => {
    const { pass, write, inAlbums, service, uploads } = await changedOnce();
    await pass(HOUR);
    expect(inAlbums()).toBe(0);
    let failures = 1;
    service.strike = (call) =>
      call === "addToAlbum" && failures-- > 0 ? { when: "before", kind: "transient" } : undefined;
    write("a.png", "one");
    await pass(HOUR);
    expect(inAlbums()).toBe(1);
    expect(uploads()).toBe(2);
  });

  it("stays in the album where its bytes come back while it is being taken out", async () => {
    const { device, pass, write, inAlbums, service } = await changedOnce();
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
    expect(inAlbums()).toBe(1);
    expect(service.calls.get("addToAlbum")).toBe(1);
  });

  it("is put back by one call, however often the images are planned meanwhile", async () => {
    const { device, pass, write, inAlbums, service } = await changedOnce();
    await pass(HOUR);
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
    expect(inAlbums()).toBe(1);
    expect(service.calls.get("addToAlbum")).toBe(3);
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
});
