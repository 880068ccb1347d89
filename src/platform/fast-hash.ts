import { nodeModule } from "./node-module";

/** A SHA-256 that is fed piece by piece. */
interface PieceHash {
  update(piece: Uint8Array): void;
  /** 64 lower-case hex digits. */
  digest(): string;
}

/** The system's own SHA-256 for long files, ten times as fast as one in JavaScript; `undefined` where there is none. */
export function fastHash(): PieceHash | undefined {
  const hash = nodeModule("crypto")?.createHash?.("sha256");
  return hash && { update: (piece) => void hash.update(piece), digest: () => hash.digest("hex") };
}
