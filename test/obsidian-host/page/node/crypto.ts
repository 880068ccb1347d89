import { arrayBufferToBase64, hexToArrayBuffer } from "../obsidian/bytes";
import type { Connection } from "../connection";

type Data = string | ArrayBuffer | ArrayBufferView<ArrayBuffer>;

function bytesOf(data: Data): Uint8Array<ArrayBuffer> {
  if (typeof data === "string") return new TextEncoder().encode(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** A hash that runs in the host's Node process, synchronously, as in Node. */
class Hash {
  readonly #connection: Connection;
  readonly #id: string;

  constructor(connection: Connection, algorithm: string) {
    this.#connection = connection;
    this.#id = String(connection.askNow<number>("/host/sync/hash/create", { algorithm }));
  }

  update(data: Data): this {
    this.#connection.askNow("/host/sync/hash/update", { id: this.#id }, bytesOf(data).slice());
    return this;
  }

  digest(encoding?: "hex" | "base64" | "base64url"): string | Uint8Array {
    const hex = this.#connection.askNow<string>("/host/sync/hash/digest", { id: this.#id });
    if (encoding === "hex") return hex;
    const buffer = hexToArrayBuffer(hex);
    if (encoding === undefined) return new Uint8Array(buffer);
    const base64 = arrayBufferToBase64(buffer);
    return encoding === "base64" ? base64 : base64.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }
}

export function cryptoModule(connection: Connection) {
  return {
    createHash: (algorithm: string) => new Hash(connection, algorithm),
    randomBytes: (size: number) => crypto.getRandomValues(new Uint8Array(size)),
    randomUUID: () => crypto.randomUUID(),
    webcrypto: crypto,
    subtle: crypto.subtle,
  };
}
