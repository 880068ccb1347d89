import { describe, expect, it } from "vitest";
import { createBody, createResults } from "../../src/google/create";
import { itemsThere } from "../../src/google/get";
import { identityIn } from "../../src/google/identity";
import * as wire from "../../src/google/wire";
import { albumId, mediaItemId, readAs, uploadToken } from "../../src/model";

const items = ["a", "b"].map((token) => ({ token: uploadToken(token), name: `${token}.png` }));
const made = (id: string) => ({ id, filename: `${id}.png` });
const results = (newMediaItemResults: unknown) =>
  createResults(items, wire.createAnswer({ newMediaItemResults }));

describe("what Google answers", () => {
  it("about an item may leave out all but its id, and say more than we know", () => {
    expect(wire.mediaItem({ id: "i", news: 1 })).toEqual({
      id: "i",
      name: "",
      url: "",
      type: "",
      width: 0,
      height: 0,
    });
    const whole = {
      id: "i",
      filename: "f.png",
      productUrl: "https://p",
      mimeType: "image/png",
      baseUrl: "https://b",
      mediaMetadata: { width: "4000", height: 3 },
    };
    expect(wire.mediaItem(whole)).toEqual({
      id: "i",
      name: "f.png",
      url: "https://p",
      type: "image/png",
      width: 4000,
      height: 3,
    });
    expect(readAs(wire.mediaItem, { id: "" })).toBeUndefined();
    expect(readAs(wire.mediaItem, { id: "i", mediaMetadata: { width: "wide" } })).toBeUndefined();
  });

  it("about an album, too", () => {
    expect(wire.album({ id: "a" })).toEqual({ id: "a", title: "", count: 0 });
    const whole = { id: "a", title: "T", productUrl: "https://p", mediaItemsCount: "12" };
    expect(wire.album(whole)).toEqual({ id: "a", title: "T", count: 12 });
    expect(readAs(wire.album, { id: "" })).toBeUndefined();
  });

  it("is empty where there is nothing", () => {
    expect(wire.itemPage({})).toEqual({ mediaItems: [] });
    expect(wire.albumPage({})).toEqual({ albums: [] });
    expect(wire.createAnswer({})).toEqual({ newMediaItemResults: [] });
    expect(wire.batchGetAnswer({})).toEqual({ mediaItemResults: [] });
    expect(wire.itemPage({ nextPageToken: "n" }).nextPageToken).toBe("n");
    expect(wire.albumPage({ albums: [{ id: "a" }] }).albums).toHaveLength(1);
  });

  it("to a code must hold an access token", () => {
    expect(readAs(wire.grant, { access_token: "" })).toBeUndefined();
    expect(readAs(wire.grant, {})).toBeUndefined();
    expect(
      readAs(wire.grant, { access_token: "a", refresh_token: null, id_token: null, more: 1 }),
    ).toBeDefined();
  });
});

describe("a create", () => {
  it("names bytes, and leaves out what is not said", () => {
    expect(createBody(items, undefined)).toEqual({
      newMediaItems: [
        { simpleMediaItem: { uploadToken: "a", fileName: "a.png" } },
        { simpleMediaItem: { uploadToken: "b", fileName: "b.png" } },
      ],
    });
    const described = [
      { ...items[0]!, description: "words" },
      { ...items[1]!, description: "" },
    ];
    expect(createBody(described, albumId("x"))).toEqual({
      albumId: "x",
      newMediaItems: [
        { description: "words", simpleMediaItem: { uploadToken: "a", fileName: "a.png" } },
        { simpleMediaItem: { uploadToken: "b", fileName: "b.png" } },
      ],
    });
  });

  it("is matched by token, whatever the order", () => {
    const answers = results([
      { uploadToken: "b", mediaItem: made("B") },
      { uploadToken: "a", status: { message: "Success" }, mediaItem: made("A") },
    ]);
    expect(answers).toMatchObject([
      { is: "created", item: { id: "A" } },
      { is: "created", item: { id: "B" } },
    ]);
  });

  it("may be tried again for an item that the answer leaves out", () => {
    expect(results([{ uploadToken: "a", mediaItem: made("A") }]).map(({ is }) => is)).toEqual([
      "created",
      "again",
    ]);
    expect(results([]).map(({ is }) => is)).toEqual(["again", "again"]);
  });

  it.each([
    [{ code: 0 }, true, "created"],
    [{ code: 200 }, true, "created"],
    [{}, true, "created"],
    [{}, false, "again"],
    ...[1, 2, 4, 6, 8, 10, 13, 14].map((code) => [{ code }, false, "again"] as const),
    [{ code: 13 }, true, "again"],
    [{ code: 3, message: "BAD_IMAGE" }, false, "not-an-image"],
    [{ code: 3, message: "Not a valid upload token." }, false, "refused"],
    [{ code: 200 }, false, "refused"],
    ...[5, 7, 9, 11, 12, 15, 16].map((code) => [{ code }, false, "refused"] as const),
  ] as const)("with status %j, an item there: %s, is %s", (status, there, is) => {
    const [result] = results([{ uploadToken: "a", status, ...(there ? { mediaItem: made("A") } : {}) }]);
    expect(result?.is).toBe(is);
  });
});

describe("a batchGet", () => {
  const ids = ["one", "two"].map(mediaItemId);
  const got = (mediaItemResults: unknown) => itemsThere(ids, wire.batchGetAnswer({ mediaItemResults }));

  it("says of each id whether it is there", () => {
    for (const code of [3, 5, 7]) {
      const there = got([{ mediaItem: made("two") }, { status: { code } }]);
      expect([...(there ?? [])]).toMatchObject([["two", { id: "two" }]]);
    }
  });

  it.each([
    ["says too little", [{ mediaItem: made("one") }]],
    ["says too much", [{ mediaItem: made("one") }, { mediaItem: made("two") }, { status: { code: 5 } }]],
    ["fails in another way", [{ mediaItem: made("one") }, { status: { code: 13 } }]],
    ["says nothing of one", [{ mediaItem: made("one") }, {}]],
    ["answers what nobody asked for", [{ mediaItem: made("one") }, { mediaItem: made("three") }]],
    ["says one twice", [{ mediaItem: made("one") }, { mediaItem: made("one") }]],
  ])("proves nothing where it %s", (_, answer) => {
    expect(got(answer)).toBeUndefined();
  });
});

describe("an id_token", () => {
  const token = (claims: unknown): string =>
    `head.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`;

  it("says who has signed in, to its own client alone", () => {
    expect(identityIn(token({ aud: "c", sub: "1", email: "ä@b" }), "c")).toEqual({ sub: "1", email: "ä@b" });
    expect(identityIn(token({ aud: "c", sub: "1" }), "c")).toEqual({ sub: "1", email: "" });
    expect(identityIn(token({ aud: "d", sub: "1" }), "c")).toEqual({ sub: "", email: "" });
  });

  it.each([undefined, "", "one part", "a.b", "a.!.c", token([]), token({ aud: "c" })])(
    "that is none says nothing: %j",
    (text) => {
      expect(identityIn(text, "c")).toEqual({ sub: "", email: "" });
    },
  );
});
