import { describe, expect, it } from "vitest";
import { scope } from "./index";
import { PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

describe("line 5: a missing scope", () => {
  const readOnly = [scope.read];

  it("is a 403 envelope on JSON and a bare 401 on uploads", async () => {
    const { google } = await emulator();
    const client = new PlainClient(google, google.signIn({ scopes: readOnly }).accessToken);
    const { status, body } = await client.create(["any"]);
    expect([status, body.error?.status, body.error?.message]).toEqual([
      403,
      "PERMISSION_DENIED",
      "Request had insufficient authentication scopes.",
    ]);
    const upload = await client.upload(png());
    expect([upload.status, JSON.parse(upload.body)]).toEqual([
      401,
      { code: 16, message: "Authentication session is not defined." },
    ]);
  });

  it("is not looked at by the switch", async () => {
    const { google } = await emulator({ checkScopes: false });
    const client = new PlainClient(google, google.signIn({ scopes: readOnly }).accessToken);
    expect((await client.upload(png())).status).toBe(200);
  });
});

describe("line 6: a raw upload", () => {
  it("answers a token in plain text, and refuses an empty body", async () => {
    const { client } = await emulator();
    const { status, headers, body } = await client.upload(png());
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(body).toMatch(/^CAIS[\w-]{400,}$/);
    const empty = await client.upload(Buffer.alloc(0));
    expect([empty.status, JSON.parse(empty.body)]).toEqual([
      400,
      { code: 3, message: "Payload must not be empty" },
    ]);
  });

  it("takes an empty body by the switch", async () => {
    const { client } = await emulator({ emptyUpload: "accept" });
    expect((await client.upload(Buffer.alloc(0))).status).toBe(200);
  });
});

describe("line 7: a resumable upload's chunks", () => {
  const start = {
    "x-goog-upload-command": "start",
    "x-goog-upload-protocol": "resumable",
    "x-goog-upload-content-type": "image/png",
  };

  it("must be whole granules, all but the last", async () => {
    const { google, client } = await emulator({ granularity: 100 });
    const bytes = png(1, 200);
    const opened = await client.send("/v1/uploads", Buffer.alloc(0), {
      ...start,
      "x-goog-upload-raw-size": String(bytes.length),
    });
    const url = opened.headers.get("x-goog-upload-url") ?? "";
    const chunk = { "x-goog-upload-command": "upload", "x-goog-upload-offset": "0" };
    const odd = await client.send(url, bytes.subarray(0, 150), chunk);
    expect([odd.status, odd.headers.get("x-goog-upload-status")]).toEqual([400, "active"]);
    google.set({ granularity: 0 });
    expect((await client.send(url, bytes.subarray(0, 150), chunk)).status).toBe(200);
  });
});
