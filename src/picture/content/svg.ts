/** How far a drawing's first element may lie behind declarations and comments. */
const LONGEST_PROLOGUE = 16_384;

/** Whether the content is an SVG drawing: text whose first element is `svg`. */
export function isSvg(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, LONGEST_PROLOGUE);
  const text = new TextDecoder(encodingOf(head)).decode(head);
  // Walked by hand: a pattern over nested comments would take exponential time on hostile text.
  let at = 0;
  for (;;) {
    at += /^[\s\uFEFF]*/.exec(text.slice(at))?.[0].length ?? 0;
    const end = endOfDeclaration(text, at);
    if (end === undefined) return /^<(?:[\w-]+:)?svg[\s/>]/i.test(text.slice(at, at + 64));
    if (end < 0) return false;
    at = end;
  }
}

function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  return "utf-8";
}

/** Behind the declaration or comment that begins here; -1 where it has no end, `undefined` where none begins. */
function endOfDeclaration(text: string, at: number): number | undefined {
  const close = text.startsWith("<?", at)
    ? "?>"
    : text.startsWith("<!--", at)
      ? "-->"
      : text.startsWith("<!", at)
        ? ">"
        : undefined;
  if (close === undefined) return undefined;
  // A document type may hold declarations of its own in brackets.
  const bracket = close === ">" ? text.indexOf("[", at) : -1;
  const nearest = text.indexOf(close, at);
  const from = bracket >= 0 && bracket < nearest ? text.indexOf("]", bracket) : at;
  const found = from < 0 ? -1 : text.indexOf(close, from);
  return found < 0 ? -1 : found + close.length;
}
