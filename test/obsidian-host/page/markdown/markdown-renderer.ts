import type * as obs from "obsidian";
import type { App } from "../obsidian/app";
import { Component } from "../obsidian/component";
import type { TFile } from "../vault/files";
import { pageWindow } from "../page-window";
import type { MarkdownView } from "../views/markdown-view";
import { registerPostProcessor, unregisterPostProcessor } from "./post-processors";
import { renderInto, renderSections } from "./render-sections";

export class MarkdownRenderChild extends Component {
  containerEl: HTMLElement;

  constructor(containerEl: HTMLElement) {
    super();
    this.containerEl = containerEl;
  }
}

let nextDocument = 1;

export abstract class MarkdownRenderer extends MarkdownRenderChild {
  declare app: App;
  hoverPopover: obs.HoverPopover | null = null;

  abstract get file(): TFile;

  static renderMarkdown(
    text: string,
    el: HTMLElement,
    sourcePath: string,
    component: obs.Component,
  ): Promise<void> {
    return MarkdownRenderer.render(pageWindow.app, text, el, sourcePath, component);
  }

  static async render(
    app: obs.App,
    text: string,
    el: HTMLElement,
    sourcePath: string,
    component: obs.Component,
  ): Promise<void> {
    const source = { app: app as unknown as App, text, sourcePath, docId: `doc-${nextDocument++}` };
    await renderInto(source, el, component as unknown as Component);
  }
}

/** The reading view of one note. */
export class MarkdownPreviewView extends MarkdownRenderer {
  declare _view: MarkdownView;
  readonly _previewEl: HTMLElement;
  readonly _sizerEl: HTMLElement;
  readonly _docId = `doc-${nextDocument++}`;
  _text = "";
  _rendered: Component | null = null;
  _renderedText: string | null = null;

  constructor(containerEl: HTMLElement) {
    super(containerEl);
    this._previewEl = containerEl.createDiv({
      cls: "markdown-preview-view markdown-rendered node-insert-event is-readable-line-width allow-fold-headings",
      attr: { tabindex: -1 },
    });
    this._sizerEl = this._previewEl.createDiv("markdown-preview-sizer markdown-preview-section");
    this._previewEl.addEventListener("click", (event) => this._clicked(event));
  }

  /** Tells it whose reading view it is; done once, before it is used. */
  _attach(view: MarkdownView): this {
    this.app = view.app;
    this._view = view;
    return this;
  }

  get file(): TFile {
    return this._view.file as TFile;
  }

  get(): string {
    return this._text;
  }

  set(data: string, clear: boolean): void {
    this._text = data;
    if (this._view.getMode() === "preview") this.rerender(clear);
  }

  clear(): void {
    this._text = "";
    this._drop();
  }

  rerender(full = false): void {
    if (!full && this._renderedText === this._text) return;
    this._drop();
    this._renderedText = this._text;
    const owner = this.addChild(new Component());
    this._rendered = owner;
    this._sizerEl.createDiv("mod-header").createDiv({ cls: "inline-title", text: this.file.basename });
    const source = { app: this.app, text: this._text, sourcePath: this.file.path, docId: this._docId };
    const el = this._sizerEl.createDiv("markdown-preview-sections");
    void renderSections(source, el, owner);
  }

  getScroll(): number {
    return this._previewEl.scrollTop;
  }

  applyScroll(scroll: number): void {
    this._previewEl.scrollTop = scroll;
  }

  _drop(): void {
    if (this._rendered !== null) this.removeChild(this._rendered);
    this._rendered = null;
    this._renderedText = null;
    this._sizerEl.empty();
  }

  _clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest("a.internal-link");
    const target = link?.getAttribute("data-href");
    if (target === null || target === undefined) return;
    event.preventDefault();
    void this.app.workspace.openLinkText(target, this.file.path, event.ctrlKey || event.metaKey);
  }
}

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- Obsidian declares it so
export class MarkdownPreviewRenderer {
  static registerPostProcessor(processor: obs.MarkdownPostProcessor, sortOrder?: number): void {
    registerPostProcessor(processor, sortOrder);
  }

  static unregisterPostProcessor(processor: obs.MarkdownPostProcessor): void {
    unregisterPostProcessor(processor);
  }

  static createCodeBlockPostProcessor(
    language: string,
    handler: (
      source: string,
      el: HTMLElement,
      ctx: obs.MarkdownPostProcessorContext,
    ) => Promise<unknown> | void,
  ): (el: HTMLElement, ctx: obs.MarkdownPostProcessorContext) => void {
    return (el, ctx) => {
      for (const code of el.querySelectorAll(`pre > code.language-${language}`)) {
        const block = createDiv(`block-language-${language}`);
        code.parentElement?.replaceWith(block);
        void handler(code.textContent, block, ctx);
      }
    };
  }
}
