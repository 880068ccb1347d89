import {
  imageKind,
  type Pictures,
  type SavingEstimate,
  type SettingsPort,
  type Vault,
  type VaultImage,
} from "../model";
import type { FoundImage } from "./catalogue";

/** So many images are tried: each stands for an equal share of the vault's bytes. */
const SAMPLES = 12;

/** What trying images needs. */
export interface EstimatePorts {
  readonly vault: Pick<Vault, "open">;
  readonly pictures: Pick<Pictures, "prepare">;
  readonly settings: Pick<SettingsPort, "read">;
}

/**
 * Estimates what Storage saver would save, by making the copies of a few images and sending none. One image at a time,
 * so that the device stays calm.
 *
 * @param tell    told how many images have been tried, and of how many
 * @throws the signal's reason where it is aborted
 */
export async function estimateSaving(
  found: Iterable<FoundImage>,
  { vault, pictures, settings }: EstimatePorts,
  signal: AbortSignal,
  tell: (done: number, of: number) => void,
): Promise<SavingEstimate> {
  const images = [...found]
    .filter(({ image, state }) => imageKind(image.path) !== "video" && state.is !== "skipped")
    .map(({ image }) => image);
  const bytes = sumOf(images);
  const shares = sharesOf(images, bytes);
  let tried = 0;
  let saved = 0;
  for (const [done, { sample, size }] of shares.entries()) {
    tell(done, shares.length);
    signal.throwIfAborted();
    const sent = await sentSize(sample);
    if (sent === undefined) continue;
    tried += 1;
    saved += size * Math.max(0, 1 - sent / sample.size);
  }
  return { tried, bytes, saved };

  /** Bytes of an image's copy; `undefined` where none can be made or the file cannot be read. */
  async function sentSize(image: VaultImage): Promise<number | undefined> {
    try {
      const source = await vault.open(image.path);
      const recipe = { quality: "storage-saver", dated: settings.read().dates } as const;
      const copy = await pictures.prepare(image, source, recipe, signal);
      return "ready" in copy ? copy.ready.source.size : undefined;
    } catch {
      signal.throwIfAborted();
      return undefined;
    }
  }
}

interface Share {
  /** The image in the middle of the share. */
  readonly sample: VaultImage;
  /** Bytes of all images of the share. */
  readonly size: number;
}

/** Cuts the images, ordered by size, into shares of about as many bytes each. */
function sharesOf(images: readonly VaultImage[], bytes: number): readonly Share[] {
  const ordered = images
    .filter(({ size }) => size > 0)
    .sort((one, other) => one.size - other.size || (one.path < other.path ? -1 : 1));
  const shares: VaultImage[][] = Array.from({ length: SAMPLES }, () => []);
  let before = 0;
  for (const image of ordered) {
    const middle = before + image.size / 2;
    shares[Math.min(SAMPLES - 1, Math.floor((SAMPLES * middle) / bytes))]?.push(image);
    before += image.size;
  }
  return shares.flatMap((share) => {
    const sample = share[Math.floor(share.length / 2)];
    return sample === undefined ? [] : [{ sample, size: sumOf(share) }];
  });
}

function sumOf(images: readonly VaultImage[]): number {
  return images.reduce((sum, { size }) => sum + size, 0);
}
