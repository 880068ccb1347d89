import { syntaxTree } from "@codemirror/language";
import { Direction, ViewPlugin, type EditorView, type PluginValue } from "@codemirror/view";
import {
  Component,
  editorInfoField,
  editorLivePreviewField,
  getLinkpath,
  type App,
  type Plugin,
  type TFile,
} from "obsidian";
import { embedsInText, imageKind, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { addImageMark } from "./image-mark";

/** A picture smaller than this, in pixels, would be hidden by its mark. */
const SMALLEST = 32;

/** Where a mark belongs, in pixels of the scrolled content. */
interface Place {
  readonly path: VaultPath;
  readonly picture: HTMLImageElement;
  readonly x: number;
  readonly y: number;
}

interface Mark {
  readonly path: VaultPath;
  readonly el: HTMLElement;
  readonly life: Component;
}

/**
 * Marks the images that Live Preview shows. The marks lie in a layer over the text: whatever the editor puts into a
 * line of its own, it may not be moved by us, and a widget beside a picture that replaces its whole line would make
 * a line of its own.
 */
export function addEditorMarks(plugin: Plugin, around: () => Surroundings): void {
  plugin.registerEditorExtension(ViewPlugin.define((view) => marksIn(view, around())));
}

function marksIn(view: EditorView, around: Surroundings): PluginValue {
  const layer = view.scrollDOM.createDiv("vib-image-marks");
  const marks = new Map<HTMLImageElement, Mark>();
  let hasEnded = false;

  const add = (path: VaultPath, picture: HTMLImageElement): Mark => {
    const life = new Component();
    life.load();
    const mark = { path, life, el: addImageMark(layer, path, life, around) };
    marks.set(picture, mark);
    sizes.observe(picture);
    return mark;
  };
  const remove = ({ el, life }: Mark, picture: HTMLImageElement): void => {
    sizes.unobserve(picture);
    marks.delete(picture);
    life.unload();
    el.remove();
  };
  const show = (places: readonly Place[]): void => {
    const kept = new Set<HTMLImageElement>();
    for (const { path, picture, x, y } of places) {
      let mark = marks.get(picture);
      if (mark && mark.path !== path) remove(mark, picture);
      if (mark?.path !== path) mark = add(path, picture);
      mark.el.setCssProps({ "--vib-x": `${x}px`, "--vib-y": `${y}px` });
      kept.add(picture);
    }
    for (const [picture, mark] of marks) if (!kept.has(picture)) remove(mark, picture);
  };

  const measure = {
    key: layer,
    read: () => placesIn(view, layer.getBoundingClientRect(), around),
    write: show,
  };
  const ask = (): void => {
    if (!hasEnded) view.requestMeasure(measure);
  };
  const sizes = new ResizeObserver(ask);

  /** Shows the marks of pictures under the pointer; the marks are no part of the pictures, so CSS cannot. */
  const point = ({ target }: Event): void => {
    for (const [picture, { el }] of marks) {
      el.toggleClass("is-near", target === picture || target === picture.parentNode);
    }
  };
  view.contentDOM.addEventListener("mouseover", point);
  view.scrollDOM.addEventListener("mouseleave", point);
  ask();

  return {
    update: ({ startState, state, docChanged, viewportChanged, geometryChanged, selectionSet }) => {
      const switched =
        startState.field(editorLivePreviewField, false) !== state.field(editorLivePreviewField, false);
      if (switched || docChanged || viewportChanged || geometryChanged || selectionSet) ask();
    },
    destroy: () => {
      hasEnded = true;
      sizes.disconnect();
      view.contentDOM.removeEventListener("mouseover", point);
      view.scrollDOM.removeEventListener("mouseleave", point);
      for (const { life } of marks.values()) life.unload();
      layer.remove();
    },
  };
}

/** @param origin  where the layer of the marks lies */
function placesIn(view: EditorView, origin: DOMRect, around: Surroundings): readonly Place[] {
  if (!view.state.field(editorLivePreviewField, false)) return [];
  const used = new Set<HTMLImageElement>();
  const places: Place[] = [];
  const rtl = view.textDirection === Direction.RTL;
  for (const { file, at } of embedsIn(view, around.app)) {
    const picture = pictureAt(at, around.app.vault.getResourcePath(file), view, used);
    if (!picture) continue;
    used.add(picture);
    const { left, right, bottom, width, height } = picture.getBoundingClientRect();
    if (width < SMALLEST || height < SMALLEST) continue;
    // At the other bottom corner lies Obsidian's own handle, which resizes the image.
    const x = ((rtl ? right : left) - origin.left) / view.scaleX;
    places.push({ path: file.path, picture, x, y: (bottom - origin.top) / view.scaleY });
  }
  return places;
}

/** Images that the text in sight embeds, and where their text begins. */
function* embedsIn(
  { state, visibleRanges }: EditorView,
  { metadataCache }: App,
): Iterable<{ readonly file: TFile; readonly at: number }> {
  const source = state.field(editorInfoField, false)?.file?.path ?? "";
  for (const range of visibleRanges) {
    const from = state.doc.lineAt(range.from).from;
    const text = state.sliceDoc(from, state.doc.lineAt(range.to).to);
    for (const embed of embedsInText(text)) {
      const at = from + embed.from;
      const file = metadataCache.getFirstLinkpathDest(getLinkpath(embed.link), source);
      if (!file || imageKind(file.path) === undefined) continue;
      if (!/code/i.test(syntaxTree(state).resolveInner(at, 1).name)) yield { file, at };
    }
  }
}

/**
 * The picture that the editor shows for an embed: in the same line or block, or below it while the text is being
 * edited. It is known by its file, so nothing rests on the classes that Obsidian gives it.
 */
function pictureAt(
  at: number,
  address: string,
  view: EditorView,
  used: ReadonlySet<HTMLImageElement>,
): HTMLImageElement | undefined {
  const { contentDOM } = view;
  const { node, offset } = view.domAtPos(at);
  let block: Node | null = node === contentDOM ? (node.childNodes[offset] ?? null) : node;
  while (block && block.parentNode !== contentDOM) block = block.parentNode;
  for (let next = block; next; next = next.nextSibling) {
    if (!next.instanceOf(HTMLElement)) continue;
    if (next !== block && next.hasClass("cm-line")) return undefined;
    const pictures = next.instanceOf(HTMLImageElement) ? [next] : [...next.querySelectorAll("img")];
    const found = pictures.find((one) => withoutQuery(one.src) === withoutQuery(address) && !used.has(one));
    // In callouts and tables, which Obsidian renders like reading view, the mark is there already.
    if (found) return isMarked(found) ? undefined : found;
  }
  return undefined;
}

function isMarked(picture: HTMLImageElement): boolean {
  return picture.closest(".internal-embed")?.nextElementSibling?.hasClass("vib-image-mark-holder") ?? false;
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, "");
}
