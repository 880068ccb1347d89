import { signal, type ReadonlySignal } from "@preact/signals-core";
import type { App } from "obsidian";
import { extensionOf, type VaultPath } from "../model";
import type { Surroundings } from "./surroundings";

export function isNote(path: VaultPath): boolean {
  return ["md", "canvas"].includes(extensionOf(path));
}

/** Runs `sync` once the layout is ready, and whenever a file is opened or has another name. */
export function onFilesShown({ app, plugin }: Surroundings, sync: () => void): void {
  app.workspace.onLayoutReady(sync);
  plugin.registerEvent(app.workspace.on("file-open", sync));
  plugin.registerEvent(app.vault.on("rename", sync));
}

/** The note or canvas in front. */
export function frontNote({ workspace }: App): VaultPath | undefined {
  const path = workspace.getActiveFile()?.path ?? "";
  return isNote(path) ? path : undefined;
}

/** Follows the note or canvas in front; its images go before the rest. */
export function followFrontNote(around: Surroundings): ReadonlySignal<VaultPath | undefined> {
  const { app, plugin, noteImages, commands } = around;
  const note = signal<VaultPath | undefined>(undefined);
  const putFirst = (): void => {
    const path = note.peek();
    if (path !== undefined) commands.putFirst(noteImages.imagesOf(path));
  };
  onFilesShown(around, () => (note.value = frontNote(app)));
  plugin.register(noteImages.watch(putFirst));
  plugin.register(note.subscribe(putFirst));
  return note;
}
