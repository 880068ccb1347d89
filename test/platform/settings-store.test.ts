import type { Plugin } from "obsidian";
import { describe, expect, it, vi } from "vitest";
import { SettingsStore } from "../../src/platform/settings-store";
import { accountKey, albumId } from "../../src/model";

const PRIVATE = { include: [], exclude: ["Private"] };
const ACCOUNT = accountKey("client", "person");

/** A store over a `data.json` whose reads and writes are held until they are let go. */
async function store(data: object) {
  const disk: { data: object | null | undefined; isFull: boolean } = {
    data: structuredClone(data),
    isFull: false,
  };
  const held: (() => void)[] = [];
  let isSlow = false;
  const turn = (): Promise<void> =>
    isSlow ? new Promise((resolve) => held.push(resolve)) : Promise.resolve();
  const settings = new SettingsStore({
    loadData: async () => {
      const read = structuredClone(disk.data);
      await turn();
      return read;
    },
    saveData: async (written: object) => {
      await turn();
      if (disk.isFull) throw new Error("no room");
      disk.data = structuredClone(written);
    },
  } as unknown as Plugin);
  await settings.opened;
  isSlow = true;
  const letGo = (): void => {
    isSlow = false;
    for (const go of held) go();
  };
  return { settings, disk, letGo };
}

describe("settings that cannot be read", () => {
  // Obsidian's own reader tells the console of what makes no sense, and answers nothing.
  it.each([
    ["fail", () => Promise.reject(new Error("cannot be read"))],
    ["are nothing", () => Promise.resolve(undefined)],
  ])("are changed by nobody, and what is written there stays, where they %s", async (_, loadData) => {
    const saveData = vi.fn(() => Promise.resolve());
    const settings = new SettingsStore({ loadData, saveData } as unknown as Plugin);
    await expect(settings.change({ quality: "storage-saver" })).rejects.toThrow("cannot be read");
    expect([settings.read().quality, saveData.mock.calls]).toEqual(["original", []]);
  });

  it.each([
    ["half a file", undefined],
    ["no file, which a cloud has taken away", null],
  ])(
    "are what they were, where there is %s later on, and are written again with the next change",
    async (_, later) => {
      const { settings, disk, letGo } = await store({ started: true, folders: PRIVATE });
      letGo();
      disk.data = later;
      await settings.reload();
      expect(settings.read()).toMatchObject({ started: true, folders: PRIVATE });
      await settings.change({ video: true });
      expect(disk.data).toMatchObject({ started: true, folders: PRIVATE, video: true });
    },
  );
});

describe("settings that another device brings", () => {
  it("are kept together with what is changed here while they are being read", async () => {
    const { settings, disk, letGo } = await store({ started: true });
    disk.data = { started: true, quality: "storage-saver" };
    const reading = settings.reload();
    await new Promise(setImmediate);
    const changing = Promise.all([
      settings.change({ folders: PRIVATE }),
      settings.rememberAlbum(ACCOUNT, "", albumId("album")),
    ]);
    expect(settings.read().folders).toEqual(PRIVATE);
    letGo();
    await Promise.all([reading, changing]);
    const all = { quality: "storage-saver", folders: PRIVATE, albumIds: { [ACCOUNT]: { "": "album" } } };
    expect(settings.read()).toMatchObject(all);
    expect(disk.data).toMatchObject(all);
  });

  it("are not written over, though nobody has told of them, and are told of then", async () => {
    const { settings, disk, letGo } = await store({ started: true });
    letGo();
    let told = 0;
    settings.watch(() => (told += 1));
    disk.data = { started: true, automatic: false, folders: PRIVATE };
    await settings.rememberAlbum(ACCOUNT, "", albumId("album"));
    const all = { automatic: false, folders: PRIVATE, albumIds: { [ACCOUNT]: { "": "album" } } };
    expect(settings.read()).toMatchObject(all);
    expect(disk.data).toMatchObject(all);
    expect(told).toBe(1);
    await settings.reload();
    expect(told, "of nothing new").toBe(1);
  });

  it("are not read before what was changed here is on disk", async () => {
    const { settings, disk, letGo } = await store({ started: true });
    const changing = settings.change({ folders: PRIVATE });
    const reading = settings.reload();
    letGo();
    await Promise.all([changing, reading]);
    expect([settings.read().folders, disk.data]).toEqual([
      PRIVATE,
      expect.objectContaining({ folders: PRIVATE }),
    ]);
  });

  it("keep that items lie outside the albums, though the disk refused it at first", async () => {
    const { settings, disk, letGo } = await store({ started: true });
    letGo();
    disk.isFull = true;
    await expect(settings.rememberOutside(ACCOUNT, 7)).rejects.toThrow("no room");
    disk.isFull = false;
    await settings.rememberOutside(ACCOUNT, 7);
    expect(disk.data).toMatchObject({ outsideAlbums: { [ACCOUNT]: 7 } });
  });

  it("are read though what was changed here could not be written, which is kept, and written with the next change", async () => {
    const { settings, disk, letGo } = await store({ started: true });
    disk.isFull = true;
    const changing = settings.change({ folders: PRIVATE });
    disk.data = { started: true, video: true };
    const reading = settings.reload();
    letGo();
    await expect(changing).rejects.toThrow("no room");
    await reading;
    const all = { started: true, video: true, folders: PRIVATE };
    expect(settings.read()).toMatchObject(all);
    disk.isFull = false;
    await settings.rememberAlbum(ACCOUNT, "", albumId("album"));
    expect(disk.data).toMatchObject(all);
  });
});
