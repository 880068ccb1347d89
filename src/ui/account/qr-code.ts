import qrcode from "qrcode-generator";

/** Light rim that readers need, in modules. */
const RIM = 4;

const SVG = "http://www.w3.org/2000/svg";

/**
 * Draws a text as a QR code, dark on light whatever the theme is, since some cameras read it no other way.
 *
 * @param text   ASCII, at most 2,953 characters
 * @param label  what it is, for screen readers
 */
export function qrCode(text: string, label: string): SVGSVGElement {
  // The least correction makes the largest modules; a screen has no dirt or creases.
  const code = qrcode(0, "L");
  code.addData(text, "Byte");
  code.make();
  const count = code.getModuleCount();
  let dark = "";
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      if (code.isDark(row, column)) dark += `M${column + RIM} ${row + RIM}h1v1h-1z`;
    }
  }
  const size = count + 2 * RIM;
  const svg = activeDocument.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
  svg.setAttribute("shape-rendering", "crispEdges");
  svg.setAttribute("class", "vib-qr-code");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  const path = activeDocument.createElementNS(SVG, "path");
  path.setAttribute("d", dark);
  svg.append(path);
  return svg;
}
