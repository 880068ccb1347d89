/** Stands in for the choice between Node's cryptography and the browser's: Web Crypto is there wherever Obsidian runs. */
import { BrowserCrypto } from "google-auth-library/build/src/crypto/browser/crypto";

export function createCrypto(): BrowserCrypto {
  return new BrowserCrypto();
}
