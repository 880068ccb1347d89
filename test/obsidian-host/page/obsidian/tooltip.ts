import type { TooltipOptions } from "obsidian";

const options = new WeakMap<HTMLElement, TooltipOptions>();
let shown: HTMLElement | null = null;
let timer: number | undefined;

export function setTooltip(el: HTMLElement, tooltip: string, given?: TooltipOptions): void {
  el.setAttr("aria-label", tooltip === "" ? null : tooltip);
  if (given?.placement !== undefined) el.setAttr("data-tooltip-position", given.placement);
  if (given?.delay !== undefined) el.setAttr("data-tooltip-delay", given.delay);
  if (given !== undefined) options.set(el, given);
}

export function displayTooltip(
  el: HTMLElement,
  content: string | DocumentFragment,
  given?: TooltipOptions,
): void {
  hideTooltip();
  const placement = given?.placement ?? el.getAttr("data-tooltip-position") ?? "bottom";
  const tip = el.doc.body.createDiv({
    cls: ["tooltip", `mod-${placement}`, ...(given?.classes ?? [])],
    text: content,
    attr: { role: "tooltip" },
  });
  shown = tip;
  const at = el.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const gap = given?.gap ?? 6;
  const beside = placement === "left" || placement === "right";
  const left =
    placement === "right"
      ? at.right + gap
      : placement === "left"
        ? at.left - size.width - gap
        : at.left + (at.width - size.width) / 2;
  const top = beside
    ? at.top + (at.height - size.height) / 2
    : placement === "top"
      ? at.top - size.height - gap
      : at.bottom + gap;
  const clamp = (value: number, most: number): number => Math.max(4, Math.min(value, most - 4));
  tip.setCssProps({
    left: `${clamp(left, el.win.innerWidth - size.width)}px`,
    top: `${clamp(top, el.win.innerHeight - size.height)}px`,
  });
}

export function hideTooltip(): void {
  window.clearTimeout(timer);
  shown?.remove();
  shown = null;
}

/** Shows the label of what the pointer rests on, in one window. */
export function watchTooltips(doc: Document): void {
  doc.addEventListener("mouseover", (event) => {
    const target = event.target as Node | null;
    const html =
      target !== null && "closest" in target
        ? (target as Element).closest<HTMLElement>("[aria-label]")
        : null;
    hideTooltip();
    if (html === null) return;
    if (
      html.matches(
        ".modal, [role=dialog], .view-content, .workspace-leaf-content, input, textarea, .cm-content",
      )
    )
      return;
    const given = options.get(html);
    const delay = given?.delay ?? Number(html.getAttr("data-tooltip-delay") ?? 300);
    timer = window.setTimeout(() => {
      const label = html.getAttr("aria-label");
      if (label !== null && html.isConnected) displayTooltip(html, label, given);
    }, delay);
  });
  for (const type of ["mousedown", "keydown", "wheel"])
    doc.addEventListener(type, hideTooltip, { passive: true });
}
