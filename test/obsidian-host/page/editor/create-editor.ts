import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { markdown, markdownLanguage } from "@codemirror/lang-markdown";
import { codeFolding, foldGutter, foldService } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { drawSelection, EditorView, keymap } from "@codemirror/view";
import type { App } from "../obsidian/app";
import { Menu } from "../obsidian/menu";
import { getFrontMatterInfo } from "../obsidian/yaml";
import type { MarkdownView } from "../views/markdown-view";
import { attachments } from "./attachments";
import { embeds } from "./embeds";
import { livePreview } from "./live-preview";
import {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  livePreviewState,
  setEditorView,
} from "./state-fields";

/** The part of an editor's extensions that plugins registered; changed as a whole by `updateOptions`. */
export const pluginExtensions = new Compartment();

const headingLevel = (text: string): number => /^(#{1,6})\s/.exec(text)?.[1]?.length ?? 0;

/** A heading folds all up to the next one of its level. */
const foldHeadings = foldService.of((state, from, to) => {
  const level = headingLevel(state.doc.lineAt(from).text);
  if (level === 0) return null;
  let end = to;
  for (let n = state.doc.lineAt(from).number + 1; n <= state.doc.lines; n++) {
    const line = state.doc.line(n);
    const other = headingLevel(line.text);
    if (other > 0 && other <= level) break;
    end = line.to;
  }
  return end > to ? { from: to, to: end } : null;
});

function extensions(app: App, view: MarkdownView): Extension {
  return [
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": "Text of the note" }),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    markdown({ base: markdownLanguage }),
    codeFolding(),
    foldHeadings,
    foldGutter({ openText: "▾", closedText: "▸" }),
    editorInfoField.init(() => view),
    editorEditorField,
    editorLivePreviewField,
    livePreviewState,
    livePreview,
    embeds,
    attachments(app, view),
    EditorView.domEventHandlers({ contextmenu: (event) => contextMenu(app, view, event) }),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      view._edited();
      app.workspace.trigger("editor-change", view.editor, view);
    }),
    pluginExtensions.of(app._editorExtensions.slice()),
  ];
}

function contextMenu(app: App, view: MarkdownView, event: MouseEvent): boolean {
  event.preventDefault();
  const menu = new Menu();
  app.workspace.trigger("editor-menu", menu, view.editor, view);
  if (menu._items.length > 0) menu.showAtMouseEvent(event);
  return true;
}

/** A fresh state for a text: no history, nothing folded, the cursor behind the properties. */
export function editorState(app: App, view: MarkdownView, text: string): EditorState {
  // CodeMirror counts a line's end as one character, whatever ends it in the file.
  const { contentStart } = getFrontMatterInfo(text.replace(/\r\n?/g, "\n"));
  return EditorState.create({
    doc: text,
    selection: { anchor: contentStart },
    extensions: extensions(app, view),
  });
}

export function createEditorView(app: App, view: MarkdownView, parentEl: HTMLElement): EditorView {
  const cm = new EditorView({ state: editorState(app, view, ""), parent: parentEl });
  putIntoSizer(cm);
  cm.dispatch({ effects: setEditorView.of(cm) });
  return cm;
}

/** As in Obsidian, the text stands in a sizer, below the properties; gutters stand beside the text, wherever that is. */
function putIntoSizer({ scrollDOM, contentDOM }: EditorView): void {
  scrollDOM.insertBefore = (node, child) =>
    Node.prototype.insertBefore.call(child?.parentNode ?? scrollDOM, node, child) as typeof node;
  const sizer = scrollDOM.createDiv("cm-sizer");
  sizer.createDiv("metadata-container");
  const container = sizer.createDiv("cm-contentContainer");
  container.append(...scrollDOM.querySelectorAll(":scope > .cm-gutters"), contentDOM);
}
