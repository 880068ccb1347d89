import { createRequire } from "node:module";
import { afterEach, describe, expect, it, vi } from "vitest";
import { listenForSignIn } from "../../src/platform/sign-in-listener";
import { Device, KeptSecrets, startGoogle } from "./world";

vi.mock("obsidian", () => ({ Platform: { isDesktopApp: true, isMobile: false } }));

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe("the listener of a sign-in", () => {
  it("is closed where the consent page cannot be prepared", async () => {
    vi.stubGlobal("window", { require: createRequire(import.meta.url) });
    const google = await startGoogle();
    let port = 0;
    const device = new Device(google, new KeptSecrets(), {
      listen: async (answer) => {
        const listener = await listenForSignIn(answer);
        port = listener?.port ?? 0;
        return listener;
      },
    });
    device.signIn.setClient(google.client);
    vi.spyOn(crypto.subtle, "digest").mockRejectedValueOnce(new Error("no digest"));
    await expect(device.begin()).rejects.toThrow("no digest");
    expect(port).toBeGreaterThan(0);
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  });
});
