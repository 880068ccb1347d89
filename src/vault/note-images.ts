import { debounce, getLinkpath, TFile, type App, type Component, type TAbstractFile } from "obsidian";
import { embedsInText, imageKind, type NoteImages, type VaultPath } from "../model";
import { captionIn } from "./caption";
import { readCanvas, type CanvasContent } from "./canvas";

/** Link changes come in bursts; surfaces hear of them this often at most, in milliseconds. */
const BURST = 150;

/** The canvases there are get read so long after the layout is ready, in milliseconds. */
const AFTER_LAYOUT = 500;

const isImage = (path: VaultPath): boolean => imageKind(path) !== undefined;

const isNote = ({ extension }: TFile): boolean => extension === "md" || extension === "canvas";

/** Which note shows which image, and what is said of it there. */
export interface ObsidianNoteImages extends NoteImages {
  /** Follows Obsidian's events from now on, for as long as `life` is loaded, and reads the canvases there are. */
  start(life: Component): void;
  /** The caption or alternative text that a note gives an image; the first note that has one counts. */
  captionOf(image: VaultPath): string | undefined;
}

/**
 * Which note shows which image, from Obsidian's own link cache; no note is read. Canvases, which that cache may leave
 * out, are read from their JSON.
 */
export function createNoteImages({ vault, metadataCache, workspace }: App): ObsidianNoteImages {
  /** What each canvas shows, as last read. */
  const canvases = new Map<VaultPath, CanvasContent>();
  /**
   * Images of notes that are being typed in: Obsidian's cache learns of a pasted image only when the note is saved,
   * seconds after it is there to be seen.
   */
  const typed = new Map<VaultPath, readonly VaultPath[]>();
  /** What each note showed and asked for in vain when it last changed, since a file last came, went or moved; in JSON. */
  const told = new Map<VaultPath, string>();
  /** Obsidian may not have told of every note yet: it is at its start, or a file has come, gone or moved. */
  let unsettled = true;
  /** Notes by image, made anew when asked for after a change. */
  let showing: Map<VaultPath, VaultPath[]> | undefined;
  let changes = 0;
  const listeners = new Set<() => void>();

  const tell = (): void => {
    showing = undefined;
    changes += 1;
    for (const listener of listeners) listener();
  };
  const tellSoon = debounce(tell, BURST);

  /** Where the file lies that a note's link leads to. */
  const placeOf = (link: string, note: VaultPath): VaultPath | undefined =>
    metadataCache.getFirstLinkpathDest(getLinkpath(link), note)?.path;

  const exists = (path: VaultPath): boolean => vault.getFileByPath(path) !== null;

  /** A note may have changed. Most changes to one change no image, and nobody need hear of them. */
  const tellOf = (note: VaultPath, how: () => void = tellSoon): void => {
    const now = JSON.stringify([imagesOf(note), lostOf(note)]);
    if (told.get(note) === now) return;
    told.set(note, now);
    how();
  };

  const takeIn = async (file: TFile): Promise<void> => {
    const { path } = file;
    try {
      const content = readCanvas(await vault.cachedRead(file));
      // It may have gone or moved while it was read.
      if (vault.getFileByPath(path) !== file) return;
      canvases.set(path, content);
    } catch {
      canvases.delete(path); // deleted while it was read; its deletion is told on its own
    }
    tellOf(path);
  };
  const follow = (file: TAbstractFile): void => {
    if (file instanceof TFile && file.extension === "canvas") void takeIn(file);
  };
  /** What a file's coming or going does to links shows only when Obsidian has looked at them again. */
  const unsettle = (): void => {
    unsettled = true;
    told.clear();
    tellSoon();
  };
  const appear = (file: TAbstractFile): void => {
    if (file instanceof TFile && (isNote(file) || isImage(file.path))) unsettle();
    follow(file);
  };
  const forget = (path: VaultPath): void => {
    canvases.delete(path);
    typed.delete(path);
    unsettle();
  };

  /** Takes in that Obsidian has looked at a note's links. */
  const followLinks = (note: VaultPath): void => {
    typed.delete(note);
    tellOf(note);
  };
  const settle = (): void => {
    if (unsettled) tellSoon();
    unsettled = false;
  };

  /** Takes in what an editor holds that the cache does not know yet. */
  const followTyping = (note: VaultPath, text: string): void => {
    const linked = metadataCache.resolvedLinks[note] ?? {};
    const added = embedsInText(text).flatMap((link) => {
      const path = placeOf(link, note);
      return path !== undefined && isImage(path) && !(path in linked) ? [path] : [];
    });
    typed.set(note, added);
    tellOf(note, tell);
  };

  const notes = (): readonly VaultPath[] =>
    vault
      .getFiles()
      .filter(isNote)
      .map(({ path }) => path);

  /** Paths of what a canvas shows, in the vault or not; a link that leads nowhere is one, as in notes. */
  const shownOn = (note: VaultPath): readonly VaultPath[] => {
    const { files = [], links = [] } = canvases.get(note) ?? {};
    return [...files, ...links.map((link) => placeOf(link, note) ?? getLinkpath(link))];
  };

  const imagesOf = (note: VaultPath): readonly VaultPath[] => {
    const linked = Object.keys(metadataCache.resolvedLinks[note] ?? {});
    const paths = new Set([...shownOn(note), ...linked, ...(typed.get(note) ?? [])]);
    return [...paths].filter((path) => isImage(path) && exists(path));
  };

  const lostOf = (note: VaultPath): readonly VaultPath[] => {
    const linked = Object.keys(metadataCache.unresolvedLinks[note] ?? {});
    const paths = new Set([...linked, ...shownOn(note).filter((path) => !exists(path))]);
    return [...paths].filter(isImage);
  };

  function* gather(): Generator<void> {
    if (showing) return;
    const before = changes;
    const gathered = new Map<VaultPath, VaultPath[]>();
    for (const note of notes()) {
      for (const path of [...imagesOf(note), ...lostOf(note)]) {
        const same = gathered.get(path);
        if (same) same.push(note);
        else gathered.set(path, [note]);
      }
      yield;
    }
    // What has changed meanwhile may have been gathered as it was before.
    if (before === changes) showing = gathered;
  }

  const notesShowing = (image: VaultPath): readonly VaultPath[] => {
    if (!showing) Array.from(gather());
    return showing?.get(image) ?? [];
  };

  return {
    notes,
    imagesOf,
    lostOf,
    gather,
    notesShowing,
    captionOf: (image) => {
      for (const note of notesShowing(image)) {
        for (const { link, displayText } of metadataCache.getCache(note)?.embeds ?? []) {
          const caption = placeOf(link, note) === image ? captionIn(displayText ?? "", link) : "";
          if (caption !== "") return caption;
        }
      }
      return undefined;
    },
    watch: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: (life) => {
      life.registerEvent(vault.on("create", appear));
      life.registerEvent(vault.on("modify", follow));
      life.registerEvent(vault.on("delete", ({ path }) => forget(path)));
      life.registerEvent(
        vault.on("rename", (file, from) => {
          forget(from);
          follow(file);
        }),
      );
      life.registerEvent(metadataCache.on("resolve", ({ path }) => followLinks(path)));
      life.registerEvent(metadataCache.on("resolved", settle));
      life.registerEvent(
        workspace.on("editor-change", (editor, { file }) => {
          // What is typed into a card is not the canvas, which is read when it is saved.
          if (file?.extension === "md") followTyping(file.path, editor.getValue());
        }),
      );
      life.register(() => tellSoon.cancel());
      // Going through a large vault for them would keep the look at its images waiting.
      const due = window.setTimeout(() => vault.getFiles().forEach(follow), AFTER_LAYOUT);
      life.register(() => window.clearTimeout(due));
    },
  };
}
