import { describe, expect, it } from "vitest";
import { PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

describe("albums", () => {
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

describe("reading", () => {
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
