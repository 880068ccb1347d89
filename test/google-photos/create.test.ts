import { describe, expect, it } from "vitest";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const day = 24 * 3600 * 1000;

describe("an upload token", () => {
  it("lives longer, or fails its own item only, by the switches", async () => {
    const { google, client } = await emulator({ uploadTokenHours: 0, badToken: "fails-item" });
    const old = await client.tokenFor(png(1));
    google.clock.advance(2 * day);
    client.accessToken = google.signIn().accessToken;
    const { body } = await client.create([old, "nonsense"]);
    expect(body.newMediaItemResults?.map(({ status }) => status.code ?? 0)).toEqual([0, 3]);
  });
});

describe("a create", () => {
  it("answers 207, a code 0, and another order by the switches", async () => {
    const { client } = await emulator({ partialStatus: "207", successCode: "zero", resultOrder: "shuffled" });
    const pictures = [Buffer.from("no picture"), ...Array.from({ length: 9 }, (_, n) => png(n))];
    const tokens = await Promise.all(pictures.map((bytes) => client.tokenFor(bytes)));
    const { status, body } = await client.create(tokens);
    const results = body.newMediaItemResults ?? [];
    expect(status).toBe(207);
    expect(results.find(({ mediaItem }) => mediaItem !== undefined)?.status).toEqual({
      code: 0,
      message: "Success",
    });
    const order = results.map(({ uploadToken }) => uploadToken);
    expect(order).not.toEqual(tokens);
    expect([...order].sort()).toEqual([...tokens].sort());
  });
});

describe("the same bytes again", () => {
  it("are another item by the switch", async () => {
    const { google, client } = await emulator({ sameBytes: "new-item" });
    const [first, second] = [await client.add(png(), "first.png"), await client.add(png(), "second.png")];
    expect(second.id).not.toBe(first.id);
    const twice = await client.create([await client.tokenFor(png(1)), await client.tokenFor(png(1))]);
    expect(twice.body.newMediaItemResults?.every(({ mediaItem }) => mediaItem !== undefined)).toBe(true);
    expect(google.library.items()).toHaveLength(4);
  });
});

describe("bytes that are no picture", () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');

  it("are taken by the switch", async () => {
    const { client } = await emulator({ checkBytes: false });
    expect((await client.add(svg, "drawing.svg")).filename).toBe("drawing.svg");
  });
});

describe("a create's answer", () => {
  it("has a success message, and a baseUrl or none, by switch", async () => {
    const { google, client } = await emulator();
    expect((await client.add(png())).baseUrl).toBeUndefined();
    google.set({ successMessage: "OK", baseUrlOnCreate: true });
    const { body } = await client.create([await client.tokenFor(png())]);
    const [result] = body.newMediaItemResults ?? [];
    expect(result?.status).toEqual({ message: "OK" });
    expect(await (await fetch(`${result?.mediaItem?.baseUrl ?? ""}=d`)).text()).toContain("PNG");
  });

  it("lists the results of items that all failed, or nothing by switch", async () => {
    const { google, client } = await emulator();
    const token = await client.tokenFor(Buffer.from("no picture"));
    expect((await client.create([token])).body.newMediaItemResults).toHaveLength(1);
    google.set({ allFailed: "empty" });
    const empty = await client.create([token]);
    expect([empty.status, empty.body]).toEqual([200, {}]);
  });

  it("refuses no items, a name over 255 and a description from 1000 characters on", async () => {
    const { google, client } = await emulator();
    const token = await client.tokenFor(png());
    expect((await client.create([])).status).toBe(400);
    expect((await client.create([{ token, fileName: "x".repeat(256) }])).status).toBe(400);
    expect((await client.create([{ token, description: "x".repeat(1000) }])).status).toBe(400);
    expect(google.library.items()).toEqual([]);
    const longest = { token, fileName: `${"x".repeat(251)}.png`, description: "x".repeat(999) };
    expect((await client.create([longest])).status).toBe(200);
  });

  it("names an item after its day where no name was ever given", async () => {
    const { client } = await emulator();
    const { body } = await client.create([await client.tokenFor(png())]);
    expect(body.newMediaItemResults?.[0]?.mediaItem?.filename).toMatch(/^\d{4}-\d\d-\d\d\.png$/);
  });
});

describe("a photo over 200 MB", () => {
  // What follows a PNG's last chunk is no part of it, but counts as bytes of the file.
  const huge = Buffer.concat([png(1), Buffer.alloc(200 * 1024 * 1024)]);

  it("passes the upload and fails as an item, or is 413 by switch", async () => {
    const { google, client } = await emulator();
    const { body } = await client.create([await client.tokenFor(huge)]);
    expect(body.newMediaItemResults?.[0]?.status.code).toBe(3);
    google.set({ oversize: "413" });
    expect((await client.upload(huge)).status).toBe(413);
  }, 120_000);
});
