import { describe, expect, it } from "vitest";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

const day = 24 * 3600 * 1000;

describe("line 17: quotas and storage", () => {
  it("refuse a project's requests over the day's number until midnight in California", async () => {
    const { google, client } = await emulator({ dailyRequests: 2 });
    await client.get("/v1/albums");
    await client.get("/v1/albums");
    const { status, body } = await client.get<{ error: { message: string } }>("/v1/albums");
    expect(status).toBe(429);
    expect(body.error.message).toContain("limit 'All requests per day'");
    google.clock.advance(day);
    client.accessToken = google.signIn().accessToken;
    expect((await client.get("/v1/albums")).status).toBe(200);
  });

  it("refuse writes and uploads over the minute's number, the uploads with a 400", async () => {
    const { google, client } = await emulator({
      writesPerMinute: 1,
      uploadsPerMinute: 1,
      retryAfterSeconds: 7,
    });
    await client.album("one");
    const second = await client.post("/v1/albums", { album: { title: "two" } });
    expect([second.status, second.headers.get("retry-after")]).toEqual([429, "7"]);
    await client.tokenFor(png(1));
    const upload = await client.upload(png(2));
    expect(upload.status).toBe(400);
    expect(upload.body).toContain("Insufficient tokens for quota");
    google.clock.advance(60_000);
    expect((await client.upload(png(2))).status).toBe(200);
  });

  it("refuse creates when storage is full, and know what is left", async () => {
    const { google, client } = await emulator({ storageBytes: png(1).length + 10 });
    const token = await client.tokenFor(png(2));
    expect((await client.create([await client.tokenFor(png(1))])).status).toBe(200);
    const full = await client.create([token]);
    expect([full.status, full.body.error?.message]).toEqual([
      400,
      "The remaining storage in the user's account is not enough to perform this operation.",
    ]);
    google.set({ storageBytes: 0 });
    expect((await client.create([token])).status).toBe(200);
    google.set({ storageFull: true, uploadWhenFull: "refuse" });
    expect((await client.upload(png(3))).status).toBe(400);
  });
});

describe("line 18: nothing can be deleted", () => {
  it("answers 404, or 405 by the switch", async () => {
    const { google, client } = await emulator();
    const { id } = await client.add(png());
    expect((await client.call("DELETE", `/v1/mediaItems/${id}`)).status).toBe(404);
    google.set({ deleteMethods: "405" });
    expect((await client.call("DELETE", `/v1/mediaItems/${id}`)).status).toBe(405);
    expect(google.library.items()).toHaveLength(1);
  });
});

describe("line 19: pages of other origins", () => {
  const origin = "app://obsidian.md";

  it("may call, with origin and headers reflected and the upload's headers exposed", async () => {
    const { google, client } = await emulator();
    const preflight = await fetch(`${google.origin}/v1/uploads`, {
      method: "OPTIONS",
      headers: {
        origin,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,x-goog-upload-protocol",
      },
    });
    expect(preflight.headers.get("access-control-allow-headers")).toBe(
      "authorization,x-goog-upload-protocol",
    );
    const { headers } = await client.upload(png(), { origin });
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-expose-headers")).toContain("x-goog-upload-url");
    expect(google.requests.all().map(({ method }) => method)).toEqual(["POST"]);
  });

  it("may not by the switch", async () => {
    const { client } = await emulator({ cors: "none" });
    const { headers } = await client.upload(png(), { origin });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});
