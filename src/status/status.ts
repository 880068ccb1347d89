import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals-core";
import {
  countMove,
  needsAttention,
  NO_IMAGES,
  noteState,
  type Account,
  type AwayState,
  type BackupEvent,
  type Hold,
  type ImageState,
  type MissingImage,
  type NoteImages,
  type NoteState,
  type ShownState,
  type Totals,
  type VaultPath,
} from "../model";
import { headlineOf, isSettled, type Headline, type Standing } from "./headline";
import type { Run } from "./run";
import { summaryOf, type Summary } from "./summary";

/** An image that is backed up and lost from the vault. */
export type AwayImage = AwayState & MissingImage;

/** The one observable truth that every surface reads. */
export interface Status {
  readonly totals: ReadonlySignal<Totals>;
  /** Images that are backed up and lost from the vault, while notes ask for them. */
  readonly missing: ReadonlySignal<readonly MissingImage[]>;
  /** Images that are backed up and lost from the vault, and no note asks for them. */
  readonly only: ReadonlySignal<readonly MissingImage[]>;
  /** Both of these, each with its state. */
  readonly away: ReadonlySignal<readonly AwayImage[]>;
  /** How many images need a person's attention, missing ones included. */
  readonly wanting: ReadonlySignal<number>;
  readonly hold: ReadonlySignal<Hold | undefined>;
  readonly account: ReadonlySignal<Account | undefined>;
  readonly run: ReadonlySignal<Run>;
  /** Whether the vault has been looked through: the totals are true from then on. */
  readonly looked: ReadonlySignal<boolean>;
  readonly headline: ReadonlySignal<Headline>;
  /** Whether the backup has come to rest. */
  readonly settled: ReadonlySignal<boolean>;
  /** Changes whenever the state of some image does, or which note shows which image. */
  readonly revision: ReadonlySignal<number>;

  /** One image's state; `undefined` where it was not found. The same signal for the same path. */
  image(path: VaultPath): ReadonlySignal<ImageState | undefined>;
  /** How the image at a path stands now, also one that is away. */
  at(path: VaultPath): ShownState | undefined;
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
  const totals = signal<Totals>(NO_IMAGES);
  const missing = signal<readonly MissingImage[]>([]);
  const only = signal<readonly MissingImage[]>([]);
  const away = computed<readonly AwayImage[]>(() => [
    ...missing.value.map((image) => ({ ...image, is: "missing" as const })),
    ...only.value.map((image) => ({ ...image, is: "only" as const })),
  ]);
  /** How many are missing under each name that notes ask for. */
  const missingAs = computed<ReadonlyMap<VaultPath, number>>(() => {
    const counts = new Map<VaultPath, number>();
    for (const { path } of missing.value) counts.set(path, (counts.get(path) ?? 0) + 1);
    return counts;
  });
  const hold = signal<Hold | undefined>(undefined);
  const account = signal<Account | undefined>(undefined);
  const run = signal<Run>({ is: "resting" });
  const looked = signal(false);
  const revision = signal(0);
  const wantingFound = signal(0);
  const wanting = computed(() => wantingFound.value + missing.value.length);
  const standing = computed<Standing>(() => ({
    looked: looked.value,
    totals: totals.value,
    wanting: wanting.value,
    hold: hold.value,
    run: run.value,
  }));
  const states = new Map<VaultPath, ImageState>();
  /** Signals of those images only that somebody asked for. */
  const imageSignals = new Map<VaultPath, Signal<ImageState | undefined>>();
  const noteSignals = new Map<VaultPath, ReadonlySignal<NoteState>>();
  /** Which note shows which image; a new object whenever that has changed. */
  const links = signal({ in: noteImages });
  /** Images that came to rest in this run. */
  const done = new Set<VaultPath>();

  const enter = (entered: ReadonlyMap<VaultPath, ImageState | undefined>): void => {
    const counted = { ...totals.peek() };
    let counting = wantingFound.peek();
    entered.forEach((state, path) => {
      const before = states.get(path);
      countMove(counted, before?.is, state?.is);
      counting += Number(needsAttention(state)) - Number(needsAttention(before));
      if (state === undefined) states.delete(path);
      else states.set(path, state);
      if (state === undefined || isMoving(state)) done.delete(path);
      else if (isMoving(before)) done.add(path);
      const watched = imageSignals.get(path);
      if (watched) watched.value = state;
    });
    totals.value = counted;
    wantingFound.value = counting;
    revision.value += 1;
    goOn({ done: done.size });
  };

  /** Takes in how far a run is; where none is on, nothing. */
  const goOn = (change: { readonly done: number } | { readonly bytes: number }): void => {
    const now = run.peek();
    if (now.is === "running") run.value = { ...now, ...change };
  };

  const fold = (event: BackupEvent): void => {
    switch (event.type) {
      case "images":
        enter(event.states);
        return;
      case "looked-through":
        looked.value = true;
        return;
      case "account-seen":
        return;
      case "hold":
        hold.value = event.hold;
        return;
      case "account":
        account.value = event.account;
        return;
      case "sent":
        goOn({ bytes: event.bytes });
        return;
      case "run-began":
        done.clear();
        run.value = { is: "running", began: event.at, done: 0, bytes: 0 };
        return;
      case "run-ended": {
        const now = run.peek();
        if (now.is !== "running") return;
        const { is: _, ...last } = now;
        run.value = { is: "resting", last: { ...last, ended: event.at } };
      }
    }
  };

  const image = (path: VaultPath): ReadonlySignal<ImageState | undefined> => {
    let found = imageSignals.get(path);
    if (!found) imageSignals.set(path, (found = signal(states.get(path))));
    return found;
  };

  /** Reads signals. */
  const noteNow = (note: VaultPath, stateOf: (image: VaultPath) => ImageState | undefined): NoteState => {
    const notes = links.value.in;
    const found = notes
      .imagesOf(note)
      .map(stateOf)
      .filter((state) => state !== undefined);
    const counts = missingAs.value;
    const lost = counts.size === 0 ? [] : (notes.lost().get(note) ?? []);
    return noteState(
      found,
      lost.reduce((sum, path) => sum + (counts.get(path) ?? 0), 0),
    );
  };

  return {
    totals,
    missing,
    only,
    away,
    wanting,
    hold,
    account,
    run,
    looked,
    revision,
    headline: computed(() => headlineOf(standing.value)),
    settled: computed(() => isSettled(standing.value)),
    image,
    at: (path) => states.get(path) ?? away.peek().find((one) => one.path === path),
    note: (path) => {
      let found = noteSignals.get(path);
      if (!found) {
        found = computed(() => noteNow(path, (one) => image(one).value));
        noteSignals.set(path, found);
      }
      return found;
    },
    images: () => states,
    summary: () => {
      const notes = noteImages.notes().map((note) => noteNow(note, (path) => states.get(path)));
      return summaryOf(totals.peek(), missing.peek().length, states.values(), notes);
    },
    savedBytes: () => {
      const items = new Map<string, number>();
      for (const state of states.values()) {
        if (state.is === "backed-up" && state.saved !== undefined) items.set(state.item.id, state.saved);
      }
      const saved = [...items.values()].reduce((sum, bytes) => sum + bytes, 0);
      return Math.max(0, saved);
    },
    tell: (event) => batch(() => fold(event)),
    tellMissing: (asked, alone = []) => {
      if ([asked, alone, missing.peek(), only.peek()].every(({ length }) => length === 0)) return;
      batch(() => {
        missing.value = asked;
        only.value = alone;
        revision.value += 1;
      });
    },
    stop: noteImages.watch(() =>
      batch(() => {
        links.value = { in: noteImages };
        revision.value += 1;
      }),
    ),
  };
}

function isMoving(state: ImageState | undefined): boolean {
  return state?.is === "waiting" || state?.is === "uploading";
}
