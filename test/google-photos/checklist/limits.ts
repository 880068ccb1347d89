import { expect } from "vitest";
import { png } from "../sample-pictures";
import { DAY, type Line } from "./line";

const ORIGIN = "app://obsidian.md";
const FULL = "The remaining storage in the user's account is not enough to perform this operation.";

export const limitLines: readonly Line[] = [
  {
    line: 17,
    says: "requests over the day's number are refused until midnight in California",
    flips: [{ dailyRequests: 0 }],
    async holds(open) {
      const { google, client } = await open({ dailyRequests: 2 });
      await client.get("/v1/albums");
      await client.get("/v1/albums");
      const { status, body } = await client.get<{ error?: { message: string } }>("/v1/albums");
      expect(status).toBe(429);
      expect(body.error?.message).toContain("limit 'All requests per day'");
      google.clock.advance(DAY);
      client.accessToken = google.signIn().accessToken;
      expect((await client.get("/v1/albums")).status).toBe(200);
    },
  },
  {
    line: 17,
    says: "writes over the minute's number are refused, with a Retry-After by the switch",
    flips: [{ writesPerMinute: 0 }],
    async holds(open) {
      const { client } = await open({ writesPerMinute: 1, retryAfterSeconds: 7 });
      await client.album("one");
      const second = await client.post("/v1/albums", { album: { title: "two" } });
      expect([second.status, second.headers.get("retry-after")]).toEqual([429, "7"]);
    },
  },
  {
    line: 17,
    says: "uploads over the minute's number are refused with a 400",
    flips: [{ uploadsPerMinute: 0 }],
    async holds(open) {
      const { google, client } = await open({ uploadsPerMinute: 1 });
      await client.tokenFor(png(1));
      const over = await client.upload(png(2));
      expect(over.status).toBe(400);
      expect(over.body).toContain("Insufficient tokens for quota");
      google.clock.advance(60_000);
      expect((await client.upload(png(2))).status).toBe(200);
    },
  },
  {
    line: 17,
    says: "a create that exceeds what storage is left answers 400",
    flips: [{ storageBytes: 0 }],
    async holds(open) {
      const { client } = await open({ storageBytes: png(1).length + 10 });
      expect((await client.create([await client.tokenFor(png(1))])).status).toBe(200);
      const { status, body } = await client.create([await client.tokenFor(png(2))]);
      expect([status, body.error?.message]).toEqual([400, FULL]);
    },
  },
  {
    line: 17,
    says: "every create answers 400 when storage is full",
    flips: [{ storageFull: false }],
    async holds(open) {
      const { google, client } = await open({ storageFull: true });
      const { status, body } = await client.create([await client.tokenFor(png())]);
      expect([status, body.error?.message]).toEqual([400, FULL]);
      expect(google.library.items()).toEqual([]);
    },
  },
  {
    line: 19,
    says: "pages of other origins may call, with origin and headers reflected and the upload's headers exposed",
    flips: [{ cors: "none" }],
    async holds(open) {
      const { google, client } = await open();
      const preflight = await fetch(`${google.origin}/v1/uploads`, {
        method: "OPTIONS",
        headers: {
          origin: ORIGIN,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,x-goog-upload-protocol",
        },
      });
      expect(preflight.headers.get("access-control-allow-headers")).toBe(
        "authorization,x-goog-upload-protocol",
      );
      const { headers } = await client.upload(png(), { origin: ORIGIN });
      expect(headers.get("access-control-allow-origin")).toBe(ORIGIN);
      expect(headers.get("access-control-expose-headers")).toContain("x-goog-upload-url");
      expect(google.requests.all().map(({ method }) => method)).toEqual(["POST"]);
    },
  },
];
