import { describe, expect, it, vi } from "vitest";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const day = 24 * 3600 * 1000;

describe("line 8: an upload token", () => {
  it("is good for a day, and a bad one fails the whole create", async () => {
    const { google, client } = await emulator();
    const [old, fresh] = [await client.tokenFor(png(1)), await client.tokenFor(png(2))];
    google.clock.advance(day - 3_600_000);
    client.accessToken = google.signIn().accessToken;
    expect((await client.create([old])).status).toBe(200);
    google.clock.advance(3_600_000);
    client.accessToken = google.signIn().accessToken;
    const late = await client.create([await client.tokenFor(png(3)), fresh]);
    expect([late.status, late.body.error?.message]).toEqual([
      400,
      "Request must contain a valid upload token.",
    ]);
    expect(google.library.items()).toHaveLength(1);
  });

  it("lives longer, or fails its own item only, by the switches", async () => {
    const { google, client } = await emulator({ uploadTokenHours: 0, badToken: "fails-item" });
    const old = await client.tokenFor(png(1));
    google.clock.advance(2 * day);
    client.accessToken = google.signIn().accessToken;
    const { body } = await client.create([old, "nonsense"]);
    expect(body.newMediaItemResults?.map(({ status }) => status.code ?? 0)).toEqual([0, 3]);
  });
});

describe("line 9: a create", () => {
  it("takes fifty and not one more", async () => {
    const { google, client } = await emulator();
    const tokens = await Promise.all(Array.from({ length: 51 }, (_, n) => client.tokenFor(png(n))));
    const over = await client.create(tokens);
    expect([over.status, over.body.error?.message]).toEqual([400, "Request must have less than 50 items."]);
    expect((await client.create(tokens.slice(0, 50))).body.newMediaItemResults).toHaveLength(50);
    google.set({ batchLimit: 51 });
    expect((await client.create(tokens)).status).toBe(200);
  });

  it("answers 200 with mixed results, success without a code", async () => {
    const { client } = await emulator();
    const [good, bad] = [await client.tokenFor(png()), await client.tokenFor(Buffer.from("no picture"))];
    const { status, body } = await client.create([good, bad]);
    expect(status).toBe(200);
    expect(body.newMediaItemResults?.map((result) => result.uploadToken)).toEqual([good, bad]);
    expect(body.newMediaItemResults?.[0]?.status).toEqual({ message: "Success" });
    expect(body.newMediaItemResults?.[1]?.status.code).toBe(3);
  });

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

describe("line 10: the same bytes again", () => {
  it("are the same item under its first name; twice within one call, code 6", async () => {
    const { google, client } = await emulator();
    const first = await client.add(png(), "first.png");
    const second = await client.add(png(), "second.png");
    expect([second.id, second.filename]).toEqual([first.id, "first.png"]);
    const twice = await client.create([await client.tokenFor(png(1)), await client.tokenFor(png(1))]);
    expect(twice.body.newMediaItemResults?.map(({ status }) => status.code ?? 0)).toEqual([0, 6]);
    expect(google.library.items()).toHaveLength(2);
  });

  it("are another item by the switch", async () => {
    const { google, client } = await emulator({ sameBytes: "new-item" });
    const [first, second] = [await client.add(png(), "first.png"), await client.add(png(), "second.png")];
    expect(second.id).not.toBe(first.id);
    const twice = await client.create([await client.tokenFor(png(1)), await client.tokenFor(png(1))]);
    expect(twice.body.newMediaItemResults?.every(({ mediaItem }) => mediaItem !== undefined)).toBe(true);
    expect(google.library.items()).toHaveLength(4);
  });
});

describe("line 11: bytes that are no picture", () => {
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>');

  it.each([
    ["an SVG", svg],
    ["text", Buffer.from("hello")],
    ["the first twenty bytes of a PNG", png().subarray(0, 20)],
    ["a PNG that breaks off", png().subarray(0, -8)],
  ])("fail in the create though their upload succeeded: %s", async (_, bytes) => {
    const { client } = await emulator();
    const upload = await client.upload(bytes);
    expect(upload.status).toBe(200);
    expect((await client.create([upload.body])).body.newMediaItemResults?.[0]?.status.code).toBe(3);
  });

  it("are taken by the switch", async () => {
    const { client } = await emulator({ checkBytes: false });
    expect((await client.add(svg, "drawing.svg")).filename).toBe("drawing.svg");
  });
});

describe("line 12: two creates of one user at once", () => {
  async function overlapping(overlap?: "429" | "409" | "500") {
    const { google, client } = await emulator(overlap === undefined ? {} : { overlap });
    const tokens = [await client.tokenFor(png(1)), await client.tokenFor(png(2))];
    google.faults.script({ on: "create", do: "delay", hold: "first" });
    const held = google.faults.whenHeld("first");
    const first = client.create([tokens[0] ?? ""]);
    await held;
    const second = client.create([tokens[1] ?? ""]);
    if (overlap !== undefined) await second;
    else await vi.waitFor(() => expect(google.requests.all().at(-1)?.overlapped).toBe(true));
    google.faults.release("first");
    const answers = await Promise.all([first, second]);
    return { answers, creates: google.requests.all().filter(({ kind }) => kind === "create") };
  }

  it("are served one after another and marked in the log", async () => {
    const { answers, creates } = await overlapping();
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(creates.map((entry) => entry.overlapped ?? false)).toEqual([false, true]);
    expect(creates[1]?.ended).toBeGreaterThanOrEqual(creates[0]?.ended ?? Number.POSITIVE_INFINITY);
  });

  it.each([
    ["429", "Quota exceeded for quota 'concurrent write request' of service 'photoslibrary.googleapis.com'."],
    ["409", "The operation was aborted."],
    ["500", "Internal error encountered."],
  ] as const)("answer the later one %s by the switch", async (overlap, message) => {
    const { answers, creates } = await overlapping(overlap);
    expect(answers.map(({ status }) => status)).toEqual([200, Number(overlap)]);
    expect(answers[1].body.error?.message).toBe(message);
    expect(creates[1]?.overlapped).toBe(true);
  });
});

describe("line 16: an item's date", () => {
  it("is the upload's where the bytes hold none", async () => {
    const { google, client } = await emulator();
    google.clock.advance(-3 * 365 * day);
    client.accessToken = google.signIn().accessToken;
    const { mediaMetadata } = await client.add(png());
    expect(Math.abs(Date.parse(mediaMetadata.creationTime) - google.clock.now())).toBeLessThan(5000);
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
  });
});
