import { generate } from "lean-qr/nano";

/** Light rim that readers need, in modules. */
const RIM = 4;

/**
 * Draws a text as a QR code, dark on light whatever the theme is, since some cameras read it no other way.
 *
 * @param text   ASCII, at most 2,952 characters
 * @param label  what it is, for screen readers
 */
export function qrCode(text: string, label: string): SVGSVGElement {
  // As few modules as the text needs, so that they are large: a screen has no dirt or creases to correct.
  const code = generate(text);
  let dark = "";
  for (let row = 0; row < code.size; row += 1) {
    for (let column = 0; column < code.size; column += 1) {
      if (code.get(column, row)) dark += `M${column + RIM} ${row + RIM}h1v1h-1z`;
    }
  }
  const size = code.size + 2 * RIM;
  const svg = createSvg("svg", {
    cls: "vib-qr-code",
    attr: {
      viewBox: `0 0 ${size} ${size}`,
      "shape-rendering": "crispEdges",
      role: "img",
      "aria-label": label,
    },
  });
  svg.createSvg("path", { attr: { d: dark } });
  return svg;
}
