import {
  cursorCharLeft,
  cursorCharRight,
  cursorDocEnd,
  cursorDocStart,
  cursorGroupLeft,
  cursorGroupRight,
  cursorLineDown,
  cursorLineUp,
  deleteLine,
  indentLess,
  indentMore,
  insertNewlineAndIndent,
  moveLineDown,
  moveLineUp,
  redo,
  undo,
} from "@codemirror/commands";
import { toggleFold } from "@codemirror/language";
import { EditorSelection } from "@codemirror/state";
import { EditorView, type Command } from "@codemirror/view";
import type * as obs from "obsidian";

type Position = obs.EditorPosition;

const commands: Partial<Record<obs.EditorCommandName, Command>> = {
  goUp: cursorLineUp,
  goDown: cursorLineDown,
  goLeft: cursorCharLeft,
  goRight: cursorCharRight,
  goStart: cursorDocStart,
  goEnd: cursorDocEnd,
  goWordLeft: cursorGroupLeft,
  goWordRight: cursorGroupRight,
  indentMore,
  indentLess,
  newlineAndIndent: insertNewlineAndIndent,
  swapLineUp: moveLineUp,
  swapLineDown: moveLineDown,
  deleteLine,
  toggleFold,
};

/** Obsidian's editor interface over a CodeMirror 6 view. */
export class Editor {
  readonly _cm: EditorView;

  constructor(view: EditorView) {
    this._cm = view;
  }

  getDoc(): this {
    return this;
  }

  refresh(): void {
    this._cm.requestMeasure();
  }

  getValue(): string {
    return this._cm.state.doc.toString();
  }

  setValue(content: string): void {
    this._cm.dispatch({ changes: { from: 0, to: this._cm.state.doc.length, insert: content } });
  }

  getLine(line: number): string {
    return this._cm.state.doc.line(line + 1).text;
  }

  setLine(n: number, text: string): void {
    const { from, to } = this._cm.state.doc.line(n + 1);
    this._cm.dispatch({ changes: { from, to, insert: text } });
  }

  lineCount(): number {
    return this._cm.state.doc.lines;
  }

  lastLine(): number {
    return this._cm.state.doc.lines - 1;
  }

  getSelection(): string {
    const { from, to } = this._cm.state.selection.main;
    return this._cm.state.sliceDoc(from, to);
  }

  somethingSelected(): boolean {
    return this._cm.state.selection.ranges.some((range) => !range.empty);
  }

  getRange(from: Position, to: Position): string {
    return this._cm.state.sliceDoc(this.posToOffset(from), this.posToOffset(to));
  }

  replaceSelection(replacement: string, _origin?: string): void {
    this._cm.dispatch(this._cm.state.replaceSelection(replacement));
  }

  replaceRange(replacement: string, from: Position, to: Position = from, _origin?: string): void {
    this._cm.dispatch({
      changes: { from: this.posToOffset(from), to: this.posToOffset(to), insert: replacement },
    });
  }

  getCursor(side: "from" | "to" | "head" | "anchor" = "head"): Position {
    return this.offsetToPos(this._cm.state.selection.main[side]);
  }

  listSelections(): obs.EditorSelection[] {
    return this._cm.state.selection.ranges.map(({ anchor, head }) => ({
      anchor: this.offsetToPos(anchor),
      head: this.offsetToPos(head),
    }));
  }

  setCursor(pos: Position | number, ch = 0): void {
    this.setSelection(typeof pos === "number" ? { line: pos, ch } : pos);
  }

  setSelection(anchor: Position, head: Position = anchor): void {
    this._cm.dispatch({ selection: { anchor: this.posToOffset(anchor), head: this.posToOffset(head) } });
  }

  setSelections(ranges: obs.EditorSelectionOrCaret[], main = 0): void {
    const own = ranges.map(({ anchor, head = anchor }) =>
      EditorSelection.range(this.posToOffset(anchor), this.posToOffset(head)),
    );
    this._cm.dispatch({ selection: EditorSelection.create(own, main) });
  }

  focus(): void {
    this._cm.focus();
  }

  blur(): void {
    this._cm.contentDOM.blur();
  }

  hasFocus(): boolean {
    return this._cm.hasFocus;
  }

  getScrollInfo(): { top: number; left: number } {
    const { scrollTop, scrollLeft } = this._cm.scrollDOM;
    return { top: scrollTop, left: scrollLeft };
  }

  scrollTo(x?: number | null, y?: number | null): void {
    if (typeof x === "number") this._cm.scrollDOM.scrollLeft = x;
    if (typeof y === "number") this._cm.scrollDOM.scrollTop = y;
  }

  scrollIntoView(range: obs.EditorRange, center = false): void {
    const own = EditorSelection.range(this.posToOffset(range.from), this.posToOffset(range.to));
    this._cm.dispatch({ effects: EditorView.scrollIntoView(own, { y: center ? "center" : "nearest" }) });
  }

  undo(): void {
    undo(this._cm);
  }

  redo(): void {
    redo(this._cm);
  }

  exec(command: obs.EditorCommandName): void {
    commands[command]?.(this._cm);
  }

  transaction(tx: obs.EditorTransaction, _origin?: string): void {
    const changes = (tx.changes ?? []).map(({ from, to = from, text }) => ({
      from: this.posToOffset(from),
      to: this.posToOffset(to),
      insert: text,
    }));
    if (changes.length > 0) this._cm.dispatch({ changes });
    if (tx.replaceSelection !== undefined) this.replaceSelection(tx.replaceSelection);
    const selections = tx.selections ?? (tx.selection === undefined ? [] : [tx.selection]);
    if (selections.length > 0)
      this.setSelections(selections.map(({ from, to = from }) => ({ anchor: from, head: to })));
  }

  wordAt(pos: Position): obs.EditorRange | null {
    const word = this._cm.state.wordAt(this.posToOffset(pos));
    return word === null ? null : { from: this.offsetToPos(word.from), to: this.offsetToPos(word.to) };
  }

  posToOffset({ line, ch }: Position): number {
    const { doc } = this._cm.state;
    const at = doc.line(Math.max(1, Math.min(line + 1, doc.lines)));
    return Math.min(at.from + ch, at.to);
  }

  offsetToPos(offset: number): Position {
    const line = this._cm.state.doc.lineAt(Math.max(0, Math.min(offset, this._cm.state.doc.length)));
    return { line: line.number - 1, ch: offset - line.from };
  }

  processLines<T>(
    read: (line: number, lineText: string) => T | null,
    write: (line: number, lineText: string, value: T | null) => obs.EditorChange | void,
    ignoreEmpty = false,
  ): void {
    const changes: obs.EditorChange[] = [];
    for (let line = 0; line < this.lineCount(); line++) {
      const text = this.getLine(line);
      if (ignoreEmpty && text.trim() === "") continue;
      const change = write(line, text, read(line, text));
      if (change !== undefined) changes.push(change);
    }
    this.transaction({ changes });
  }
}
