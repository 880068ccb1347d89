import { describe, expect, it } from "vitest";
import type { PlainClient, WireItem } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const INVALID = { code: 3, message: "Invalid media item ID." };

/** What `batchGet` says of one id: the id itself where the item is there, else its status. */
async function inBatch(client: PlainClient, id: string): Promise<unknown> {
  const { body } = await client.get<{ mediaItemResults: { mediaItem?: WireItem; status?: unknown }[] }>(
    `/v1/mediaItems:batchGet?mediaItemIds=${id}`,
  );
  const [result] = body.mediaItemResults;
  return result?.mediaItem?.id ?? result?.status;
}

describe("an item in the bin", () => {
  it("is gone from reading and from its album's count, and back in both when restored", async () => {
    const { google, client } = await emulator();
    const albumId = await client.album("A");
    const { id } = await client.add(png(), "a.png", { albumId });
    const looks = async () => [
      (await client.get(`/v1/mediaItems/${id}`)).status,
      await inBatch(client, id),
      await client.listed(),
      (await client.get(`/v1/albums/${albumId}`)).body["mediaItemsCount"],
    ];
    google.library.bin(id);
    expect(await looks()).toEqual([404, INVALID, [], undefined]);
    google.library.restoreFromBin(id);
    expect(await looks()).toEqual([200, id, [id], "1"]);
  });

  it("can still be got and listed by the switches", async () => {
    const { google, client } = await emulator({ binnedGet: "found", binnedList: "listed" });
    const { id } = await client.add(png());
    google.library.bin(id);
    expect((await client.get(`/v1/mediaItems/${id}`)).status).toBe(200);
    expect(await inBatch(client, id)).toBe(id);
    expect(await client.listed()).toEqual([id]);
  });

  it.each([
    ["stays-binned", true, true],
    ["restored", true, false],
    ["new-item", false, false],
  ] as const)("whose bytes are sent again: %s", async (binnedReupload, sameItem, stillBinned) => {
    const { google, client } = await emulator({ binnedReupload });
    const { id } = await client.add(png());
    google.library.bin(id);
    const again = await client.add(png());
    expect(again.id === id).toBe(sameItem);
    expect(google.library.items().find((item) => item.id === again.id)?.binned).toBe(stillBinned);
  });

  it("is deleted for good after sixty days, or as many as the switch says", async () => {
    const { google, client } = await emulator();
    google.library.bin((await client.add(png(1))).id);
    google.clock.advance(61 * 24 * 3_600_000);
    expect(google.library.items()).toEqual([]);
    google.set({ binDays: 0 });
    client.accessToken = google.signIn().accessToken;
    google.library.bin((await client.add(png(2))).id);
    google.clock.advance(500 * 24 * 3_600_000);
    expect(google.library.items()).toHaveLength(1);
  });
});

describe("an item deleted for good", () => {
  it("is made anew when its bytes are sent again, or stays away by switch", async () => {
    const { google, client } = await emulator();
    const first = await client.add(png());
    google.library.deleteForever(first.id);
    expect(await inBatch(client, first.id)).toEqual(INVALID);
    const second = await client.add(png());
    expect(second.id).not.toBe(first.id);
    google.library.deleteForever(second.id);
    google.set({ deletedReupload: "stays-deleted" });
    expect((await client.add(png())).id).toBe(second.id);
    expect(google.library.items()).toEqual([]);
  });
});

describe("known bytes sent with another description", () => {
  it.each([
    ["ignored", "first"],
    ["replaces", "second"],
    ["fills-empty", "first"],
  ] as const)("%s", async (laterDescription, expected) => {
    const { google, client } = await emulator({ laterDescription });
    for (const description of ["first", "second"]) {
      await client.create([{ token: await client.tokenFor(png()), description }]);
    }
    expect(google.library.items()[0]?.description).toBe(expected);
  });
});

describe("an upload token used before", () => {
  it("answers its item again, or is refused by switch", async () => {
    const { google, client } = await emulator();
    const token = await client.tokenFor(png());
    const [first, second] = [await client.create([token]), await client.create([token])];
    const id = (answer: typeof first): string | undefined =>
      answer.body.newMediaItemResults?.[0]?.mediaItem?.id;
    expect(id(second)).toBe(id(first));
    google.set({ usedToken: "refused" });
    expect((await client.create([token])).status).toBe(400);
  });
});
