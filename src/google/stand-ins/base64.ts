/** Stands in for `base64-js`, which the auth client uses for its few random bytes and hashes. */
export function fromByteArray(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
