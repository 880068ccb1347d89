import { EditorView } from "@codemirror/view";
import type { App } from "../obsidian/app";
import type { MarkdownView } from "../views/markdown-view";

const two = (value: number): string => String(value).padStart(2, "0");

function stamp(date: Date): string {
  const day = [date.getMonth() + 1, date.getDate(), date.getHours(), date.getMinutes(), date.getSeconds()];
  return `${date.getFullYear()}${day.map(two).join("")}`;
}

const pastedExtensions: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/svg+xml": "svg",
  "image/bmp": "bmp",
  "image/avif": "avif",
};

/** Saves files as attachments and embeds them at the cursor, each on a line of its own, as Obsidian does. */
async function insertFiles(
  app: App,
  view: MarkdownView,
  files: { name: string; file: File }[],
): Promise<void> {
  const sourcePath = view.file?.path ?? "";
  for (const [i, { name, file }] of files.entries()) {
    const path = await app.fileManager.getAvailablePathForAttachment(name, sourcePath);
    const saved = await app.vault.createBinary(path, await file.arrayBuffer());
    const link = app.fileManager.generateMarkdownLink(saved, sourcePath);
    view.editor.replaceSelection(`${i > 0 ? "\n" : ""}${link.startsWith("!") ? "" : "!"}${link}`);
  }
}

function paste(app: App, view: MarkdownView, event: ClipboardEvent): boolean {
  app.workspace.trigger("editor-paste", event, view.editor, view);
  if (event.defaultPrevented) return true;
  const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
  if (images.length === 0) return false;
  event.preventDefault();
  const name = `Pasted image ${stamp(new Date())}`;
  void insertFiles(
    app,
    view,
    images.map((file) => ({ name: `${name}.${pastedExtensions[file.type] ?? "png"}`, file })),
  );
  return true;
}

function drop(app: App, view: MarkdownView, event: DragEvent): boolean {
  app.workspace.trigger("editor-drop", event, view.editor, view);
  if (event.defaultPrevented) return true;
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return false;
  event.preventDefault();
  const at = view.editor._cm.posAtCoords({ x: event.clientX, y: event.clientY });
  if (at !== null) view.editor._cm.dispatch({ selection: { anchor: at } });
  void insertFiles(
    app,
    view,
    files.map((file) => ({ name: file.name, file })),
  );
  return true;
}

/** What happens to files that are pasted or dropped into an editor. */
export function attachments(app: App, view: MarkdownView) {
  return EditorView.domEventHandlers({
    paste: (event) => paste(app, view, event),
    drop: (event) => drop(app, view, event),
  });
}
