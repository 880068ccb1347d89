/** Stands in for the choice between Node's cryptography and the browser's: Web Crypto is there wherever Obsidian runs. */
export function createCrypto() {
  return {
    randomBytesBase64: (count: number) => toBase64(crypto.getRandomValues(new Uint8Array(count))),
    sha256DigestBase64: async (text: string) =>
      toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))),
  };
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
