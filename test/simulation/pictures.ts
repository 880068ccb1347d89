import { createHash } from "node:crypto";
import type { BackupPorts } from "../../src/backup";
import { fingerprintFrom, type VaultPath } from "../../src/model";
import { source } from "./byte-source";

/** What pictures need of the device that prepares them. */
export interface PictureWorld {
  /** Does something that takes a moment, and that a kill cuts off. */
  disk<Answer>(work: () => Answer): Promise<Answer>;
  /** The image at which the program breaks, if any. */
  breaksAt(): VaultPath | undefined;
  encode(fingerprint: string): string;
  /** An image is about to be prepared. */
  preparing(path: VaultPath): void;
}

/** Pictures whose bytes are words, some of which say what they are. */
export function simulatedPictures(world: PictureWorld): BackupPorts["pictures"] {
  return {
    fingerprint: async (bytes) => {
      const content = await bytes.slice(0, bytes.size);
      return world.disk(() => fingerprintFrom(sha256(content)));
    },
    examine: (bytes) =>
      world.disk(() => {
        const fingerprint = fingerprintFrom(sha256(bytes));
        if (new TextDecoder().decode(bytes).includes("breaks")) throw new RangeError("out of bounds");
        if (new TextDecoder().decode(bytes).includes("no image")) return undefined;
        return { fingerprint, undated: { bytes, fingerprint }, size: { width: 10, height: 10 } };
      }),
    prepare: async (image, bytes) => {
      world.preparing(image.path);
      const content = await bytes.slice(0, bytes.size);
      const text = new TextDecoder().decode(content);
      return world.disk(() => {
        if (image.path === world.breaksAt()) throw new RangeError("out of bounds");
        if (text.includes("broken")) return { skip: "broken" as const };
        if (text.includes("a film") && !image.path.endsWith(".mp4")) return { skip: "type" as const };
        if (image.path.endsWith(".mp4"))
          return { ready: { source: bytes, type: "video/mp4", extension: "mp4", hash: sha256(content) } };
        const sent = world.encode(sha256(content)) + (text.includes("no image") ? " no image" : "");
        return {
          ready: {
            source: source(sent),
            type: "image/png",
            extension: "png",
            hash: sha256(new TextEncoder().encode(sent)),
            huge: text.includes("huge") ? true : undefined,
            ...(text.includes("undated") ? { captured: "2024-08-18T09:17:44+02:00" } : {}),
          },
        };
      });
    },
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
