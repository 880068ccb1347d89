import { nodeModule } from "./node-module";

/** A SHA-256 that is fed piece by piece. */
interface PieceHash {
  update(piece: Uint8Array): void;
  /** 64 lower-case hex digits. */
  digest(): string;
}

/** As much of Node's `crypto` as is used here. */
interface Crypto {
  createHash(algorithm: "sha256"): { update(piece: Uint8Array): unknown; digest(form: "hex"): string };
}

function isCrypto(found: unknown): found is Crypto {
  return typeof (found as { readonly createHash?: unknown } | undefined)?.createHash === "function";
}

/** The system's own SHA-256 for long files, ten times as fast as one in JavaScript; `undefined` where there is none. */
export function fastHash(): PieceHash | undefined {
  const found = nodeModule("crypto");
  if (!isCrypto(found)) return undefined;
  const hash = found.createHash("sha256");
  return { update: (piece) => void hash.update(piece), digest: () => hash.digest("hex") };
}
