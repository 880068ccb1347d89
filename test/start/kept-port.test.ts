import { once } from "node:events";
import fs from "node:fs";
import { get, type IncomingMessage } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GooglePhotos } from "../google-photos";
import { PlainClient } from "../google-photos/plain-client";
import { png } from "../google-photos/sample-pictures";
import { startOnKeptPort } from "./kept-port";

/** The status at an address, by a connection of its own: `fetch` would use one that the server before has closed. */
async function statusAt(url: string): Promise<number | undefined> {
  const [response] = (await once(get(url, { agent: false }), "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

describe("the emulator of a place", () => {
  let keep = "";
  const running: GooglePhotos[] = [];
  const start = async (): Promise<GooglePhotos> => {
    const google = await startOnKeptPort(keep);
    running.push(google);
    return google;
  };

  beforeEach(() => {
    keep = fs.mkdtempSync(path.join(os.tmpdir(), "place "));
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((google) => google.close()));
    fs.rmSync(keep, { recursive: true });
  });

  it("is found under its old address the next time, and an image's address leads to it", async () => {
    const first = await start();
    const { productUrl } = await new PlainClient(first).add(png());
    await first.close();
    running.length = 0;
    const second = await start();
    expect(second.origin).toBe(first.origin);
    expect(await statusAt(productUrl)).toBe(302);
  });

  it("takes another port where its own is taken", async () => {
    const first = await start();
    const second = await start();
    expect(second.origin).not.toBe(first.origin);
    expect(await statusAt(`${second.origin}/gallery`)).toBe(200);
  });

  it.each(["", "nonsense", "-1", "99999"])("takes any port where “%s” is noted", async (noted) => {
    fs.writeFileSync(path.join(keep, "google-photos-port"), noted);
    expect((await start()).origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
