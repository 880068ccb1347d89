import { describe, expect, it } from "vitest";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

describe("nothing can be deleted", () => {
  it("answers 404, or 405 by the switch", async () => {
    const { google, client } = await emulator();
    const { id } = await client.add(png());
    expect((await client.call("DELETE", `/v1/mediaItems/${id}`)).status).toBe(404);
    google.set({ deleteMethods: "405" });
    expect((await client.call("DELETE", `/v1/mediaItems/${id}`)).status).toBe(405);
    expect(google.library.items()).toHaveLength(1);
  });
});

describe("full storage", () => {
  it("refuses byte uploads as well, by the switch", async () => {
    const { client } = await emulator({ storageFull: true, uploadWhenFull: "refuse" });
    expect((await client.upload(png())).status).toBe(400);
  });
});

describe("pages of other origins", () => {
  const origin = "app://obsidian.md";

  it("may not by the switch", async () => {
    const { client } = await emulator({ cors: "none" });
    const { headers } = await client.upload(png(), { origin });
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });
});
