import { createHash } from "node:crypto";
import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { scope } from "./index";
import { PlainClient } from "./plain-client";
import { png } from "./sample-pictures";
import { emulator } from "./with-emulator";

describe("a missing scope", () => {
  const readOnly = [scope.read];

  it("is not looked at by the switch", async () => {
    const { google } = await emulator({ checkScopes: false });
    const client = new PlainClient(google, google.signIn({ scopes: readOnly }).accessToken);
    expect((await client.upload(png())).status).toBe(200);
  });
});

describe("a raw upload", () => {
  it("takes an empty body by the switch", async () => {
    const { client } = await emulator({ emptyUpload: "accept" });
    expect((await client.upload(Buffer.alloc(0))).status).toBe(200);
  });
});

describe("a raw upload's headers", () => {
  it("may come as query parameters, under a path with a slash", async () => {
    const { google, client } = await emulator();
    const query = `access_token=${client.accessToken}&X-Goog-Upload-Protocol=raw&Content-type=application/octet-stream`;
    const response = await fetch(`${google.origin}/v1/uploads/?${query}`, {
      method: "POST",
      body: new Uint8Array(png()),
    });
    expect(response.status).toBe(200);
  });

  it("are refused without a protocol, and for a body that is multipart", async () => {
    const { client } = await emulator();
    expect((await client.send("/v1/uploads", png(), {})).status).toBe(400);
    expect((await client.upload(png(), { "content-type": "multipart/form-data; boundary=x" })).status).toBe(
      400,
    );
  });

  it("may hold a hash, which is compared", async () => {
    const { client } = await emulator();
    const sha1 = createHash("sha1").update(png()).digest("base64");
    expect((await client.upload(png(), { "x-goog-hash": `sha1=${sha1}` })).status).toBe(200);
    const wrong = await client.upload(png(1), { "x-goog-hash": `sha1=${sha1}` });
    expect([wrong.status, wrong.body]).toEqual([
      400,
      expect.stringContaining("Checksum from header") as unknown,
    ]);
  });

  it("are signed by the upload server", async () => {
    const { client } = await emulator();
    const { headers } = await client.upload(png());
    expect(headers.get("server")).toBe("UploadServer");
    expect(headers.get("x-guploader-uploadid")).toMatch(/^[\w-]{40}$/);
  });
});

describe("what rclone sends", () => {
  /** A name in raw UTF-8, chunked transfer encoding, no content type: more than `fetch` can send. */
  function rawRequest(
    origin: string,
    token: string,
    name: string,
    body: Buffer,
  ): Promise<{ status: number; text: string }> {
    return new Promise((done, failed) => {
      const request = httpRequest(`${origin}/v1/uploads`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "x-goog-upload-file-name": Buffer.from(name, "utf8").toString("latin1"),
          "x-goog-upload-protocol": "raw",
          "transfer-encoding": "chunked",
        },
      });
      request.on("error", failed);
      request.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          done({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
        );
      });
      request.write(body.subarray(0, 20));
      request.end(body.subarray(20));
    });
  }

  it("is taken, and the name in its header is the item's where the create gives none", async () => {
    const { client, google } = await emulator();
    const { status, text } = await rawRequest(google.origin, client.accessToken, "Grüße 日本.png", png());
    expect(status).toBe(200);
    const { body } = await client.post<{
      newMediaItemResults: { mediaItem: { filename: string; id: string } }[];
    }>("/v1/mediaItems:batchCreate", { newMediaItems: [{ simpleMediaItem: { uploadToken: text } }] });
    const item = body.newMediaItemResults[0]?.mediaItem;
    expect(item?.filename).toBe("Grüße 日本.png");
    expect(item?.id).toMatch(/^[\w-]{55,}$/);
  });

  it("is refused with a page, or garbled, by the switch for names that are not ASCII", async () => {
    const { client, google } = await emulator({ utf8FileName: "html-400" });
    const refused = await rawRequest(google.origin, client.accessToken, "ä.png", png());
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("<html") as unknown]);
    google.set({ utf8FileName: "mojibake" });
    const { text } = await rawRequest(google.origin, client.accessToken, "ä.png", png());
    expect((await client.create([text])).body.newMediaItemResults?.[0]?.mediaItem?.filename).toBe("Ã¤.png");
  });
});
