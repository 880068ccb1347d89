import { afterEach } from "vitest";
import { startGooglePhotos, type GooglePhotos, type GooglePhotosOptions } from "./index";
import { PlainClient } from "./plain-client";

const running: GooglePhotos[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((google) => google.close()));
});

/** An emulator of this test's own, closed when the test ends, and a client signed in to it. */
export async function emulator(
  switches: GooglePhotosOptions["switches"] = {},
  options: GooglePhotosOptions = {},
): Promise<{ google: GooglePhotos; client: PlainClient }> {
  const google = await startGooglePhotos({ ...options, switches });
  running.push(google);
  return { google, client: new PlainClient(google) };
}
