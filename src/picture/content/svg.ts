/** How far a drawing's first element may lie behind declarations and comments. */
const LONGEST_PROLOGUE = 16_384;

/** Blanks, a declaration, a comment, or a document type, which may hold declarations of its own in brackets. */
const PROLOGUE = /\s+|<(?=\?).*?\?>|<!(?=--).*?-->|<!(?!--)[^[>]*(?:\[[^\]]*\][^>]*)?>/gsy;

/** Whether the content is an SVG drawing: text whose first element is `svg`. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, LONGEST_PROLOGUE);
  const text = new TextDecoder(encodingOf(head)).decode(head);
  // One part after another from the beginning: a pattern over all of them would take exponential time on hostile text.
  return /^<(?:[\w-]+:)?svg[\s/>]/i.test(text.replace(PROLOGUE, ""));
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}
