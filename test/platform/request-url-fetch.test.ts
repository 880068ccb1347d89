import type { RequestUrlParam, RequestUrlResponse } from "obsidian";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { requestUrlFetch } from "../../src/platform/request-url-fetch";

const host = vi.hoisted(() => ({ requestUrl: vi.fn() }));
vi.mock("obsidian", () => host);

const requestUrl = host.requestUrl as ReturnType<
  typeof vi.fn<(request: RequestUrlParam) => Promise<Partial<RequestUrlResponse>>>
>;

const answer = (
  status: number,
  text: string,
  headers: Record<string, string> = {},
): Partial<RequestUrlResponse> => ({
  status,
  headers,
  arrayBuffer: new TextEncoder().encode(text).buffer,
});

const sent = (): RequestUrlParam => requestUrl.mock.calls[0]?.[0] ?? { url: "nothing was sent" };

const get = { method: "GET", headers: {} };
const post = { method: "POST", headers: {} };

beforeEach(() => {
  requestUrl.mockReset();
  requestUrl.mockResolvedValue(answer(200, "{}"));
});

describe("requestUrl as fetch", () => {
  it("gives status, headers and body, whatever the status", async () => {
    requestUrl.mockResolvedValue(answer(403, "no", { "Retry-After": "5", "x-goog-upload-status": "active" }));
    const response = await requestUrlFetch("https://example.com/a", { ...post, body: "hello" });
    expect(response.status).toBe(403);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(new TextDecoder().decode(response.bytes)).toBe("no");
    expect(sent()).toMatchObject({
      url: "https://example.com/a",
      method: "POST",
      body: "hello",
      throw: false,
    });
  });

  it("names the type of what it sends, too, where it has one", async () => {
    const headers = { "content-type": "application/json", authorization: "Bearer x" };
    await requestUrlFetch("https://example.com/", { method: "POST", headers, body: "{}" });
    expect(sent()).toMatchObject({ headers, contentType: "application/json" });
    requestUrl.mockClear();
    await requestUrlFetch("https://example.com/", { ...get, body: null });
    expect(sent()).toEqual({ url: "https://example.com/", method: "GET", headers: {}, throw: false });
  });

  it("sends the bytes of a view and no others", async () => {
    const whole = new Uint8Array([1, 2, 3, 4, 5]);
    await requestUrlFetch("https://example.com/", { ...post, body: whole.subarray(1, 3) });
    const { body } = sent();
    expect(body).toBeInstanceOf(ArrayBuffer);
    expect([...new Uint8Array(body as ArrayBuffer)]).toEqual([2, 3]);
  });

  it("takes answers without a body, and headers in any form", async () => {
    const lists = { "Set-Cookie": ["a", "b"] } as unknown as Record<string, string>;
    requestUrl.mockResolvedValue({
      status: 204,
      headers: { "a b": "c", d: "\u{1f994}", "X-E": "f", ...lists },
    });
    const response = await requestUrlFetch("https://example.com/", get);
    expect(response.status).toBe(204);
    expect([response.headers.get("x-e"), response.headers.get("set-cookie")]).toEqual(["f", "a,b"]);
    expect(response.bytes).toHaveLength(0);
  });

  it("lets the host's error through", async () => {
    requestUrl.mockRejectedValue(new Error("net::ERR_INTERNET_DISCONNECTED"));
    await expect(requestUrlFetch("https://example.com/", get)).rejects.toThrow(
      "net::ERR_INTERNET_DISCONNECTED",
    );
  });
});
