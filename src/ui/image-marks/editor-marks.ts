import { Direction, ViewPlugin, type EditorView, type PluginValue } from "@codemirror/view";
import { Component, editorInfoField, editorLivePreviewField, type Plugin, type TFile } from "obsidian";
import { embedsInText, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { embeddedImage } from "./embedded-image";
import { addImageMark } from "./image-mark";

/** A picture smaller than this, in pixels, would be hidden by its mark. */
const SMALLEST = 32;

/** Where a mark belongs, in pixels of the scrolled content. */
interface Place {
  readonly path: VaultPath;
  readonly x: number;
  readonly y: number;
}

type Places = ReadonlyMap<HTMLImageElement, Place>;

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
  // It goes along where the title or the properties above the text grow, of which nobody would tell us.
  view.contentDOM.after(layer);
  const marks = new Map<HTMLImageElement, Mark>();
  const shown = new Map<string, TFile>();
  const life = new Component();

  const add = (path: VaultPath, picture: HTMLImageElement): Mark => {
    const own = life.addChild(new Component());
    const mark = { path, life: own, el: addImageMark(layer, () => path, own, around) };
    marks.set(picture, mark);
    sizes.observe(picture);
    return mark;
  };
  const remove = (mark: Mark, picture: HTMLImageElement): void => {
    sizes.unobserve(picture);
    marks.delete(picture);
    life.removeChild(mark.life);
  };
  const show = (places: Places): void => {
    // What was asked for may be measured after the end.
    if (!layer.isConnected) return;
    for (const [picture, mark] of marks) if (mark.path !== places.get(picture)?.path) remove(mark, picture);
    for (const [picture, { path, x, y }] of places) {
      const { el } = marks.get(picture) ?? add(path, picture);
      el.setCssProps({ "--vib-x": `${x}px`, "--vib-y": `${y}px` });
    }
  };

  const measure = {
    key: layer,
    read: () => placesIn(view, layer.getBoundingClientRect(), shown, around),
    write: show,
  };
  const ask = (): void => view.requestMeasure(measure);
  const sizes = new ResizeObserver(ask);

  /** Shows the marks of pictures under the pointer; the marks are no part of the pictures, so CSS cannot. */
  const point = ({ target }: Event): void => {
    for (const [picture, { el }] of marks) {
      el.toggleClass("is-near", target === picture || target === picture.parentNode);
    }
  };
  life.load();
  // A picture that comes into a text which stays as high as it was moves nothing that the editor would measure.
  life.registerDomEvent(view.contentDOM, "load", ask, { capture: true });
  life.registerDomEvent(view.contentDOM, "mouseover", point);
  life.registerDomEvent(view.scrollDOM, "mouseleave", point);
  life.register(around.noteImages.watch(ask));
  ask();

  return {
    update: ask,
    destroy: () => {
      sizes.disconnect();
      life.unload();
      layer.remove();
    },
  };
}

/**
 * Where the pictures of embedded images are. A picture is known by its file, so nothing rests on the classes that
 * Obsidian gives it, nor on where it puts it: in the line, or below it while the text is being edited.
 *
 * @param origin  where the layer of the marks lies
 * @param shown   images that the text has embedded, by the addresses of their pictures: one keeps the address that it was
 *                drawn with when its file moves
 */
function placesIn(
  view: EditorView,
  origin: DOMRect,
  shown: Map<string, TFile>,
  around: Surroundings,
): Places {
  const places = new Map<HTMLImageElement, Place>();
  if (!view.state.field(editorLivePreviewField, false)) return places;
  noteShown(view, shown, around);
  const rtl = view.textDirection === Direction.RTL;
  for (const picture of view.contentDOM.querySelectorAll("img")) {
    const path = shown.get(withoutQuery(picture.src))?.path;
    // In callouts and tables, which Obsidian renders like reading view, the mark is there already.
    if (path === undefined || isMarked(picture)) continue;
    const { left, right, bottom, width, height } = picture.getBoundingClientRect();
    if (width < SMALLEST || height < SMALLEST) continue;
    // At the other bottom corner lies Obsidian's own handle, which resizes the image.
    const x = ((rtl ? right : left) - origin.left) / view.scaleX;
    places.set(picture, { path, x, y: (bottom - origin.top) / view.scaleY });
  }
  return places;
}

/** Notes which images the text in sight embeds. Code may name more: no picture is theirs. */
function noteShown(
  { state, visibleRanges }: EditorView,
  shown: Map<string, TFile>,
  { app }: Surroundings,
): void {
  const source = state.field(editorInfoField, false)?.file?.path ?? "";
  for (const { from, to } of visibleRanges) {
    const text = state.sliceDoc(state.doc.lineAt(from).from, state.doc.lineAt(to).to);
    for (const link of embedsInText(text)) {
      const file = embeddedImage(link, source, app);
      if (file) shown.set(withoutQuery(app.vault.getResourcePath(file)), file);
    }
  }
}

function isMarked(picture: HTMLImageElement): boolean {
  return picture.closest(".internal-embed")?.nextElementSibling?.hasClass("vib-image-mark-holder") ?? false;
}

function withoutQuery(address: string): string {
  return address.replace(/[?#].*$/, "");
}
