import { computed, signal, type ReadonlySignal } from "@preact/signals-core";
import { extensionOf, type VaultPath } from "../model";
import { follow, type Surroundings } from "./surroundings";

/** The note or canvas in front; its images go before the rest. */
export function followFrontNote(around: Surroundings): ReadonlySignal<VaultPath | undefined> {
  const { app, plugin, noteImages, commands } = around;
  const path = signal<VaultPath | undefined>(undefined);
  const links = signal(0);
  const sync = (): void => void (path.value = app.workspace.getActiveFile()?.path);
  app.workspace.onLayoutReady(sync);
  plugin.registerEvent(app.workspace.on("file-open", sync));
  plugin.registerEvent(app.vault.on("rename", sync));
  plugin.register(noteImages.watch(() => (links.value += 1)));
  const note = computed(() =>
    ["md", "canvas"].includes(extensionOf(path.value ?? "")) ? path.value : undefined,
  );
  follow(plugin, () => {
    if (links.value < 0 || note.value === undefined) return;
    commands.putFirst(noteImages.imagesOf(note.value));
  });
  return note;
}
