const DAY = 24 * 3_600_000;

/** Images that Google's 10,000 requests a day allow: an upload each, and a create for fifty (fact sheet §9.1). */
export const IMAGES_A_DAY = 9_800;

/**
 * About when so many images are all backed up, where Google's daily limit makes it take more than a day; milliseconds
 * since 1970.
 *
 * @param from  when the first of these days begins
 */
export function backedUpBy(images: number, from: number): number | undefined {
  const days = Math.ceil(images / IMAGES_A_DAY);
  return days > 1 ? from + (days - 1) * DAY : undefined;
}
