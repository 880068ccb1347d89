import { imageSize } from "image-size";
import { readExif, type Camera } from "./exif";
import { sniff } from "./sniff";

/** What the library knows of a photo or video from its bytes. */
export interface Media {
  kind: "photo" | "video";
  mimeType: string;
  /** Pixels as it is shown, after its orientation; 0 where they cannot be read. */
  width: number;
  height: number;
  /** Capture date, ms since 1970; null where the bytes hold none. */
  captured: number | null;
  camera: Camera;
}

function pixels(bytes: Buffer): { width: number; height: number } {
  try {
    const { width, height } = imageSize(bytes);
    return { width, height };
  } catch {
    // RAW and video: the service would say more than we can read from them.
    return { width: 0, height: 0 };
  }
}

/** Looks at uploaded bytes as the service does when an item is created; null where they are no photo or video. */
export function describeMedia(bytes: Buffer): Media | null {
  const mimeType = sniff(bytes);
  if (mimeType === undefined) return null;
  if (mimeType.startsWith("video/")) {
    return { kind: "video", mimeType, width: 0, height: 0, captured: null, camera: {} };
  }
  const { width, height } = pixels(bytes);
  const { captured, orientation, camera } = readExif(bytes, mimeType);
  const turned = orientation >= 5 && orientation <= 8;
  return {
    kind: "photo",
    mimeType,
    width: turned ? height : width,
    height: turned ? width : height,
    captured,
    camera,
  };
}
