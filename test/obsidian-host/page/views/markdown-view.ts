import type { EditorView } from "@codemirror/view";
import type * as obs from "obsidian";
import { createEditorView, editorState, pluginExtensions } from "../editor/create-editor";
import { Editor } from "../editor/editor";
import { refreshEmbeds } from "../editor/embeds";
import { setEditorView } from "../editor/state-fields";
import { MarkdownPreviewView } from "../markdown/markdown-renderer";
import { loadEmbeds } from "../markdown/render-sections";
import { setIcon } from "../obsidian/icons";
import { setTooltip } from "../obsidian/tooltip";
import type { WorkspaceLeaf } from "../workspace/leaf";
import { TextFileView } from "./file-view";

/** What stands for the editor where either side of a note can be asked. */
class SourceMode {
  constructor(readonly view: MarkdownView) {}

  getScroll(): number {
    return this.view.editor.getScrollInfo().top;
  }

  applyScroll(scroll: number): void {
    this.view.editor.scrollTo(null, scroll);
  }

  get(): string {
    return this.view.editor.getValue();
  }

  set(data: string, clear: boolean): void {
    this.view._setEditorText(data, clear);
  }
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}

function sharedEnd(a: string, b: string): number {
  let at = 0;
  while (at < a.length && at < b.length && a[a.length - 1 - at] === b[b.length - 1 - at]) at++;
  return at;
}

export class MarkdownView extends TextFileView {
  editor: Editor;
  previewMode: MarkdownPreviewView;
  currentMode: obs.MarkdownSubView;
  hoverPopover: obs.HoverPopover | null = null;
  readonly _sourceMode: SourceMode;
  readonly _sourceEl: HTMLElement;
  readonly _readingEl: HTMLElement;
  readonly _modeButton: HTMLElement;
  _settingText = false;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.icon = "lucide-file";
    this._modeButton = this.addAction("lucide-book-open", "Switch to reading view", () => this._switchMode());
    this._sourceEl = this.contentEl.createDiv(
      "markdown-source-view cm-s-obsidian mod-cm6 is-folding is-live-preview is-readable-line-width",
    );
    this._readingEl = this.contentEl.createDiv("markdown-reading-view");
    this.editor = new Editor(createEditorView(this.app, this, this._sourceEl));
    this.previewMode = new MarkdownPreviewView(this._readingEl)._attach(this);
    this._sourceMode = new SourceMode(this);
    this.currentMode = this._sourceMode;
    this.addChild(this.previewMode);
    this._showMode("source");
  }

  override getViewType(): string {
    return "markdown";
  }

  override canAcceptExtension(extension: string): boolean {
    return extension === "md";
  }

  override onload(): void {
    super.onload();
    // Obsidian is assumed to draw an embed anew when a file comes, changes or goes, and nothing around it, so that no
    // post processor runs again; and to draw nothing when a file gets another name and the note's text stays.
    const refresh = (): void => {
      this._cm.dispatch({ effects: refreshEmbeds.of(null) });
      if (this.file !== null) loadEmbeds(this.app, this._readingEl, this.file.path);
    };
    const ofOther = (file: object): void => {
      const { extension } = file as { extension?: string };
      if (file !== this.file && extension !== undefined && extension !== "md") refresh();
    };
    for (const event of ["create", "modify", "delete"]) this.registerEvent(this.app.vault.on(event, ofOther));
  }

  override onunload(): void {
    this._cm.destroy();
  }

  getMode(): obs.MarkdownViewModeType {
    return this.currentMode === this._sourceMode ? "source" : "preview";
  }

  override getState(): Record<string, unknown> {
    return { ...super.getState(), mode: this.getMode(), source: false };
  }

  override async setState(state: unknown, result: obs.ViewStateResult): Promise<void> {
    const { mode } = (state ?? {}) as { mode?: unknown };
    if (mode === "source" || mode === "preview") this._showMode(mode);
    await super.setState(state, result);
  }

  getViewData(): string {
    return this.editor.getValue();
  }

  setViewData(data: string, clear: boolean): void {
    this._setEditorText(data, clear);
    this.previewMode.set(data, clear);
  }

  clear(): void {
    this._setEditorText("", true);
    this.previewMode.clear();
  }

  // The stage has no search in a note.
  showSearch(_replace?: boolean): void {
    return undefined;
  }

  get _cm(): EditorView {
    return this.editor._cm;
  }

  _setEditorText(text: string, clear: boolean): void {
    this._settingText = true;
    if (clear) {
      this._cm.setState(editorState(this.app, this, text));
      this._cm.dispatch({ effects: setEditorView.of(this._cm) });
    } else {
      // Only what differs is replaced, so that the cursor stays where it was.
      const before = this._cm.state.doc.toString();
      const from = sharedStart(before, text);
      const shared = sharedEnd(before.slice(from), text.slice(from));
      const changes = { from, to: before.length - shared, insert: text.slice(from, text.length - shared) };
      this._cm.dispatch({ changes });
    }
    this._settingText = false;
  }

  _edited(): void {
    if (this._settingText) return;
    this.requestSave();
    if (this.file !== null) this.app.workspace.trigger("quick-preview", this.file, this.getViewData());
  }

  _switchMode(): void {
    this._showMode(this.getMode() === "source" ? "preview" : "source");
    this.leaf._changed();
  }

  _showMode(mode: obs.MarkdownViewModeType): void {
    const reading = mode === "preview";
    this.currentMode = reading ? this.previewMode : this._sourceMode;
    this.containerEl.setAttr("data-mode", mode);
    this._sourceEl.toggle(!reading);
    this._readingEl.toggle(reading);
    setIcon(this._modeButton, reading ? "lucide-pencil" : "lucide-book-open");
    setTooltip(this._modeButton, reading ? "Switch to editing view" : "Switch to reading view");
    if (reading && this.file !== null) {
      this.previewMode._text = this.getViewData();
      this.previewMode.rerender();
    }
    if (!reading) this._cm.requestMeasure();
  }

  _reconfigure(): void {
    this._cm.dispatch({ effects: pluginExtensions.reconfigure(this.app._editorExtensions.slice()) });
  }

  _movedTo(doc: Document): void {
    this._cm.setRoot(doc);
  }
}
