import { createHash } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { png } from "../google-photos/sample-pictures";
import { stripDate } from "../picture/strip-date";
import { decide, eventually, Stage, type Device } from "./stage";

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

const IMAGES = 12;
const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const EXPECTED = Array.from({ length: IMAGES }, (_, index) => sha256(png(index + 1))).sort();

/** A device that has twelve images to send, is signed in, and was told to begin. */
async function running(on: Stage): Promise<Device> {
  return on.device({ signedIn: true, images: IMAGES, settings: { started: true } });
}

async function signInAgain(device: Device): Promise<void> {
  const url = await device.opening(() => device.app.runCommand("sign-in"));
  await decide(await device.browse(url), "Allow");
}

/** The images that the library holds, as they lie in the vault. */
function held({ google }: Device): readonly string[] {
  return google.library
    .items()
    .map(({ id }) => sha256(stripDate(Uint8Array.from(google.library.bytesOf(id)))))
    .sort();
}

/** Items that creates were asked to make, and how often bytes were taken. */
function sent({ google }: Device) {
  const done = google.requests.all().filter(({ status }) => status === 200);
  return {
    uploads: done.filter(({ call }) => call === "uploads.raw").length,
    items: google.library.items().length,
  };
}

describe("a sign-in that dies in the middle of a backup", () => {
  it("while bytes are sent: is told, and signing in again goes on with nothing lost or sent twice", async () => {
    stage = await Stage.begin();
    stage.google.faults.script({ on: "upload", do: "delay", hold: "the middle", nth: 5, times: "always" });
    const middle = stage.google.faults.whenHeld("the middle");
    const device = await running(stage);
    await middle;
    stage.google.revokeAll();
    stage.google.faults.release("the middle");
    await eventually(async () => (await device.status())["hold"]).toBe("signed-out");
    await eventually(() => device.app.notices().then((all) => all.join("\n"))).toContain(
      "Google has ended the sign-in. Sign in again, and the backup goes on where it stopped.",
    );
    const before = sent(device);
    expect(before.uploads).toBeGreaterThan(0);
    expect(before.uploads).toBeLessThan(IMAGES);
    await signInAgain(device);
    await eventually(() => device.status()).toMatchObject({ backedUp: IMAGES, failed: 0, hold: null });
    expect(held(device)).toEqual(EXPECTED);
    expect(sent(device)).toEqual({ uploads: IMAGES, items: IMAGES });
  });

  it("while items are made and the answer is lost: looks first, and makes nothing twice", async () => {
    stage = await Stage.begin({ sameBytes: "new-item" });
    stage.google.faults.script({ on: "create", do: "cut-after" });
    const device = await running(stage);
    await eventually(() => stage?.google.library.items().length).toBe(IMAGES);
    stage.google.revokeAll();
    await eventually(async () => (await device.status())["hold"]).toBe("signed-out");
    await signInAgain(device);
    await eventually(() => device.status()).toMatchObject({ backedUp: IMAGES, failed: 0, hold: null });
    expect(held(device)).toEqual(EXPECTED);
    expect(sent(device)).toEqual({ uploads: IMAGES, items: IMAGES });
  });
});
