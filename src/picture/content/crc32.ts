/** The check sum of PNG's chunks (PNG, third edition, annex D) over several stretches of bytes. */
export function crc32(...parts: readonly Uint8Array[]): number {
  let sum = 0xffffffff;
  for (const part of parts) {
    for (const byte of part) {
      sum ^= byte;
      // Only metadata are summed up here, which are short: no table of sums is needed.
      for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
    }
  }
  return (sum ^ 0xffffffff) >>> 0;
}
