import { StateEffect, StateField } from "@codemirror/state";
import { ViewPlugin, type EditorView } from "@codemirror/view";
import type { LivePreviewStateType, MarkdownFileInfo } from "obsidian";

/** The state fields by which editor extensions learn where they are. The host sets them when it makes an editor. */

export const setEditorView = StateEffect.define<EditorView>();
export const setLivePreview = StateEffect.define<boolean>();

const outside = (): never => {
  throw new Error("This state belongs to no editor of the host");
};

export const editorInfoField = StateField.define<MarkdownFileInfo>({
  create: outside,
  update: (info) => info,
});

export const editorEditorField = StateField.define<EditorView | null>({
  create: () => null,
  update: (view, transaction) =>
    transaction.effects.reduce(
      (current, effect) => (effect.is(setEditorView) ? effect.value : current),
      view,
    ),
}) as StateField<EditorView>;

export const editorLivePreviewField = StateField.define<boolean>({
  create: () => true,
  update: (live, transaction) =>
    transaction.effects.reduce(
      (current, effect) => (effect.is(setLivePreview) ? effect.value : current),
      live,
    ),
});

export const livePreviewState = ViewPlugin.define<LivePreviewStateType>(() => ({ mousedown: false }), {
  eventHandlers: {
    mousedown() {
      this.mousedown = true;
    },
    mouseup() {
      this.mousedown = false;
    },
  },
});
