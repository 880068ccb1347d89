import { imageKind, type Fingerprint } from "../../model";
import type { Context } from "../context";
import { readSteadily } from "./steady-read";

/** So many tell whether what an album holds is this vault's. */
const SOME = 20;

/**
 * Fingerprints of some images from all over the vault, of those that wait to be sent. Those that are not known are read;
 * one that cannot be read is left out.
 */
export async function someFingerprints({
  catalogue,
  ports,
  signal,
}: Context): Promise<readonly Fingerprint[]> {
  const images = [...catalogue.all()].filter(
    ({ image, state }) => state.is === "waiting" && imageKind(image.path) !== "video",
  );
  const some: Fingerprint[] = [];
  for (let at = 0; at < images.length; at += Math.ceil(images.length / SOME)) {
    const { fingerprint, image } = images[at] ?? {};
    if (fingerprint !== undefined) some.push(fingerprint);
    else if (image !== undefined) {
      const read = await readSteadily(image.path, ports, signal).catch(() => undefined);
      signal.throwIfAborted();
      if (read !== undefined) some.push(read.fingerprint);
    }
  }
  return some;
}
