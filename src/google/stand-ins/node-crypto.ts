/** Stands in for the auth client's cryptography on Node: Web Crypto is there wherever Obsidian runs. */
export class NodeCrypto {
  constructor() {
    throw new Error("Web Crypto is missing");
  }
}
