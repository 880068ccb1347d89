/**
 * FNV-1a over a text's code units, by each seed another, its high bits mixed into the low ones, which alone are used. What
 * is placed by it is written down, in the index and in main.js: another hash is another form.
 */
export function scatter(text: string, seed: number): number {
  let sum = seed;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  return (sum ^ (sum >>> 15)) >>> 0;
}
