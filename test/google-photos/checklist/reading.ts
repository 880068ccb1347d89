import { expect } from "vitest";
import { PlainClient, type WireItem } from "../plain-client";
import { photo } from "../sample-photos";
import { png } from "../sample-pictures";
import type { Line } from "./line";

const bytesAt = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

async function baseUrlOf(client: PlainClient, bytes: Uint8Array): Promise<string> {
  const { id } = await client.add(bytes);
  return (await client.get<WireItem>(`/v1/mediaItems/${id}`)).body.baseUrl ?? "";
}

export const readingLines: readonly Line[] = [
  {
    line: 13,
    says: "an album that another client made takes no item",
    flips: [{ albumOwnership: false }],
    async holds(open) {
      const { google, client } = await open();
      const albumId = google.library.addAlbumFromElsewhere("Holidays");
      const refused = await client.create([await client.tokenFor(png())], { albumId });
      expect([refused.status, refused.body.error?.message]).toEqual([
        400,
        "No permission to add media items to this album.",
      ]);
    },
  },
  {
    line: 13,
    says: "titles of albums repeat; adding to one is all or nothing, and no id twice",
    flips: [{ albumAdd: "lenient" }],
    async holds(open) {
      const { google, client } = await open();
      const [one, two] = [await client.album("Same"), await client.album("Same")];
      expect(one).not.toBe(two);
      const { id } = await client.add(png());
      const add = (mediaItemIds: string[]) =>
        client.post(`/v1/albums/${one}:batchAddMediaItems`, { mediaItemIds });
      expect((await add([id, "unknown"])).status).toBe(400);
      expect((await add([id, id])).status).toBe(400);
      expect(google.library.albums().find((album) => album.id === one)?.itemIds).toEqual([]);
      expect((await add([id])).body).toEqual({});
    },
  },
  {
    line: 14,
    says: "reading shows only what this client made, `{}` where that is nothing, 64-bit numbers as strings",
    flips: [{ onlyOwnItems: false }],
    async holds(open) {
      const { google, client } = await open();
      const otherClient = { id: "42-other", secret: "s" };
      const other = new PlainClient(google, google.signIn({ client: otherClient }).accessToken);
      expect((await client.get("/v1/mediaItems")).body).toEqual({});
      const { id } = await client.add(png());
      expect((await other.get("/v1/mediaItems")).body).toEqual({});
      expect((await other.get(`/v1/mediaItems/${id}`)).status).toBe(404);
      expect((await other.get("/v1/albums")).body).toEqual({});
      const { body } = await client.get<WireItem>(`/v1/mediaItems/${id}`);
      expect([body.mediaMetadata.width, body.mediaMetadata.height]).toEqual(["4", "3"]);
    },
  },
  {
    line: 15,
    says: "a baseUrl needs a suffix",
    flips: [{ baseUrlSuffix: "optional" }],
    async holds(open) {
      const { client } = await open();
      const baseUrl = await baseUrlOf(client, png());
      expect((await fetch(baseUrl)).status).toBe(400);
      expect((await bytesAt(`${baseUrl}=d`)).equals(png())).toBe(true);
    },
  },
  {
    line: 15,
    says: "a baseUrl works for an hour",
    flips: [{ baseUrlMinutes: 0 }, { baseUrlMinutes: 59 }],
    async holds(open) {
      const { google, client } = await open();
      const baseUrl = await baseUrlOf(client, png());
      google.clock.advance(60 * 60_000 - 10_000);
      expect((await fetch(`${baseUrl}=d`)).status).toBe(200);
      google.clock.advance(20_000);
      expect((await fetch(`${baseUrl}=d`)).status).toBe(403);
    },
  },
  {
    line: 15,
    says: "a download comes without its place",
    flips: [{ gpsInDownloads: true }],
    async holds(open) {
      const { client } = await open();
      const original = await photo({ format: "jpeg", gps: true });
      const downloaded = await bytesAt(`${await baseUrlOf(client, original)}=d`);
      expect(downloaded.length).toBe(original.length);
      expect(downloaded.equals(original)).toBe(false);
    },
  },
  {
    line: 18,
    says: "nothing can be deleted",
    flips: [{ deleteMethods: "405" }],
    async holds(open) {
      const { google, client } = await open();
      const { id } = await client.add(png());
      expect((await client.call("DELETE", `/v1/mediaItems/${id}`)).status).toBe(404);
      expect(google.library.items()).toHaveLength(1);
    },
  },
];
