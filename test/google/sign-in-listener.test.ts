import type * as Http from "node:http";
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
  it("is reached from this machine alone", async () => {
    const http = createRequire(import.meta.url)("http") as typeof Http;
    vi.stubGlobal("window", { require: () => http });
    const made = vi.spyOn(http, "createServer");
    const listener = await listenForSignIn(() => Promise.resolve({ status: 200, html: "" }));
    const [server] = made.mock.results.map(({ value }) => value as Http.Server);
    expect(server?.address()).toMatchObject({ address: "127.0.0.1", port: listener?.port });
    listener?.close();
  });

  it("is not opened where no consent page can be prepared", async () => {
    vi.stubGlobal("window", { require: createRequire(import.meta.url) });
    const google = await startGoogle();
    vi.spyOn(crypto.subtle, "digest").mockRejectedValueOnce(new Error("no digest"));
    const listen = vi.fn(listenForSignIn);
    const device = new Device(google, new KeptSecrets(), { listen });
    device.signIn.setClient(google.client);
    await expect(device.begin()).rejects.toThrow("no digest");
    expect(listen).not.toHaveBeenCalled();
    expect((await device.begin()).how, "the next time it is tried anew").toBe("here");
    device.signIn.cancel();
  });
});
