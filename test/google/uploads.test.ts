import { describe, expect, it } from "vitest";
import type { ByteSource } from "../../src/model";
import { png } from "../google-photos/sample-pictures";
import { MovedClock } from "./moved-clock";
import { nobodyAborts as signal, signedIn, type Device } from "./world";

const MB = 1024 * 1024;

/** A true image of about so many megabytes, that counts which bytes were read. */
function large(megabytes: number): ByteSource & { readonly bytes: Uint8Array; read: number } {
  const bytes = new Uint8Array(png(1, megabytes * MB));
  const source = {
    bytes,
    size: bytes.length,
    read: 0,
    slice: (start: number, end: number) => {
      source.read += end - start;
      return Promise.resolve(bytes.slice(start, end));
    },
  };
  return source;
}

async function arrives(
  device: Device,
  source: ByteSource & { readonly bytes: Uint8Array },
  told: number[] = [],
): Promise<void> {
  const token = await device.library.upload(source, "image/png", {
    signal,
    onSent: (bytes) => told.push(bytes),
  });
  const [made] = await device.library.create([{ token, name: "large.png" }], { signal });
  if (made?.is !== "created") throw new Error(`expected an item, got ${JSON.stringify(made)}`);
  expect(Buffer.from(device.google.library.bytesOf(made.item.id)).equals(source.bytes)).toBe(true);
}

const calls = (device: Device): string[] =>
  device.google.requests.all().flatMap(({ call }) => (call.startsWith("uploads.") ? [call] : []));

describe("an upload of up to 16 MB", () => {
  it("is one request", async () => {
    const device = await signedIn();
    const told: number[] = [];
    const source = large(15);
    await arrives(device, source, told);
    expect(calls(device)).toEqual(["uploads.raw"]);
    expect(told).toEqual([source.size]);
  });
});

describe("a large upload", () => {
  it("goes in chunks of the server's granularity", async () => {
    const device = await signedIn({ switches: { granularity: 3_000_000 } });
    const told: number[] = [];
    const source = large(20);
    await arrives(device, source, told);
    expect(calls(device)).toEqual(["uploads.start", "uploads.upload", "uploads.upload", "uploads.finalize"]);
    expect(told).toEqual([9_000_000, 18_000_000, source.size]);
  });

  it("goes on where a cut connection left it, with no byte of a whole chunk sent twice", async () => {
    const clock = new MovedClock();
    const device = await signedIn({}, { clock });
    const source = large(30);
    device.google.faults.script({ on: "uploads.upload", do: "cut-during", nth: 2 });
    const done = arrives(device, source);
    await clock.sleepThrough(1_000);
    await done;
    expect(calls(device)).toEqual([
      "uploads.start",
      "uploads.upload",
      "uploads.upload",
      "uploads.query",
      "uploads.upload",
      "uploads.upload",
      "uploads.finalize",
    ]);
    expect(source.read).toBeLessThanOrEqual(source.size + 8 * MB);
  });

  it.each(["500-before", "503-html", "429", "cut-before", "cut-after"] as const)(
    "is carried through a %s in the middle",
    async (fault) => {
      const clock = new MovedClock();
      const device = await signedIn({}, { clock });
      device.google.faults.script({ on: "uploads.upload", do: fault });
      const done = arrives(device, large(20));
      // A rate limit wants 30 s at least (fact sheet §7.3).
      await clock.sleepThrough(fault === "429" ? 30_000 : 1_000);
      await done;
    },
  );

  it("starts anew where the last answer was lost, since the token went with it", async () => {
    const clock = new MovedClock();
    const device = await signedIn({}, { clock });
    device.google.faults.script({ on: "uploads.finalize", do: "cut-after" });
    const done = arrives(device, large(17));
    await clock.sleepThrough(1_000);
    await done;
    expect(calls(device).filter((call) => call === "uploads.start")).toHaveLength(2);
  });

  it("starts anew where Google has forgotten the upload", async () => {
    const device = await signedIn({ switches: { sessionHours: 1 } });
    const source = large(20);
    const slow: typeof source = {
      ...source,
      slice: (start, end) => {
        // The machine slept for two hours after the first chunk.
        if (start > 0 && calls(device).length === 2) device.google.clock.advance(2 * 3_600_000);
        return source.slice(start, end);
      },
    };
    await arrives(device, slow);
    const starts = device.google.requests
      .all()
      .filter((one) => one.call === "uploads.start" && one.status === 200);
    expect(starts).toHaveLength(2);
  });

  it("gives up where it breaks again and again", async () => {
    const clock = new MovedClock();
    const device = await signedIn({}, { clock });
    device.google.faults.script({ on: "uploads.upload", do: "cut-before", times: "always" });
    const given = expect(device.library.upload(large(20), "image/png", { signal })).rejects.toMatchObject({
      name: "PhotosError",
      kind: "transient",
    });
    for (const pause of [1_000, 4_000, 15_000, 60_000]) await clock.sleepThrough(pause);
    await given;
  });

  it("stops at once where waiting mends nothing", async () => {
    const device = await signedIn();
    device.google.faults.script({ on: "uploads.upload", do: "403-disabled" });
    await expect(device.library.upload(large(20), "image/png", { signal })).rejects.toMatchObject({
      kind: "refused",
      detail: { refusal: "api-off" },
    });
  });

  it("ends when it is given up, with the caller's reason", async () => {
    const device = await signedIn();
    const giveUp = new AbortController();
    const reason = new Error("paused");
    const upload = device.library.upload(large(30), "image/png", {
      signal: giveUp.signal,
      onSent: () => giveUp.abort(reason),
    });
    await expect(upload).rejects.toBe(reason);
  });
});
