import {
  imageKind,
  type Pictures,
  type SavingEstimate,
  type SettingsPort,
  type Vault,
  type VaultImage,
} from "../model";
import type { FoundImage } from "./planning/catalogue";

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
  const bytes = images.reduce((sum, { size }) => sum + size, 0);
  const shares = sharesOf(images, bytes / SAMPLES);
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
  readonly sample: VaultImage;
  /** Bytes of all images that it stands for. */
  readonly size: number;
}

/** Cuts the images, laid end to end by size, into shares of so many bytes, of which the one in the middle is the sample. */
function sharesOf(images: readonly VaultImage[], share: number): readonly Share[] {
  const ordered = [...images].sort((one, other) => one.size - other.size || (one.path < other.path ? -1 : 1));
  const shares: Share[] = [];
  let end = 0;
  let middle = share / 2;
  for (const sample of ordered) {
    end += sample.size;
    let size = 0;
    for (; middle < end; middle += share) size += share;
    if (size > 0) shares.push({ sample, size });
  }
  return shares;
}
