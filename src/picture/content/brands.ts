import { latin1, uint32 } from "./bytes";
import type { Recognised } from "./formats";

/** The names that a file of the MP4 family (HEIC, AVIF, MP4, MOV …) calls itself by; the first is the chief one. */
export function readBrands(bytes: Uint8Array): readonly string[] {
  // A box holds the chief name, a version and the other names; no real one comes near 64 of them.
  const end = Math.min(uint32(bytes, 0), 16 + 64 * 4, bytes.length);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(latin1(bytes, at, at + 4));
  return brands;
}

const HEIC = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs"]);
const HEIF = new Set(["mif1", "mif2", "msf1", "miaf"]);
const SOUND = new Set(["M4A ", "M4B ", "M4P "]);
const NOT_TAKEN = new Set(["jxl ", "jp2 ", "jpx ", "jpm ", "mjp2", "f4v ", "f4p "]);

/** What a file is by the names it calls itself. */
export function formatOfBrands(brands: readonly string[]): Recognised {
  const chief = brands[0] ?? "";
  if (chief === "crx ") return { format: "cr3" };
  if (chief === "avif" || chief === "avis") return { format: "avif" };
  if (HEIC.has(chief)) return { format: "heic" };
  if (HEIF.has(chief)) {
    if (brands.includes("avif") || brands.includes("avis")) return { format: "avif" };
    return { format: brands.some((brand) => HEIC.has(brand)) ? "heic" : "heif" };
  }
  if (NOT_TAKEN.has(chief)) return { skip: "type" };
  if (SOUND.has(chief)) return { skip: "not-an-image" };
  if (chief === "qt  ") return { format: "mov" };
  if (chief.startsWith("3g2")) return { format: "3g2" };
  if (/^3g[peghrs]/.test(chief)) return { format: "3gp" };
  if (chief.startsWith("M4V")) return { format: "m4v" };
  return { format: "mp4" };
}
