import { toBase64Url } from "../base64url";

/**
 * Stands in for the choice between Node's cryptography and the browser's: Web Crypto is there wherever Obsidian runs. What the
 * auth client makes fit for an address comes so already.
 */
export function createCrypto() {
  return {
    randomBytesBase64: (count: number) => toBase64Url(crypto.getRandomValues(new Uint8Array(count))),
    sha256DigestBase64: async (text: string) =>
      toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))),
  };
}
