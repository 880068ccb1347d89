import { describe, expect, it } from "vitest";
import { PlainClient, type WireItem } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

interface Page {
  mediaItems?: WireItem[];
  nextPageToken?: string;
}

interface Refused {
  error: { status: string; message: string; details?: { fieldViolations: { field: string }[] }[] };
}

describe("a list", () => {
  it("comes newest first, page by page, and does not slip when something new arrives", async () => {
    const { google, client } = await emulator();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.unshift((await client.add(png(n))).id);
    const first = (await client.get<Page>("/v1/mediaItems?pageSize=2")).body;
    google.clock.advance(5000);
    await client.add(png(9));
    const second = (
      await client.get<Page>(`/v1/mediaItems?pageSize=2&pageToken=${first.nextPageToken ?? ""}`)
    ).body;
    const third = (
      await client.get<Page>(`/v1/mediaItems?pageSize=2&pageToken=${second.nextPageToken ?? ""}`)
    ).body;
    const seen = [first, second, third].flatMap(({ mediaItems = [] }) => mediaItems.map(({ id }) => id));
    expect(seen).toEqual(ids);
    expect(third.nextPageToken).toBeUndefined();
  });

  it("refuses page sizes over the limit and tokens that are not its own, or caps by switch", async () => {
    const { google, client } = await emulator();
    await client.add(png(1));
    await client.add(png(2));
    expect((await client.get("/v1/mediaItems?pageSize=101")).status).toBe(400);
    expect((await client.get("/v1/mediaItems?pageSize=-1")).status).toBe(400);
    expect((await client.get("/v1/mediaItems?pageToken=nonsense")).status).toBe(400);
    const { nextPageToken = "" } = (await client.get<Page>("/v1/mediaItems?pageSize=1")).body;
    expect((await client.get(`/v1/albums?pageToken=${nextPageToken}`)).status).toBe(400);
    google.set({ bigPage: "cap" });
    expect((await client.get("/v1/mediaItems?pageSize=101")).status).toBe(200);
  });

  it("serves pages short of their size, or empty ones first, by switch", async () => {
    const { google, client } = await emulator({ shortPages: "half" });
    for (let n = 0; n < 6; n += 1) await client.add(png(n));
    const half = (await client.get<Page>("/v1/mediaItems?pageSize=4")).body;
    expect([half.mediaItems?.length, half.nextPageToken === undefined]).toEqual([2, false]);
    google.set({ shortPages: "empty-first" });
    const empty = (await client.get<Page>("/v1/mediaItems")).body;
    expect([empty.mediaItems, empty.nextPageToken === undefined]).toEqual([undefined, false]);
    expect(await client.listed("&pageSize=4")).toHaveLength(6);
  });

  it("lags behind creates, and so do an album's search and count, each by its switch", async () => {
    const { google, client } = await emulator({ listLagMs: 60_000, countLagMs: 30_000 });
    const albumId = await client.album("Slow");
    const { id } = await client.add(png(), "a.png", { albumId });
    const count = async (): Promise<unknown> =>
      (await client.get(`/v1/albums/${albumId}`)).body["mediaItemsCount"];
    const found = async (): Promise<number> =>
      (await client.post<Page>("/v1/mediaItems:search", { albumId })).body.mediaItems?.length ?? 0;
    expect([await client.listed(), await found(), await count()]).toEqual([[], 0, undefined]);
    expect((await client.get(`/v1/mediaItems/${id}`)).status).toBe(200);
    google.clock.advance(30_000);
    expect([await client.listed(), await found(), await count()]).toEqual([[], 0, "1"]);
    google.clock.advance(30_000);
    expect([await client.listed(), await found()]).toEqual([[id], 1]);
  });
});

describe("batchGet", () => {
  it("keeps the order asked for and gives unknown ids a status of their own", async () => {
    const { client } = await emulator();
    const [one, two] = [await client.add(png(1)), await client.add(png(2))];
    const { body } = await client.get<{
      mediaItemResults: { mediaItem?: WireItem; status?: { code: number } }[];
    }>(`/v1/mediaItems:batchGet?mediaItemIds=${two.id}&mediaItemIds=unknown&mediaItemIds=${one.id}`);
    expect(body.mediaItemResults.map(({ mediaItem, status }) => mediaItem?.id ?? status)).toEqual([
      two.id,
      { code: 3, message: "Invalid media item ID." },
      one.id,
    ]);
  });

  it("refuses none, more than fifty, and one twice", async () => {
    const { client } = await emulator();
    const query = (ids: string[]): string =>
      `/v1/mediaItems:batchGet?${ids.map((id) => `mediaItemIds=${id}`).join("&")}`;
    const many = Array.from({ length: 51 }, (_, n) => `id${n}`);
    for (const ids of [[], many, ["a", "a"]]) expect((await client.get(query(ids))).status).toBe(400);
  });
});

describe("an unknown item", () => {
  it("is 404, or 400 by switch", async () => {
    const { google, client } = await emulator();
    expect((await client.get("/v1/mediaItems/unknown")).status).toBe(404);
    google.set({ unknownItem: "400" });
    expect((await client.get("/v1/mediaItems/unknown")).status).toBe(400);
  });
});

describe("a description", () => {
  it("can be changed with its mask, and with nothing else", async () => {
    const { client } = await emulator();
    const { id } = await client.add(png());
    const patch = (mask: string, body: unknown) =>
      client.call("PATCH", `/v1/mediaItems/${id}?updateMask=${mask}`, body);
    expect((await patch("description", { description: "words" })).body["description"]).toBe("words");
    expect((await patch("filename", { filename: "other.png" })).status).toBe(400);
    expect((await patch("description", { description: "x".repeat(1000) })).status).toBe(400);
  });
});

describe("what a client sends", () => {
  it.each([
    ["an unknown field", '{"pageSise": 3}', 'Unknown name "pageSise": Cannot find field.'],
    [
      "a nested unknown field",
      '{"filters": {"dateFilter": {"days": []}}}',
      "Unknown name \"days\" at 'filters.date_filter'",
    ],
    ["a wrong type", '{"pageSize": "many"}', "Invalid value at 'page_size' (TYPE_INT32), \"many\""],
    [
      "an unknown enum value",
      '{"filters": {"mediaTypeFilter": {"mediaTypes": ["DRAWING"]}}}',
      "media_types[0]",
    ],
    ["broken JSON", '{"pageSize": ', "Invalid JSON payload received."],
    ["a list for a message", "[]", "Root element must be a message."],
  ])("is read strictly: %s", async (_, body, says) => {
    const { google, client } = await emulator();
    const response = await fetch(`${google.origin}/v1/mediaItems:search`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${client.accessToken}`,
        "content-type": "application/json; charset=utf-8",
      },
      body,
    });
    const { error } = (await response.json()) as Refused;
    expect([response.status, error.status]).toEqual([400, "INVALID_ARGUMENT"]);
    expect(error.message).toContain(says);
  });

  it("must be called JSON; snake_case and numbers as strings are JSON of this kind", async () => {
    const { google, client } = await emulator();
    const send = (type: string, body: string): Promise<Response> =>
      fetch(`${google.origin}/v1/mediaItems:search`, {
        method: "POST",
        headers: { authorization: `Bearer ${client.accessToken}`, "content-type": type },
        body,
      });
    expect((await send("text/plain", '{"pageSize": 3}')).status).toBe(400);
    expect((await send("application/json", '{"page_size": "3", "pageToken": null}')).status).toBe(200);
  });

  it("may hold a fields mask, which must name what exists; no parameter that does not", async () => {
    const { client } = await emulator();
    await client.add(png(), "a.png");
    const masked = await client.get("/v1/mediaItems?fields=mediaItems(filename,mediaMetadata/width)");
    expect(masked.body).toEqual({ mediaItems: [{ filename: "a.png", mediaMetadata: { width: "4" } }] });
    const refused = await client.get<Refused>("/v1/mediaItems?fields=mediaItems(name)");
    expect([refused.status, refused.body.error.details?.[0]?.fieldViolations[0]?.field]).toEqual([
      400,
      "fields",
    ]);
    expect((await client.get("/v1/mediaItems?page_size=1&prettyPrint=false")).status).toBe(200);
    expect((await client.get("/v1/mediaItems?size=1")).status).toBe(400);
    expect((await client.get("/v1/mediaItems?alt=media")).status).toBe(400);
  });

  it("must be signed, and sent where something is", async () => {
    const { google, client } = await emulator();
    client.accessToken = "nonsense";
    const { status, body } = await client.get<Refused>("/v1/mediaItems");
    expect([status, body.error.status]).toEqual([401, "UNAUTHENTICATED"]);
    client.accessToken = google.signIn().accessToken;
    expect((await client.get<Refused>("/v1/nothing")).body.error.status).toBe("NOT_FOUND");
    expect((await client.post("/v1/mediaItems")).status).toBe(405);
    expect((await client.get("/v1/mediaItems/%zz")).status).toBe(404);
  });

  it("is refused whole where the API is not enabled or Photos is off for the user", async () => {
    const { google, client } = await emulator({ apiDisabled: "project" });
    expect((await client.get<Refused>("/v1/albums")).body.error.message).toContain(
      "has not been used in project",
    );
    expect((await client.upload(png())).status).toBe(403);
    google.set({ apiDisabled: "user" });
    expect((await client.get<Refused>("/v1/albums")).body.error.message).toContain("disabled for the user");
  });
});

describe("an item the user had from elsewhere", () => {
  it("is what a create of its bytes answers, goes into the album, and cannot be read or added again", async () => {
    const { google, client } = await emulator();
    const had = await google.library.addFromElsewhere(png(), "IMG_1.png");
    const albumId = await client.album("Mine");
    const item = await client.add(png(), "mine.png", { albumId });
    expect([item.id, item.filename]).toEqual([had, "IMG_1.png"]);
    expect((await client.get(`/v1/mediaItems/${had}`)).status).toBe(404);
    expect(await client.listed()).toEqual([]);
    const again = await client.post(`/v1/albums/${albumId}:batchAddMediaItems`, { mediaItemIds: [had] });
    expect(again.status).toBe(400);
    expect((await client.get(`/v1/albums/${albumId}`)).body["mediaItemsCount"]).toBe("1");
    google.set({ preexisting: "hidden" });
    expect((await client.get(`/v1/albums/${albumId}`)).body["mediaItemsCount"]).toBeUndefined();
    google.set({ preexisting: "visible" });
    expect((await client.get(`/v1/mediaItems/${had}`)).status).toBe(200);
  });
});

describe("another account", () => {
  it("has its own library, and its own item of the same bytes", async () => {
    const { google, client } = await emulator();
    const other = new PlainClient(google, google.signIn({ account: "other@example.com" }).accessToken);
    const [mine, theirs] = [await client.add(png()), await other.add(png())];
    expect(mine.id).not.toBe(theirs.id);
    expect([await client.listed(), await other.listed()]).toEqual([[mine.id], [theirs.id]]);
  });
});
