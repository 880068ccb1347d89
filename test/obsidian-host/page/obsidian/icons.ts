import { iconShapes, plainShape } from "./icon-shapes";

const added = new Map<string, string>();

const bare = (id: string): string => id.replace(/^lucide-/, "");

export function addIcon(iconId: string, svgContent: string): void {
  added.set(iconId, svgContent);
}

export function removeIcon(iconId: string): void {
  added.delete(iconId);
}

export function getIconIds(): string[] {
  return [...Object.keys(iconShapes).map((name) => `lucide-${name}`), ...added.keys()];
}

/** The drawing of that name, or null where the name cannot be one of the library's. */
export function getIcon(iconId: string): SVGSVGElement | null {
  const own = added.get(iconId);
  const name = bare(iconId);
  if (own === undefined && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) return null;
  const svg = createSvg("svg", {
    cls: ["svg-icon", own === undefined ? `lucide-${name}` : iconId],
    attr: {
      xmlns: "http://www.w3.org/2000/svg",
      width: 24,
      height: 24,
      viewBox: own === undefined ? "0 0 24 24" : "0 0 100 100",
    },
  });
  svg.setAttrs({
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 2,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
  });
  if (own === undefined) {
    svg.createSvg("path", { attr: { d: iconShapes[name] ?? plainShape } });
  } else {
    const parsed = new DOMParser().parseFromString(
      `<svg xmlns="http://www.w3.org/2000/svg">${own}</svg>`,
      "image/svg+xml",
    );
    svg.append(...parsed.documentElement.childNodes);
  }
  return svg;
}

export function setIcon(parent: HTMLElement, iconId: string): void {
  const icon = getIcon(iconId);
  if (icon === null) return;
  parent.empty();
  parent.append(parent.doc.adoptNode(icon));
}
