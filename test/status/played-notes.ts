import type { NoteImages, VaultPath } from "../../src/model";

/** A vault's notes and the images they show, as a test sets them. */
export class PlayedNotes implements NoteImages {
  readonly #listeners = new Set<() => void>();
  #lost: ReadonlyMap<VaultPath, readonly VaultPath[]> = new Map();

  constructor(private shown: Readonly<Record<VaultPath, readonly VaultPath[]>>) {}

  change(
    shown: Readonly<Record<VaultPath, readonly VaultPath[]>>,
    lost: Record<VaultPath, readonly VaultPath[]> = {},
  ): void {
    this.shown = shown;
    this.#lost = new Map(Object.entries(lost));
    for (const tell of this.#listeners) tell();
  }

  notes(): readonly VaultPath[] {
    return Object.keys(this.shown);
  }

  imagesOf(note: VaultPath): readonly VaultPath[] {
    return this.shown[note] ?? [];
  }

  gather(): readonly void[] {
    return [];
  }

  notesShowing(image: VaultPath): readonly VaultPath[] {
    const shown = this.notes().filter((note) => this.imagesOf(note).includes(image));
    const asking = [...this.#lost].filter(([, images]) => images.includes(image));
    return [...shown, ...asking.map(([note]) => note)];
  }

  lostOf(note: VaultPath): readonly VaultPath[] {
    return this.#lost.get(note) ?? [];
  }

  watch(tell: () => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }
}
