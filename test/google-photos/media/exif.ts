import { exifBlock } from "./exif-block";
import { Tiff } from "./tiff";

const tag = {
  make: 0x010f,
  model: 0x0110,
  orientation: 0x0112,
  exif: 0x8769,
  exposureTime: 0x829a,
  fNumber: 0x829d,
  iso: 0x8827,
  dateTimeOriginal: 0x9003,
  offsetTimeOriginal: 0x9011,
  focalLength: 0x920a,
} as const;

/** What the service shows of a photo's camera (fact sheet §4.5). */
export interface Camera {
  cameraMake?: string;
  cameraModel?: string;
  focalLength?: number;
  apertureFNumber?: number;
  isoEquivalent?: number;
  /** Seconds, as Google prints durations: "0.005s". */
  exposureTime?: string;
}

export interface Exif {
  /** Capture date, ms since 1970; null where the picture has none. */
  captured: number | null;
  /** 1 to 8; from 5 on width and height change places. */
  orientation: number;
  camera: Camera;
}

/**
 * Reads an EXIF date.
 *
 * @param text    "2024:08:18 09:17:44"
 * @param offset  "+02:00"; without one the time counts as UTC, since the zone that the service assumes is not
 *                known (fact sheet §9.4)
 */
export function exifDate(text: string | undefined, offset: string | undefined): number | null {
  const found = /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)/.exec(text ?? "");
  if (found === null) return null;
  const [year, month, day, hour, minute, second] = found.slice(1).map(Number);
  if (!year || !month || !day || month > 12 || day > 31) return null;
  const utc = Date.UTC(year, month - 1, day, hour, minute, second);
  const zone = /^([+-])(\d\d):(\d\d)$/.exec(offset ?? "");
  if (zone === null) return utc;
  const minutes = Number(zone[2]) * 60 + Number(zone[3]);
  return utc - (zone[1] === "-" ? -minutes : minutes) * 60_000;
}

/** The EXIF of a picture: what the library dates and shows it by. */
export function readExif(bytes: Buffer, mimeType: string): Exif {
  const nothing: Exif = { captured: null, orientation: 1, camera: {} };
  const block = exifBlock(bytes, mimeType);
  const tiff =
    block === undefined ? undefined : Tiff.open(bytes.subarray(block.start, block.start + block.length));
  if (tiff === undefined) return nothing;
  const first = tiff.firstDirectory;
  const exif = tiff.number(first, tag.exif) ?? 0;
  const exposure = tiff.number(exif, tag.exposureTime);
  const camera: Record<keyof Camera, string | number | undefined> = {
    cameraMake: tiff.text(first, tag.make),
    cameraModel: tiff.text(first, tag.model),
    focalLength: tiff.number(exif, tag.focalLength),
    apertureFNumber: tiff.number(exif, tag.fNumber),
    isoEquivalent: tiff.number(exif, tag.iso),
    exposureTime: exposure === undefined ? undefined : `${Number(exposure.toFixed(9))}s`,
  };
  const shown = Object.entries(camera).filter(
    ([, value]) => value !== undefined && value !== "" && value !== 0,
  );
  return {
    captured: exifDate(tiff.text(exif, tag.dateTimeOriginal), tiff.text(exif, tag.offsetTimeOriginal)),
    orientation: tiff.number(first, tag.orientation) ?? 1,
    camera: Object.fromEntries(shown),
  };
}
