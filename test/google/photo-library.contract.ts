import { setMaxListeners } from "node:events";
import { beforeEach, describe, expect, it } from "vitest";
import {
  albumId,
  mediaItemId,
  type CreateResult,
  type ListedItem,
  type PhotoLibrary,
  type PhotosErrorKind,
  type UploadToken,
} from "../../src/model";

/** A call that a test can make go wrong. */
export type StruckCall =
  "upload" | "create" | "list" | "get" | "createAlbum" | "album" | "albums" | "addToAlbum";

/** What a contract test needs of the service behind a library. */
export interface LibraryHarness {
  readonly library: PhotoLibrary;
  /** The account's e-mail address. */
  readonly email: string;
  /** Bytes of an image, others for each number. */
  image(n: number): Uint8Array<ArrayBuffer>;
  readonly notAnImage: Uint8Array<ArrayBuffer>;
  /** The next call of this name fails so: `before` nothing is done, `after` all is done and only the answer is lost. */
  strike(call: StruckCall, when: "before" | "after", kind: PhotosErrorKind): void;
  passTime(ms: number): void;
  /** Google ends the sign-in. */
  endSignIn(): void;
  /** The user puts an image into the library by other means. */
  addFromElsewhere(bytes: Uint8Array<ArrayBuffer>, name: string): void | Promise<void>;
}

const HOUR = 3_600_000;
const { signal } = new AbortController();
setMaxListeners(0, signal); // fifty uploads at a time wait on it

/** What every photo library has to do, whatever stands behind it. `open` gives a new, empty one. */
export function photoLibraryContract(name: string, open: () => Promise<LibraryHarness>): void {
  describe(`the photo library of ${name}`, () => {
    let world: LibraryHarness;
    let library: PhotoLibrary;

    beforeEach(async () => {
      world = await open();
      ({ library } = world);
    });

    const upload = (bytes: Uint8Array<ArrayBuffer>): Promise<UploadToken> =>
      library.upload(
        { size: bytes.length, slice: (start, end) => Promise.resolve(bytes.slice(start, end)) },
        "image/png",
        { signal },
      );

    const made = (result: CreateResult | undefined): ListedItem => {
      if (result?.is !== "created") throw new Error(`expected an item, got ${JSON.stringify(result)}`);
      return result.item;
    };

    async function add(
      n: number,
      fileName = `${n}.png`,
      into: { album?: ReturnType<typeof albumId> } = {},
    ): Promise<ListedItem> {
      const token = await upload(world.image(n));
      const [result] = await library.create([{ token, name: fileName }], { ...into, signal });
      return made(result);
    }

    const names = async (album?: ReturnType<typeof albumId>): Promise<string[]> => {
      const found: string[] = [];
      let next: string | undefined;
      do {
        const page = await library.list({
          signal,
          ...(album === undefined ? {} : { album }),
          ...(next === undefined ? {} : { page: next }),
        });
        found.push(...page.rows.map((row) => row.name));
        next = page.next;
      } while (next !== undefined);
      return found.sort();
    };

    it("says whose it is", async () => {
      const account = await library.account(signal);
      expect(account.email).toBe(world.email);
      expect(account.key).not.toBe("");
    });

    it("makes an item of uploaded bytes under the name it is given", async () => {
      const item = await add(1, "Ein Löwe ~0123456789abcdefo.png");
      expect(item).toMatchObject({ name: "Ein Löwe ~0123456789abcdefo.png", type: "image/png" });
      expect(item.id).not.toBe("");
      expect(item.url).toMatch(/^https?:/);
      expect(await names()).toEqual(["Ein Löwe ~0123456789abcdefo.png"]);
    });

    it("answers the results in the order of the items", async () => {
      const tokens = await Promise.all([1, 2, 3, 4, 5].map((n) => upload(world.image(n))));
      const items = tokens.map((token, place) => ({ token, name: `${place}.png` }));
      const results = await library.create(items, { signal });
      expect(results.map((result) => made(result).name)).toEqual(items.map((item) => item.name));
    });

    it("loses one that is no image and keeps the others", async () => {
      const tokens = [
        await upload(world.image(1)),
        await upload(world.notAnImage),
        await upload(world.image(2)),
      ];
      const results = await library.create(
        tokens.map((token, place) => ({ token, name: `${place}.png` })),
        { signal },
      );
      expect(results.map((result) => result.is)).toEqual(["created", "not-an-image", "created"]);
    });

    it("makes one item of bytes that are sent again, and keeps its first name", async () => {
      const first = await add(1, "first.png");
      const second = await add(1, "second.png");
      expect(second).toMatchObject({ id: first.id, name: "first.png" });
      expect(await names()).toEqual(["first.png"]);
    });

    it("asks for another try for bytes that come twice in one call", async () => {
      const tokens = [await upload(world.image(1)), await upload(world.image(1))];
      const items = tokens.map((token, place) => ({ token, name: `${place}.png` }));
      const results = await library.create(items, { signal });
      expect(results.map((result) => result.is)).toEqual(["created", "again"]);
      const [again] = await library.create(items.slice(1), { signal });
      expect(made(again).id).toBe(made(results[0]).id);
    });

    it("refuses a call with an upload token that is more than a day old", async () => {
      const token = await upload(world.image(1));
      world.passTime(25 * HOUR);
      const created = library.create([{ token, name: "late.png" }], { signal });
      await expect(created).rejects.toMatchObject({ kind: "bad-token" });
      expect(await names()).toEqual([]);
    });

    it("lists everything, page by page", async () => {
      for (const start of [0, 50, 100]) {
        const tokens = await Promise.all(
          Array.from({ length: start === 100 ? 20 : 50 }, (_, n) => upload(world.image(start + n))),
        );
        await library.create(
          tokens.map((token, n) => ({ token, name: `${start + n}.png` })),
          { signal },
        );
      }
      expect((await library.list({ signal })).next).toBeDefined();
      expect(new Set(await names()).size).toBe(120);
    });

    it("does not show what the user has from elsewhere", async () => {
      await world.addFromElsewhere(world.image(1), "from-my-phone.png");
      await add(2, "ours.png");
      expect(await names()).toEqual(["ours.png"]);
    });

    it("says of each id whether it is there", async () => {
      const [one, two] = [await add(1), await add(2)];
      const there = await library.get([two.id, mediaItemId("nobody-knows-this"), one.id], signal);
      expect([...there].map(([id, item]) => [id, item.id]).sort()).toEqual(
        [one, two].map(({ id }) => [id, id]).sort(),
      );
      expect((await library.get([], signal)).size).toBe(0);
    });

    it("keeps albums, and counts what is in them", async () => {
      const album = await library.createAlbum("A vault", signal);
      expect(album).toMatchObject({ title: "A vault", count: 0 });
      await add(1, "in.png", { album: album.id });
      const later = await add(2, "later.png");
      expect(await library.album(album.id, signal)).toMatchObject({ title: "A vault", count: 1 });
      await library.addToAlbum(album.id, [later.id], signal);
      expect(await names(album.id)).toEqual(["in.png", "later.png"]);
      await library.removeFromAlbum(album.id, [later.id], signal);
      expect(await names(album.id)).toEqual(["in.png"]);
      await expect(library.removeFromAlbum(album.id, [later.id], signal)).rejects.toThrow();
      expect((await library.albums({ signal })).rows.map((row) => row.id)).toEqual([album.id]);
    });

    it("says when an album is not there", async () => {
      const nowhere = albumId("no-such-album");
      expect(await library.album(nowhere, signal)).toBeUndefined();
      const token = await upload(world.image(1));
      const created = library.create([{ token, name: "1.png" }], { album: nowhere, signal });
      await expect(created).rejects.toMatchObject({ kind: "bad-album" });
    });

    it("gives an item with its bytes", async () => {
      const item = await add(7);
      const [listed] = (await library.list({ signal })).rows;
      expect(await library.download(item.id, signal)).toEqual({ item: listed, bytes: world.image(7) });
    });

    it("says that a sign-in has ended, on every call", async () => {
      const item = await add(1);
      const token = await upload(world.image(2));
      world.endSignIn();
      const calls: readonly (() => Promise<unknown>)[] = [
        () => upload(world.image(3)),
        () => library.create([{ token, name: "2.png" }], { signal }),
        () => library.list({ signal }),
        () => library.get([item.id], signal),
        () => library.createAlbum("A vault", signal),
        () => library.account(signal),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ kind: "signed-out" });
    });

    it("ends with the caller's own reason when it is given up", async () => {
      const giveUp = new AbortController();
      const reason = new Error("no longer wanted");
      giveUp.abort(reason);
      await expect(library.list({ signal: giveUp.signal })).rejects.toBe(reason);
    });

    const notDone: readonly PhotosErrorKind[] = [
      "quota-minute",
      "quota-day",
      "concurrent",
      "storage-full",
      "bad-token",
      "transient",
    ];
    it.each(notDone)("does nothing where a create fails beforehand: %s", async (kind) => {
      const token = await upload(world.image(1));
      world.strike("create", "before", kind);
      const created = library.create([{ token, name: "1.png" }], { signal });
      await expect(created).rejects.toMatchObject({ name: "PhotosError", kind });
      expect(await names()).toEqual([]);
    });

    it.each(["transient", "outcome-unknown"] as const)(
      "cannot tell that a create was done where its answer is lost: %s",
      async (kind) => {
        const token = await upload(world.image(1));
        world.strike("create", "after", kind);
        const created = library.create([{ token, name: "1.png" }], { signal });
        await expect(created).rejects.toMatchObject({ name: "PhotosError", kind });
        expect(await names()).toEqual(["1.png"]);
      },
    );

    it("cannot tell that an album was made where the answer is lost", async () => {
      world.strike("createAlbum", "after", "outcome-unknown");
      await expect(library.createAlbum("A vault", signal)).rejects.toMatchObject({ kind: "outcome-unknown" });
      expect((await library.albums({ signal })).rows.map((row) => row.title)).toEqual(["A vault"]);
    });

    it.each(["upload", "list", "get", "album", "albums", "addToAlbum"] as const)(
      "says so when %s meets a limit or a trouble of the moment, and works the next time",
      async (call) => {
        const item = await add(1);
        const album = await library.createAlbum("A vault", signal);
        const calls: Readonly<Record<typeof call, () => Promise<unknown>>> = {
          upload: () => upload(world.image(2)),
          list: () => library.list({ signal }),
          get: () => library.get([item.id], signal),
          album: () => library.album(album.id, signal),
          albums: () => library.albums({ signal }),
          addToAlbum: () => library.addToAlbum(album.id, [item.id], signal),
        };
        for (const kind of ["quota-minute", "transient"] as const) {
          world.strike(call, "before", kind);
          await expect(calls[call]()).rejects.toMatchObject({ name: "PhotosError", kind });
        }
        await calls[call]();
      },
    );
  });
}
