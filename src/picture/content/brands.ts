import { latin1, uint32 } from "./bytes";
import type { Recognised } from "./formats";

/** What a file of the MP4 family (HEIC, AVIF, MP4, MOV …) is by the names it calls itself, the chief one first. */
const BY_NAMES: readonly (readonly [names: RegExp, Recognised])[] = [
  [/^crx /, { format: "cr3" }],
  [/^avi[fs]/, { format: "avif" }],
  [/^he[iv][cmsx]/, { format: "heic" }],
  // The chief name may be that of any such picture: the others tell more.
  [/^(?:mif[12]|msf1|miaf).*,avi[fs]/s, { format: "avif" }],
  [/^(?:mif[12]|msf1|miaf).*,he[iv][cmsx]/s, { format: "heic" }],
  [/^(?:mif[12]|msf1|miaf)/, { format: "heif" }],
  [/^(?:jxl |jp2 |jpx |jpm |mjp2|f4[vp] )/, { skip: "type" }],
  [/^M4[ABP] /, { skip: "not-an-image" }],
  [/^qt {2}/, { format: "mov" }],
  [/^3g2/, { format: "3g2" }],
  [/^3g[peghrs]/, { format: "3gp" }],
  [/^M4V/, { format: "m4v" }],
];

/** Says what a file of the MP4 family is. */
export function recogniseBrands(bytes: Uint8Array): Recognised {
  // A box holds the chief name, a version and the other names; no real one comes near 64 of them.
  const end = Math.min(uint32(bytes, 0), 16 + 64 * 4, bytes.length);
  const names = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) names.push(latin1(bytes, at, at + 4));
  const text = names.join();
  return BY_NAMES.find(([pattern]) => pattern.test(text))?.[1] ?? { format: "mp4" };
}
