import {
  RangeSetBuilder,
  StateEffect,
  StateField,
  type EditorState,
  type Extension,
} from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import { blankOut, findLinks, type FoundLink } from "../metadata/markdown-scan";
import type { App } from "../obsidian/app";
import { embeddedFile, showEmbed } from "./image-embed";
import { editorInfoField, editorLivePreviewField, setLivePreview } from "./state-fields";

/** Asks editors to look up again what their embeds show: a file has come, gone or changed. */
export const refreshEmbeds = StateEffect.define();

class EmbedWidget extends WidgetType {
  constructor(
    readonly app: App,
    readonly found: FoundLink,
    readonly sourcePath: string,
    readonly version: string,
    readonly block: boolean,
  ) {
    super();
  }

  override eq(other: EmbedWidget): boolean {
    const same = other.found.link === this.found.link && other.found.displayText === this.found.displayText;
    return same && other.version === this.version && other.block === this.block;
  }

  override toDOM(view: EditorView): HTMLElement {
    const el = view.dom.ownerDocument.createElement("div");
    el.className = "internal-embed media-embed image-embed";
    el.setAttrs({ tabindex: -1, contenteditable: "false" });
    const alias = this.found.displayText === this.found.link ? "" : this.found.displayText;
    showEmbed(this.app, el, this.found.link, alias, this.sourcePath);
    const picture = el.querySelector("img");
    picture?.addEventListener("load", () => view.requestMeasure());
    if (picture) {
      // As in Obsidian, where a person drags the corner to resize the image; here it only lies there.
      const wrapper = el.createDiv("image-wrapper");
      wrapper.append(picture);
      wrapper.createDiv("image-resize-corner");
    }
    return el;
  }

  override ignoreEvent(event: Event): boolean {
    return event.type !== "mousedown";
  }
}

/**
 * In Live Preview an embed is shown in place of its text; where the cursor is in its line, the text is shown and the
 * picture below it.
 */
function decorate(state: EditorState): DecorationSet {
  if (!state.field(editorLivePreviewField)) return Decoration.none;
  const info = state.field(editorInfoField);
  const app = info.app as unknown as App;
  const sourcePath = info.file?.path ?? "";
  const builder = new RangeSetBuilder<Decoration>();
  const { from: selectedFrom, to: selectedTo } = state.selection.main;
  const later: { at: number; decoration: Decoration }[] = [];
  for (const found of findLinks(blankOut(state.doc.toString()))) {
    if (!found.embed) continue;
    const file = embeddedFile(app, found.link, sourcePath);
    const version = file === null ? "missing" : `${file.path}?${file.stat.mtime}`;
    const line = state.doc.lineAt(found.start);
    const touched = selectedFrom <= line.to && selectedTo >= line.from;
    if (touched) {
      const widget = new EmbedWidget(app, found, sourcePath, version, true);
      later.push({ at: line.to, decoration: Decoration.widget({ widget, block: true, side: 1 }) });
      continue;
    }
    for (const { at, decoration } of later.splice(0)) builder.add(at, at, decoration);
    const widget = new EmbedWidget(app, found, sourcePath, version, false);
    builder.add(found.start, found.end, Decoration.replace({ widget }));
  }
  for (const { at, decoration } of later) builder.add(at, at, decoration);
  return builder.finish();
}

export const embeds: Extension = StateField.define<DecorationSet>({
  create: decorate,
  update(decorations, transaction) {
    const asked = transaction.effects.some((effect) => effect.is(refreshEmbeds) || effect.is(setLivePreview));
    if (!asked && !transaction.docChanged && transaction.selection === undefined) return decorations;
    return decorate(transaction.state);
  },
  provide: (field) => EditorView.decorations.from(field),
});
