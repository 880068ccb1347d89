import { expect } from "vitest";
import { scope } from "../index";
import { PlainClient } from "../plain-client";
import { png } from "../sample-pictures";
import { DAY, type Line } from "./line";

export const uploadLines: readonly Line[] = [
  {
    line: 5,
    says: "a missing scope is a 403 envelope on JSON and a bare 401 on uploads",
    flips: [{ checkScopes: false }],
    async holds(open) {
      const { google } = await open();
      const readOnly = google.signIn({ scopes: [scope.read] }).accessToken;
      const client = new PlainClient(google, readOnly);
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
    },
  },
  {
    line: 6,
    says: "a raw upload answers a token in plain text, and refuses an empty body",
    flips: [{ emptyUpload: "accept" }],
    async holds(open) {
      const { client } = await open();
      const { status, headers, body } = await client.upload(png());
      expect([status, headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
      expect(body).toMatch(/^CAIS[\w-]{400,}$/);
      const empty = await client.upload(Buffer.alloc(0));
      expect(empty.status).toBe(400);
      expect(JSON.parse(empty.body)).toEqual({ code: 3, message: "Payload must not be empty" });
    },
  },
  {
    line: 7,
    says: "every chunk of a resumable upload but the last is whole granules of 256 kB",
    flips: [{ granularity: 0 }, { granularity: 100_000 }],
    async holds(open) {
      const { client } = await open();
      const bytes = png(1, 600_000);
      const opened = await client.send("/v1/uploads", Buffer.alloc(0), {
        "x-goog-upload-command": "start",
        "x-goog-upload-protocol": "resumable",
        "x-goog-upload-content-type": "image/png",
        "x-goog-upload-raw-size": String(bytes.length),
      });
      const url = opened.headers.get("x-goog-upload-url") ?? "";
      const chunk = { "x-goog-upload-command": "upload", "x-goog-upload-offset": "0" };
      const odd = await client.send(url, bytes.subarray(0, 300_000), chunk);
      expect([odd.status, odd.headers.get("x-goog-upload-status")]).toEqual([400, "active"]);
      expect((await client.send(url, bytes.subarray(0, 262_144), chunk)).status).toBe(200);
    },
  },
  {
    line: 8,
    says: "an upload token is good for a day",
    flips: [{ uploadTokenHours: 0 }, { uploadTokenHours: 23 }],
    async holds(open) {
      const { google, client } = await open();
      const [young, old] = [await client.tokenFor(png(1)), await client.tokenFor(png(2))];
      google.clock.advance(DAY - 10_000);
      client.accessToken = google.signIn().accessToken;
      expect((await client.create([young])).status).toBe(200);
      google.clock.advance(20_000);
      expect((await client.create([old])).status).toBe(400);
    },
  },
  {
    line: 8,
    says: "an invalid upload token fails the whole create",
    flips: [{ badToken: "fails-item" }],
    async holds(open) {
      const { google, client } = await open();
      const { status, body } = await client.create([await client.tokenFor(png()), "no token"]);
      expect([status, body.error?.message]).toEqual([400, "Request must contain a valid upload token."]);
      expect(google.library.items()).toEqual([]);
    },
  },
];
