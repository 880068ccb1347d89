import { syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import {
  Decoration,
  ViewPlugin,
  type DecorationSet,
  type EditorView,
  type ViewUpdate,
} from "@codemirror/view";
import { getFrontMatterInfo } from "../obsidian/yaml";
import { editorLivePreviewField, setLivePreview } from "./state-fields";

/** Shows Markdown as it will look, under Obsidian's class names; marks are hidden outside the cursor's line. */

const spans: Record<string, string> = {
  StrongEmphasis: "cm-strong",
  Emphasis: "cm-em",
  Strikethrough: "cm-strikethrough",
  InlineCode: "cm-inline-code",
  Link: "cm-link",
  Autolink: "cm-url",
};

const marks = new Set(["HeaderMark", "EmphasisMark", "StrikethroughMark", "CodeMark", "LinkMark"]);

interface Found {
  from: number;
  to: number;
  decoration: Decoration;
}

const longestFrontmatter = 10_000;

const hidden = Decoration.replace({});

function find(view: EditorView): Found[] {
  const found: Found[] = [];
  const { state } = view;
  const live = state.field(editorLivePreviewField);
  const { from: selectedFrom, to: selectedTo } = state.selection.main;
  const cursorIn = (from: number, to: number): boolean =>
    selectedFrom <= state.doc.lineAt(to).to && selectedTo >= state.doc.lineAt(from).from;
  const mark = (from: number, to: number, name: string): void => {
    if (to > from) found.push({ from, to, decoration: Decoration.mark({ class: name }) });
  };
  const hide = (from: number, to: number): void => {
    if (live && to > from && !cursorIn(from, to)) found.push({ from, to, decoration: hidden });
  };
  const frontmatterEnd = getFrontMatterInfo(state.sliceDoc(0, longestFrontmatter)).contentStart;
  for (let at = 0; at < frontmatterEnd; at = state.doc.lineAt(at).to + 1) {
    found.push({ from: at, to: at, decoration: Decoration.line({ class: "cm-hmd-frontmatter" }) });
  }
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        if (node.to <= frontmatterEnd && node.name !== "Document") return;
        const heading = /^ATXHeading(\d)$/.exec(node.name)?.[1];
        if (heading !== undefined) {
          const line = state.doc.lineAt(node.from);
          const names = `HyperMD-header HyperMD-header-${heading}`;
          found.push({ from: line.from, to: line.from, decoration: Decoration.line({ class: names }) });
          mark(node.from, node.to, `cm-header cm-header-${heading}`);
        }
        const parent = node.node.parent?.name;
        if (node.name === "URL" && parent === "Link") return hide(node.from, node.to);
        const span = spans[node.name];
        if (span !== undefined) mark(node.from, node.to, span);
        if (!marks.has(node.name) || parent === "FencedCode") return;
        const isHeader = node.name === "HeaderMark";
        hide(node.from, isHeader && state.sliceDoc(node.to, node.to + 1) === " " ? node.to + 1 : node.to);
      },
    });
    for (const match of state.sliceDoc(from, to).matchAll(/(?<!!)\[\[([^[\]\n|]+)(\|[^[\]\n]*)?\]\]/g)) {
      const start = from + match.index;
      const end = start + match[0].length;
      const shown = match[2] === undefined ? start + 2 : start + 3 + (match[1]?.length ?? 0);
      mark(start, end, "cm-hmd-internal-link cm-underline");
      hide(start, shown);
      hide(end - 2, end);
    }
  }
  return found;
}

function build(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const found = find(view).sort((a, b) => a.from - b.from || a.decoration.startSide - b.decoration.startSide);
  let last = "";
  for (const { from, to, decoration } of found) {
    // A line that two visible ranges share is found twice.
    const key = `${from}:${to}:${decoration.startSide}:${String((decoration.spec as { class?: string }).class)}`;
    if (key !== last) builder.add(from, to, decoration);
    last = key;
  }
  return builder.finish();
}

export const livePreview = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = build(view);
    }

    update(update: ViewUpdate): void {
      const switched = update.transactions.some((transaction) =>
        transaction.effects.some((effect) => effect.is(setLivePreview)),
      );
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (update.docChanged || update.viewportChanged || update.selectionSet || switched || parsed) {
        this.decorations = build(update.view);
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
