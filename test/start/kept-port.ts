import fs from "node:fs";
import path from "node:path";
import type { GooglePhotos, GooglePhotosOptions } from "../google-photos";
import { startStrictGoogle } from "../strict-google";

/**
 * Starts the emulator on the port that it had in this place before: the addresses of images that the ledger holds
 * lead to it. On a free one where that port is taken, or where there was none.
 *
 * @param keep  folder of the place; the port is noted there, beside the emulator's library
 */
export async function startOnKeptPort(
  keep: string,
  options: Omit<GooglePhotosOptions, "port" | "dataDir"> = {},
): Promise<GooglePhotos> {
  const file = path.join(keep, "google-photos-port");
  const dataDir = path.join(keep, "google-photos");
  const google = await startStrictGoogle({ ...options, dataDir, port: portIn(file) }).catch(
    (error: unknown) => {
      if (!isTaken(error)) throw error;
      return startStrictGoogle({ ...options, dataDir });
    },
  );
  fs.mkdirSync(keep, { recursive: true });
  fs.writeFileSync(file, `${new URL(google.origin).port}\n`);
  return google;
}

/** The port noted in a file; 0, any free one, where none is. */
function portIn(file: string): number {
  if (!fs.existsSync(file)) return 0;
  const port = Number(fs.readFileSync(file, "utf8"));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

function isTaken(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === "EADDRINUSE" || code === "EACCES";
}
