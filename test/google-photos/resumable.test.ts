import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import type { Answer, PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const granule = 256;
const picture = png(1, 1000);

async function start(client: PlainClient, size = picture.length): Promise<string> {
  const { status, headers } = await client.send("/v1/uploads", Buffer.alloc(0), {
    "x-goog-upload-command": "start",
    "x-goog-upload-protocol": "resumable",
    "x-goog-upload-content-type": "image/png",
    "x-goog-upload-raw-size": String(size),
  });
  expect([
    status,
    headers.get("x-goog-upload-status"),
    headers.get("x-goog-upload-chunk-granularity"),
  ]).toEqual([200, "active", String(granule)]);
  return headers.get("x-goog-upload-url") ?? "";
}

const command = (
  client: PlainClient,
  url: string,
  name: string,
  bytes: Buffer = Buffer.alloc(0),
  offset = 0,
): Promise<Answer<string>> =>
  client.send(url, bytes, { "x-goog-upload-command": name, "x-goog-upload-offset": String(offset) });

const held = async (client: PlainClient, url: string): Promise<[string | null, string | null]> => {
  const { headers } = await command(client, url, "query");
  return [headers.get("x-goog-upload-status"), headers.get("x-goog-upload-size-received")];
};

describe("a resumable upload", () => {
  it("goes chunk by chunk, each answered 200, and the last brings the token", async () => {
    const { google, client } = await emulator({ granularity: granule });
    const url = await start(client);
    const first = await command(client, url, "upload", picture.subarray(0, 512));
    expect([first.status, first.headers.get("x-goog-upload-status"), first.body]).toEqual([
      200,
      "active",
      "",
    ]);
    expect(await held(client, url)).toEqual(["active", "512"]);
    const last = await command(client, url, "upload, finalize", picture.subarray(512), 512);
    expect([last.status, last.headers.get("x-goog-upload-status")]).toEqual([200, "final"]);
    const { body } = await client.create([last.body]);
    const id = body.newMediaItemResults?.[0]?.mediaItem?.id ?? "";
    expect(Buffer.from(google.library.bytesOf(id)).equals(picture)).toBe(true);
    expect(google.requests.all().map(({ call }) => call)).toEqual([
      "uploads.start",
      "uploads.upload",
      "uploads.query",
      "uploads.finalize",
      "mediaItems.batchCreate",
    ]);
  });

  it("can go in one request, or be finalized by itself", async () => {
    const { client } = await emulator({ granularity: granule });
    const one = await command(client, await start(client), "upload,finalize", picture);
    expect(one.body).toMatch(/^CAIS/);
    const url = await start(client, 512);
    await command(client, url, "upload", picture.subarray(0, 512));
    expect((await command(client, url, "finalize")).headers.get("x-goog-upload-status")).toBe("final");
  });

  it("stays open after a wrong offset or too few bytes, so that a query mends it", async () => {
    const { client } = await emulator({ granularity: granule });
    const url = await start(client);
    const wrong = await command(client, url, "upload", picture.subarray(0, 256), 256);
    expect([wrong.status, wrong.headers.get("x-goog-upload-status")]).toEqual([400, "active"]);
    const short = await command(client, url, "upload, finalize", picture.subarray(0, 256));
    expect([short.status, short.headers.get("x-goog-upload-status")]).toEqual([400, "active"]);
    expect(await held(client, url)).toEqual(["active", "0"]);
    expect((await command(client, url, "upload, finalize", picture)).status).toBe(200);
  });

  it("keeps whole granules of a chunk whose line broke", async () => {
    const { google, client } = await emulator({ granularity: granule });
    const url = await start(client);
    google.faults.script({ on: "uploads.finalize", do: "cut-during", afterBytes: 600 });
    await expect(command(client, url, "upload, finalize", picture)).rejects.toThrow();
    expect(await held(client, url)).toEqual(["active", "512"]);
    const rest = await command(client, url, "upload, finalize", picture.subarray(512), 512);
    expect(rest.status).toBe(200);
  });

  it("keeps them as well where the client itself goes away", async () => {
    const { google, client } = await emulator({ granularity: granule });
    const url = new URL(await start(client));
    const gone = google.requests.next(({ call }) => call === "uploads.upload");
    const socket = connect(Number(url.port), url.hostname);
    const head = [
      `POST ${url.pathname}${url.search} HTTP/1.1`,
      `Host: ${url.host}`,
      `Authorization: Bearer ${client.accessToken}`,
    ];
    const rest = ["X-Goog-Upload-Command: upload", "X-Goog-Upload-Offset: 0", "Content-Length: 1024", "", ""];
    socket.write(
      Buffer.concat([Buffer.from([...head, ...rest].join("\r\n")), picture.subarray(0, 300)]),
      () => socket.end(),
    );
    await gone;
    expect(await held(client, url.href)).toEqual(["active", "256"]);
  });

  it("that lost its last answer is final without the token, or replays it by switch", async () => {
    const { google, client } = await emulator({ granularity: granule });
    const url = await start(client);
    google.faults.script({ on: "uploads.finalize", do: "cut-after" });
    await expect(command(client, url, "upload, finalize", picture)).rejects.toThrow();
    const query = await command(client, url, "query");
    expect([query.headers.get("x-goog-upload-status"), query.body]).toEqual(["final", ""]);
    expect((await command(client, url, "finalize")).status).toBe(400);
    google.set({ replayFinal: true });
    expect((await command(client, url, "finalize")).body).toMatch(/^CAIS/);
    expect((await command(client, url, "query")).body).toMatch(/^CAIS/);
  });

  it("can be cancelled, but not once it is final", async () => {
    const { client } = await emulator({ granularity: granule });
    const url = await start(client);
    expect((await command(client, url, "cancel")).status).toBe(200);
    expect(await held(client, url)).toEqual(["cancelled", "0"]);
    expect((await command(client, url, "upload, finalize", picture)).status).toBe(400);
    const done = await start(client);
    await command(client, done, "upload, finalize", picture);
    expect((await command(client, done, "cancel")).status).toBe(400);
  });

  it("is unknown after its time, to others, and under a made-up id", async () => {
    const { google, client } = await emulator({ granularity: granule });
    const url = await start(client);
    expect(
      (await command(client, `${google.origin}/v1/uploads?upload_id=nope&upload_protocol=resumable`, "query"))
        .status,
    ).toBe(404);
    const bearer = client.accessToken;
    client.accessToken = "nonsense";
    expect((await command(client, url, "query")).status).toBe(401);
    google.set({ sessionNeedsBearer: false });
    expect((await command(client, url, "query")).status).toBe(200);
    client.accessToken = bearer;
    google.clock.advance(24 * 3_600_000);
    expect((await command(client, url, "query")).status).toBe(404);
    google.set({ sessionHours: 0 });
    expect((await command(client, url, "query")).status).not.toBe(404);
  });

  it("refuses a start without a size, with a body, or that says neither type nor name", async () => {
    const { client } = await emulator();
    const open = { "x-goog-upload-command": "start", "x-goog-upload-protocol": "resumable" };
    const typed = { ...open, "x-goog-upload-content-type": "image/png" };
    expect((await client.send("/v1/uploads", Buffer.alloc(0), typed)).status).toBe(400);
    expect(
      (await client.send("/v1/uploads", picture, { ...typed, "x-goog-upload-raw-size": "9" })).status,
    ).toBe(400);
    expect(
      (await client.send("/v1/uploads", Buffer.alloc(0), { ...open, "x-goog-upload-raw-size": "9" })).status,
    ).toBe(500);
  });
});
