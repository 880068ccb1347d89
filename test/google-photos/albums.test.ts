import { describe, expect, it } from "vitest";
import { PlainClient } from "./plain-client";
import { scope } from "./index";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

interface AlbumPage {
  albums?: { id: string; title: string }[];
  nextPageToken?: string;
}

describe("an album", () => {
  it("is made, read, renamed and given a cover", async () => {
    const { google, client } = await emulator();
    const id = await client.album("First");
    const made = (await client.get(`/v1/albums/${id}`)).body;
    expect(made).toEqual({
      id,
      title: "First",
      isWriteable: true,
      productUrl: `${google.origin}/lr/album/${id}`,
    });
    const [one, two] = [
      await client.add(png(1), "1.png", { albumId: id }),
      await client.add(png(2), "2.png", { albumId: id }),
    ];
    expect((await client.get(`/v1/albums/${id}`)).body["coverPhotoMediaItemId"]).toBe(one.id);
    await client.call("PATCH", `/v1/albums/${id}?updateMask=title`, { title: "Second" });
    await client.call("PATCH", `/v1/albums/${id}?updateMask=coverPhotoMediaItemId`, {
      coverPhotoMediaItemId: two.id,
    });
    const { body } = await client.get(`/v1/albums/${id}`);
    expect([body["title"], body["coverPhotoMediaItemId"], body["mediaItemsCount"]]).toEqual([
      "Second",
      two.id,
      "2",
    ]);
    expect((await client.call("PATCH", `/v1/albums/${id}?updateMask=id`, {})).status).toBe(400);
  });

  it("needs a title of at most 500 characters, and is 404 where nobody made it", async () => {
    const { client } = await emulator();
    expect((await client.post("/v1/albums", { album: { title: " " } })).status).toBe(400);
    expect((await client.post("/v1/albums", { album: { title: "x".repeat(501) } })).status).toBe(400);
    expect((await client.get("/v1/albums/none")).status).toBe(404);
  });

  it("is listed with the others, twenty a page and at most fifty", async () => {
    const { client } = await emulator();
    for (let n = 0; n < 25; n += 1) await client.album(`Album ${n}`);
    const first = (await client.get<AlbumPage>("/v1/albums?excludeNonAppCreatedData=true")).body;
    const rest = (await client.get<AlbumPage>(`/v1/albums?pageToken=${first.nextPageToken ?? ""}`)).body;
    const titles = [...(first.albums ?? []), ...(rest.albums ?? [])].map(({ title }) => title);
    expect([first.albums?.length, new Set(titles).size]).toEqual([20, 25]);
    expect((await client.get("/v1/albums?pageSize=51")).status).toBe(400);
  });

  it("shows its items in its own order, which positions decide", async () => {
    const { client } = await emulator();
    const albumId = await client.album("Ordered");
    const add = async (n: number, albumPosition: unknown): Promise<string> =>
      (await client.add(png(n), `${n}.png`, { albumId, albumPosition })).id;
    const one = await add(1, { position: "LAST_IN_ALBUM" });
    const two = await add(2, { position: "FIRST_IN_ALBUM" });
    const three = await add(3, { position: "AFTER_MEDIA_ITEM", relativeMediaItemId: two });
    const { body } = await client.post<{ enrichmentItem: { id: string } }>(
      `/v1/albums/${albumId}:addEnrichment`,
      {
        newEnrichmentItem: { textEnrichment: { text: "A heading" } },
        albumPosition: { position: "FIRST_IN_ALBUM" },
      },
    );
    const four = await add(4, {
      position: "AFTER_ENRICHMENT_ITEM",
      relativeEnrichmentItemId: body.enrichmentItem.id,
    });
    const found: string[] = [];
    let pageToken: string | undefined;
    do {
      const page = await client.post<{
        mediaItems: { id: string; productUrl: string }[];
        nextPageToken?: string;
      }>("/v1/mediaItems:search", { albumId, pageSize: 3, pageToken });
      found.push(...page.body.mediaItems.map(({ id }) => id));
      expect(page.body.mediaItems[0]?.productUrl).toContain(`/lr/album/${albumId}/photo/`);
      pageToken = page.body.nextPageToken;
    } while (pageToken !== undefined);
    expect(found).toEqual([four, two, three, one]);
  });

  it("takes known bytes that are not in it yet", async () => {
    const { google, client } = await emulator();
    const albumId = await client.album("Later");
    const { id } = await client.add(png());
    await client.add(png(), "again.png", { albumId });
    await client.add(png(), "and again.png", { albumId });
    expect(google.library.albums()[0]?.itemIds).toEqual([id]);
  });

  it("lets items go, all of them or none", async () => {
    const { google, client } = await emulator();
    const albumId = await client.album("Shrinks");
    const [one, two] = [
      await client.add(png(1), "1.png", { albumId }),
      await client.add(png(2), "2.png", { albumId }),
    ];
    const remove = (mediaItemIds: string[]) =>
      client.post(`/v1/albums/${albumId}:batchRemoveMediaItems`, { mediaItemIds });
    expect((await remove([one.id, "unknown"])).status).toBe(400);
    expect((await remove([one.id])).body).toEqual({});
    expect(google.library.albums()[0]?.itemIds).toEqual([two.id]);
    expect((await remove([one.id])).status).toBe(400);
  });

  it("that does not exist any more is said so, and a position needs an album", async () => {
    const { google, client } = await emulator();
    const albumId = await client.album("Gone");
    google.library.deleteAlbum(albumId);
    const gone = await client.create([await client.tokenFor(png())], { albumId });
    expect([gone.status, gone.body.error?.message]).toEqual([
      400,
      "The provided ID does not match any albums.",
    ]);
    const lost = await client.create([await client.tokenFor(png())], {
      albumPosition: { position: "FIRST_IN_ALBUM" },
    });
    expect(lost.status).toBe(400);
  });

  it("is not writeable for a token that may only read; sharing is gone for all", async () => {
    const { google, client } = await emulator();
    const id = await client.album("Mine");
    const reader = new PlainClient(google, google.signIn({ scopes: [scope.read] }).accessToken);
    expect((await reader.get(`/v1/albums/${id}`)).body["isWriteable"]).toBeUndefined();
    expect((await client.post(`/v1/albums/${id}:share`)).status).toBe(403);
    expect((await client.get("/v1/sharedAlbums")).status).toBe(403);
  });
});
