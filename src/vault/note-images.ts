import { debounce, getLinkpath, TFile, type App, type EventRef } from "obsidian";
import { extensionOf, imageKind, type NoteImages, type VaultPath } from "../model";
import { captionIn } from "./caption";
import { filesOfCanvas } from "./canvas";
import { linksInText } from "./links-in-text";

/** Link changes come in bursts; surfaces hear of them this often at most, in milliseconds. */
const BURST = 150;

/**
 * Which note shows which image, from Obsidian's own link cache; no note is read. Canvases, which that cache may leave
 * out, are read from their JSON.
 */
export class ObsidianNoteImages implements NoteImages {
  /** Files that each canvas shows, as last read. */
  readonly #canvases = new Map<VaultPath, readonly VaultPath[]>();
  /**
   * Images of notes that are being typed in: Obsidian's cache learns of a pasted image only when the note is saved,
   * seconds after it is there to be seen.
   */
  readonly #typed = new Map<VaultPath, readonly VaultPath[]>();
  /** Notes by image, made anew when asked for after a change. */
  #showing: Map<VaultPath, VaultPath[]> | undefined;
  #changes = 0;
  readonly #listeners = new Set<() => void>();
  readonly #changed = debounce(() => this.#tell(), BURST);

  constructor(private readonly app: App) {}

  /** Follows Obsidian's events from now on and reads the canvases there are; the answer ends it. */
  start(): () => void {
    const { vault, metadataCache, workspace } = this.app;
    const follow = (path: string): void => {
      if (extensionOf(path) === "canvas") void this.#readCanvas(path);
    };
    const vaultRefs: EventRef[] = [
      vault.on("create", (file) => follow(file.path)),
      vault.on("modify", (file) => follow(file.path)),
      vault.on("delete", (file) => this.#forget(file.path)),
      vault.on("rename", (file, from) => {
        this.#forget(from);
        follow(file.path);
      }),
    ];
    const cacheRefs: EventRef[] = [
      metadataCache.on("resolve", (file) => {
        this.#typed.delete(file.path);
        this.#changed();
      }),
      metadataCache.on("resolved", () => this.#changed()),
    ];
    const typing = workspace.on("editor-change", (editor, { file }) => {
      if (file !== null) this.#follow(file, editor.getValue());
    });
    for (const file of vault.getFiles()) follow(file.path);
    return () => {
      workspace.offref(typing);
      for (const ref of vaultRefs) vault.offref(ref);
      for (const ref of cacheRefs) metadataCache.offref(ref);
      this.#changed.cancel();
    };
  }

  notes(): readonly VaultPath[] {
    return this.app.vault
      .getFiles()
      .filter(({ extension }) => extension === "md" || extension === "canvas")
      .map(({ path }) => path);
  }

  imagesOf(note: VaultPath): readonly VaultPath[] {
    const shown = this.#canvases.get(note) ?? [];
    const linked = Object.keys(this.app.metadataCache.resolvedLinks[note] ?? {});
    const typed = this.#typed.get(note) ?? [];
    return [...new Set([...shown, ...linked, ...typed])].filter(
      (path) => imageKind(path) !== undefined && this.#exists(path),
    );
  }

  *gather(): Generator<void> {
    if (this.#showing !== undefined) return;
    const changes = this.#changes;
    const showing = new Map<VaultPath, VaultPath[]>();
    for (const note of this.notes()) {
      for (const path of this.imagesOf(note)) {
        const notes = showing.get(path);
        if (notes === undefined) showing.set(path, [note]);
        else notes.push(note);
      }
      yield;
    }
    // What has changed meanwhile may have been gathered as it was before.
    if (changes === this.#changes) this.#showing = showing;
  }

  notesShowing(image: VaultPath): readonly VaultPath[] {
    if (this.#showing === undefined) Array.from(this.gather());
    return this.#showing?.get(image) ?? [];
  }

  /** The caption or alternative text that a note gives an image; the first note that has one counts. */
  captionOf(image: VaultPath): string | undefined {
    const { metadataCache } = this.app;
    for (const note of this.notesShowing(image)) {
      for (const { link, displayText } of metadataCache.getCache(note)?.embeds ?? []) {
        const isIt = metadataCache.getFirstLinkpathDest(getLinkpath(link), note)?.path === image;
        const caption = isIt ? captionIn(displayText ?? "", link) : "";
        if (caption !== "") return caption;
      }
    }
    return undefined;
  }

  lost(): ReadonlyMap<VaultPath, readonly VaultPath[]> {
    const lost = new Map<VaultPath, readonly VaultPath[]>();
    const add = (note: VaultPath, paths: readonly VaultPath[]): void => {
      const images = paths.filter((path) => imageKind(path) !== undefined);
      if (images.length > 0) lost.set(note, [...(lost.get(note) ?? []), ...images]);
    };
    for (const [note, links] of Object.entries(this.app.metadataCache.unresolvedLinks))
      add(note, Object.keys(links));
    for (const [note, files] of this.#canvases)
      add(
        note,
        files.filter((path) => !this.#exists(path)),
      );
    return lost;
  }

  watch(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** Takes in what an editor holds that the cache does not know yet. */
  #follow(note: TFile, text: string): void {
    const linked = this.app.metadataCache.resolvedLinks[note.path] ?? {};
    const added = linksInText(text).flatMap((link) => {
      const file = this.app.metadataCache.getFirstLinkpathDest(link, note.path);
      return file !== null && imageKind(file.path) !== undefined && !(file.path in linked) ? [file.path] : [];
    });
    const before = this.#typed.get(note.path) ?? [];
    if (added.length === before.length && added.every((path, place) => path === before[place])) return;
    this.#typed.set(note.path, added);
    this.#tell();
  }

  #exists(path: VaultPath): boolean {
    return this.app.vault.getFileByPath(path) !== null;
  }

  async #readCanvas(path: VaultPath): Promise<void> {
    const file = this.app.vault.getAbstractFileByPath(path);
    if (!(file instanceof TFile)) return;
    try {
      this.#canvases.set(path, filesOfCanvas(await this.app.vault.cachedRead(file)));
    } catch {
      this.#canvases.delete(path); // deleted while it was read; its deletion is told on its own
    }
    this.#changed();
  }

  #forget(path: VaultPath): void {
    this.#canvases.delete(path);
    this.#changed();
  }

  #tell(): void {
    this.#showing = undefined;
    this.#changes += 1;
    for (const listener of this.#listeners) listener();
  }
}
