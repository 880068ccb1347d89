import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import {
  countMove,
  needsAttention,
  NO_IMAGES,
  noteState,
  type Account,
  type BackupEvent,
  type Hold,
  type ImageState,
  type MissingImage,
  type NoteImages,
  type NoteState,
  type Totals,
  type VaultPath,
} from "../model";
import { headlineOf, settledOf, type Headline, type Settled, type Standing } from "./headline";
import type { Run } from "./run";
import { summaryOf, type Summary } from "./summary";

/** The one observable truth that every surface reads. */
export interface Status {
  readonly totals: ReadonlySignal<Totals>;
  /** Images that are backed up and lost from the vault, while notes ask for them. */
  readonly missing: ReadonlySignal<readonly MissingImage[]>;
  /** Images that are backed up and lost from the vault, and no note asks for them. */
  readonly only: ReadonlySignal<readonly MissingImage[]>;
  /** How many images need a person's attention, missing ones included. */
  readonly wanting: ReadonlySignal<number>;
  readonly hold: ReadonlySignal<Hold | undefined>;
  readonly account: ReadonlySignal<Account | undefined>;
  readonly run: ReadonlySignal<Run>;
  /** Whether the vault has been looked through: the totals are true from then on. */
  readonly looked: ReadonlySignal<boolean>;
  readonly headline: ReadonlySignal<Headline>;
  readonly settled: ReadonlySignal<Settled>;
  /** Changes whenever the state of some image does, or which note shows which image. */
  readonly revision: ReadonlySignal<number>;

  /** One image's state; `undefined` where it was not found. The same signal for the same path. */
  image(path: VaultPath): ReadonlySignal<ImageState | undefined>;
  /** One note's state. The same signal for the same path. */
  note(path: VaultPath): ReadonlySignal<NoteState>;
  /** All images that were found, as they are now. Not a copy. */
  images(): ReadonlyMap<VaultPath, ImageState>;
  summary(): Summary;
  /** Bytes that Storage saver has saved, each item counted once. Looks at every image: to be called seldom. */
  savedBytes(): number;
}

/** The status, and how it is fed. */
export interface FedStatus extends Status {
  /** Takes in what backup tells. The work is proportional to what has changed. */
  tell(event: BackupEvent): void;
  /** Takes in which images are missing, and which are in Google Photos only; both whole. */
  tellMissing(images: readonly MissingImage[], only?: readonly MissingImage[]): void;
  /** Ends following which note shows which image. */
  stop(): void;
}

export function createStatus(noteImages: NoteImages): FedStatus {
  return new FoldedStatus(noteImages);
}

class FoldedStatus implements FedStatus {
  readonly totals = signal<Totals>(NO_IMAGES);
  readonly missing = signal<readonly MissingImage[]>([]);
  readonly only = signal<readonly MissingImage[]>([]);
  readonly hold = signal<Hold | undefined>(undefined);
  readonly account = signal<Account | undefined>(undefined);
  readonly run = signal<Run>({ is: "resting" });
  readonly looked = signal(false);
  readonly revision = signal(0);
  readonly wanting = computed(() => this.#wantingFound.value + this.missing.value.length);
  readonly headline = computed(() => headlineOf(this.#standing.value));
  readonly settled = computed(() => settledOf(this.#standing.value));
  readonly stop: () => void;

  readonly #wantingFound = signal(0);
  readonly #standing = computed<Standing>(() => ({
    looked: this.looked.value,
    totals: this.totals.value,
    wanting: this.wanting.value,
    hold: this.hold.value,
    run: this.run.value,
  }));
  readonly #states = new Map<VaultPath, ImageState>();
  /** Signals of those images only that somebody asked for. */
  readonly #imageSignals = new Map<VaultPath, Signal<ImageState | undefined>>();
  readonly #noteSignals = new Map<VaultPath, ReadonlySignal<NoteState>>();
  /** Counts up when notes show other images than before. */
  readonly #links = signal(0);
  /** Images that came to rest in this run. */
  readonly #done = new Set<VaultPath>();

  constructor(private readonly noteImages: NoteImages) {
    this.stop = noteImages.watch(() =>
      batch(() => {
        this.#links.value += 1;
        this.revision.value += 1;
      }),
    );
  }

  tell(event: BackupEvent): void {
    batch(() => this.#fold(event));
  }

  tellMissing(images: readonly MissingImage[], only: readonly MissingImage[] = []): void {
    const before = [this.missing.peek(), this.only.peek()];
    if (images.length === 0 && only.length === 0 && before.every(({ length }) => length === 0)) return;
    batch(() => {
      this.missing.value = images;
      this.only.value = only;
      this.revision.value += 1;
    });
  }

  image(path: VaultPath): ReadonlySignal<ImageState | undefined> {
    let found = this.#imageSignals.get(path);
    if (found === undefined) {
      found = signal(this.#states.get(path));
      this.#imageSignals.set(path, found);
    }
    return found;
  }

  note(path: VaultPath): ReadonlySignal<NoteState> {
    let found = this.#noteSignals.get(path);
    if (found === undefined) {
      found = computed(() => {
        const missing = this.#links.value >= 0 ? this.missing.value : [];
        return this.#foldNote(path, (image) => this.image(image).value, missing);
      });
      this.#noteSignals.set(path, found);
    }
    return found;
  }

  images(): ReadonlyMap<VaultPath, ImageState> {
    return this.#states;
  }

  summary(): Summary {
    const missing = this.missing.peek();
    const notes = this.noteImages
      .notes()
      .map((note) => this.#foldNote(note, (path) => this.#states.get(path), missing));
    return summaryOf(this.totals.peek(), missing.length, this.#states.values(), notes);
  }

  savedBytes(): number {
    const items = new Map<string, number>();
    for (const state of this.#states.values()) {
      if (state.is === "backed-up" && state.saved !== undefined) items.set(state.item.id, state.saved);
    }
    let saved = 0;
    for (const bytes of items.values()) saved += bytes;
    return Math.max(0, saved);
  }

  #fold(event: BackupEvent): void {
    switch (event.type) {
      case "images":
        this.#enter(event.states);
        return;
      case "looked-through":
        this.looked.value = true;
        return;
      case "account-seen":
        return;
      case "hold":
        this.hold.value = event.hold;
        return;
      case "account":
        this.account.value = event.account;
        return;
      case "sent": {
        const run = this.run.peek();
        if (run.is === "running") this.run.value = { ...run, bytes: event.bytes };
        return;
      }
      case "run-began":
        this.#done.clear();
        this.run.value = { is: "running", began: event.at, done: 0, bytes: 0 };
        return;
      case "run-ended": {
        const run = this.run.peek();
        if (run.is !== "running") return;
        const { began, done, bytes } = run;
        this.run.value = { is: "resting", last: { began, ended: event.at, done, bytes } };
      }
    }
  }

  #enter(states: ReadonlyMap<VaultPath, ImageState | undefined>): void {
    const totals = { ...this.totals.peek() };
    let wanting = this.#wantingFound.peek();
    for (const [path, state] of states) {
      const before = this.#states.get(path);
      countMove(totals, before?.is, state?.is);
      wanting += Number(wants(state)) - Number(wants(before));
      if (state === undefined) this.#states.delete(path);
      else this.#states.set(path, state);
      if (isMoving(before) && state !== undefined && !isMoving(state)) this.#done.add(path);
      else if (state === undefined || isMoving(state)) this.#done.delete(path);
      const watched = this.#imageSignals.get(path);
      if (watched !== undefined) watched.value = state;
    }
    this.totals.value = totals;
    this.#wantingFound.value = wanting;
    this.revision.value += 1;
    const run = this.run.peek();
    if (run.is === "running") this.run.value = { ...run, done: this.#done.size };
  }

  #foldNote(
    note: VaultPath,
    stateOf: (image: VaultPath) => ImageState | undefined,
    missing: readonly MissingImage[],
  ): NoteState {
    const states = this.noteImages.imagesOf(note).map(stateOf);
    const found = states.filter((state) => state !== undefined);
    return noteState(found, missing.length === 0 ? 0 : this.#missingIn(note, missing));
  }

  #missingIn(note: VaultPath, missing: readonly MissingImage[]): number {
    const lost = new Set(this.noteImages.lost().get(note));
    return missing.filter(({ path }) => lost.has(path)).length;
  }
}

function wants(state: ImageState | undefined): boolean {
  return state !== undefined && needsAttention(state);
}

function isMoving(state: ImageState | undefined): boolean {
  return state?.is === "waiting" || state?.is === "uploading";
}
