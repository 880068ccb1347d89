import { syntaxTree } from "@codemirror/language";
import { Direction, ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from "@codemirror/view";
import { Component, editorInfoField, editorLivePreviewField, getLinkpath } from "obsidian";
import { imageKind, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { embedsInText } from "./embeds-in-text";
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
  readonly picture: HTMLImageElement;
  readonly el: HTMLElement;
  readonly life: Component;
}

/**
 * Marks the images that Live Preview shows. The marks lie in a layer over the text: whatever the editor puts into a
 * line of its own, it may not be moved by us, and a widget beside a picture that replaces its whole line would make
 * a line of its own.
 */
export function addEditorMarks(around: Surroundings): void {
  around.plugin.registerEditorExtension(ViewPlugin.define((view) => new EditorMarks(view, around)));
}

class EditorMarks implements PluginValue {
  readonly #layer: HTMLElement;
  readonly #marks = new Map<HTMLImageElement, Mark>();
  readonly #sizes: ResizeObserver;
  readonly #measure;
  #ended = false;

  constructor(
    private readonly view: EditorView,
    private readonly around: Surroundings,
  ) {
    this.#layer = view.scrollDOM.createDiv({ cls: "vib-image-marks" });
    this.#measure = {
      key: this,
      read: () => this.#places(),
      write: (places: readonly Place[]) => this.#show(places),
    };
    this.#sizes = new ResizeObserver(() => this.#ask());
    view.contentDOM.addEventListener("mouseover", this.#point);
    view.scrollDOM.addEventListener("mouseleave", this.#point);
    this.#ask();
  }

  update(update: ViewUpdate): void {
    const { startState, state } = update;
    const switched =
      startState.field(editorLivePreviewField, false) !== state.field(editorLivePreviewField, false);
    const moved = update.docChanged || update.viewportChanged || update.geometryChanged;
    if (switched || moved || update.selectionSet) this.#ask();
  }

  destroy(): void {
    this.#ended = true;
    this.#sizes.disconnect();
    this.view.contentDOM.removeEventListener("mouseover", this.#point);
    this.view.scrollDOM.removeEventListener("mouseleave", this.#point);
    for (const mark of this.#marks.values()) mark.life.unload();
    this.#layer.remove();
  }

  #ask(): void {
    if (!this.#ended) this.view.requestMeasure(this.#measure);
  }

  /** Shows the marks of pictures under the pointer; the marks are no part of the pictures, so CSS cannot. */
  readonly #point = ({ target }: Event): void => {
    for (const { picture, el } of this.#marks.values()) {
      el.toggleClass("is-near", target === picture || target === picture.parentNode);
    }
  };

  #places(): readonly Place[] {
    const { view } = this;
    if (!view.state.field(editorLivePreviewField, false)) return [];
    const origin = this.#layer.getBoundingClientRect();
    const used = new Set<HTMLImageElement>();
    const places: Place[] = [];
    const rtl = view.textDirection === Direction.RTL;
    for (const { path, at } of this.#embeds()) {
      const picture = this.#pictureAt(at, path, used);
      if (picture === undefined) continue;
      used.add(picture);
      const { left, right, bottom, width, height } = picture.getBoundingClientRect();
      if (width < SMALLEST || height < SMALLEST) continue;
      const x = ((rtl ? left : right) - origin.left) / view.scaleX;
      places.push({ path, picture, x, y: (bottom - origin.top) / view.scaleY });
    }
    return places;
  }

  /** Images that the text in sight embeds, and where their text begins. */
  *#embeds(): Iterable<{ readonly path: VaultPath; readonly at: number }> {
    const { state, visibleRanges } = this.view;
    const info = state.field(editorInfoField, false);
    const source = info?.file?.path ?? "";
    const { metadataCache } = this.around.app;
    for (const range of visibleRanges) {
      const from = state.doc.lineAt(range.from).from;
      const text = state.sliceDoc(from, state.doc.lineAt(range.to).to);
      for (const embed of embedsInText(text)) {
        const at = from + embed.from;
        const file = metadataCache.getFirstLinkpathDest(getLinkpath(embed.link), source);
        if (file === null || imageKind(file.path) === undefined || this.#isCode(at)) continue;
        yield { path: file.path, at };
      }
    }
  }

  #isCode(at: number): boolean {
    return /code/i.test(syntaxTree(this.view.state).resolveInner(at, 1).name);
  }

  /**
   * The picture that the editor shows for an embed: in the same line or block, or below it while the text is being
   * edited. It is known by its file, so nothing rests on the classes that Obsidian gives it.
   */
  #pictureAt(at: number, path: VaultPath, used: ReadonlySet<HTMLImageElement>): HTMLImageElement | undefined {
    const { view } = this;
    const { node, offset } = view.domAtPos(at);
    let block: Node | null = node === view.contentDOM ? (node.childNodes[offset] ?? null) : node;
    while (block !== null && block.parentNode !== view.contentDOM) block = block.parentNode;
    const { vault } = this.around.app;
    const file = vault.getFileByPath(path);
    if (file === null) return undefined;
    const address = withoutQuery(vault.getResourcePath(file));
    for (let next: Node | null = block; next !== null; next = next.nextSibling) {
      if (!next.instanceOf(HTMLElement)) continue;
      if (next !== block && next.hasClass("cm-line")) return undefined;
      const pictures = next.instanceOf(HTMLImageElement) ? [next] : [...next.querySelectorAll("img")];
      const found = pictures.find((one) => withoutQuery(one.src) === address && !used.has(one));
      // In callouts and tables, which Obsidian renders like reading view, the mark is there already.
      if (found !== undefined) return isMarked(found) ? undefined : found;
    }
    return undefined;
  }

  #show(places: readonly Place[]): void {
    const kept = new Set<HTMLImageElement>();
    for (const { path, picture, x, y } of places) {
      let mark = this.#marks.get(picture);
      if (mark !== undefined && mark.path !== path) this.#remove(mark);
      if (mark?.path !== path) mark = this.#add(path, picture);
      mark.el.setCssProps({ "--vib-x": `${x}px`, "--vib-y": `${y}px` });
      kept.add(picture);
    }
    for (const mark of [...this.#marks.values()]) if (!kept.has(mark.picture)) this.#remove(mark);
  }

  #add(path: VaultPath, picture: HTMLImageElement): Mark {
    const life = new Component();
    life.load();
    const el = addImageMark(this.#layer, path, life, this.around);
    const mark = { path, picture, el, life };
    this.#marks.set(picture, mark);
    this.#sizes.observe(picture);
    return mark;
  }

  #remove({ picture, el, life }: Mark): void {
    this.#sizes.unobserve(picture);
    this.#marks.delete(picture);
    life.unload();
    el.remove();
  }
}

function isMarked(picture: HTMLImageElement): boolean {
  return picture.closest(".internal-embed")?.nextElementSibling?.hasClass("vib-image-mark-holder") ?? false;
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, "");
}
