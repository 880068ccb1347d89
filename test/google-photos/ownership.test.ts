import { describe, expect, it } from "vitest";
import { PlainClient, type WireItem } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

describe("line 13: albums", () => {
  it("must be made by this client; titles repeat; adding is all or nothing", async () => {
    const { google, client } = await emulator();
    const foreign = google.library.addAlbumFromElsewhere("Holidays");
    const refused = await client.create([await client.tokenFor(png())], { albumId: foreign });
    expect([refused.status, refused.body.error?.message]).toEqual([
      400,
      "No permission to add media items to this album.",
    ]);
    const [one, two] = [await client.album("Same"), await client.album("Same")];
    expect(one).not.toBe(two);
    const item = await client.add(png());
    const add = (ids: string[]) => client.post(`/v1/albums/${one}:batchAddMediaItems`, { mediaItemIds: ids });
    expect((await add([item.id, "unknown"])).status).toBe(400);
    expect((await add([item.id, item.id])).status).toBe(400);
    expect(google.library.albums().find(({ id }) => id === one)?.itemIds).toEqual([]);
    expect((await add([item.id])).body).toEqual({});
  });

  it("are lenient by the switches", async () => {
    const { google, client } = await emulator({ albumOwnership: false, albumAdd: "lenient" });
    const foreign = google.library.addAlbumFromElsewhere("Holidays");
    const item = await client.add(png(), "a.png", { albumId: foreign });
    const own = await client.album("Own");
    const added = await client.post(`/v1/albums/${own}:batchAddMediaItems`, {
      mediaItemIds: [item.id, item.id, "unknown"],
    });
    expect(added.status).toBe(200);
    expect(google.library.items()[0]?.albumIds).toEqual([foreign, own]);
  });
});

describe("line 14: reading", () => {
  it("shows only what this client made, `{}` where there is nothing, and 64-bit numbers as strings", async () => {
    const { google, client } = await emulator();
    const other = new PlainClient(
      google,
      google.signIn({ client: { id: "42-other", secret: "s" } }).accessToken,
    );
    expect((await client.get("/v1/mediaItems")).body).toEqual({});
    const { id } = await client.add(png());
    expect((await other.get("/v1/mediaItems")).body).toEqual({});
    expect((await other.get(`/v1/mediaItems/${id}`)).status).toBe(404);
    expect((await other.get("/v1/albums")).body).toEqual({});
    const { body } = await client.get<WireItem>(`/v1/mediaItems/${id}`);
    expect([body.mediaMetadata.width, body.mediaMetadata.height]).toEqual(["4", "3"]);
  });

  it("shows another client's by the switch", async () => {
    const { google, client } = await emulator({ onlyOwnItems: false });
    const other = new PlainClient(
      google,
      google.signIn({ client: { id: "42-other", secret: "s" } }).accessToken,
    );
    const { id } = await client.add(png());
    expect(await other.listed()).toEqual([id]);
  });
});
