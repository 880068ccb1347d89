import { batch, computed, signal, type ReadonlySignal } from "@preact/signals-core";
import {
  isComing,
  noteState,
  type AwayImage,
  type BackupEvent,
  type Hold,
  type ImageState,
  type NoteImages,
  type NoteState,
  type ShownState,
  type VaultPath,
} from "../model";
import { headlineOf, isSettled, type Headline, type Standing } from "./headline";
import type { Run } from "./run";
import { summaryOf, type Summary } from "./summary";
import { count, NO_IMAGES, type Totals } from "./totals";

/** The one observable truth that every surface reads. */
export interface Status {
  readonly totals: ReadonlySignal<Totals>;
  /** Images that are backed up and lost from the vault, each at a path of its own. */
  readonly away: ReadonlySignal<readonly AwayImage[]>;
  readonly hold: ReadonlySignal<Hold | undefined>;
  readonly run: ReadonlySignal<Run>;
  /** Whether the vault has been looked through: the totals are true from then on. */
  readonly looked: ReadonlySignal<boolean>;
  readonly headline: ReadonlySignal<Headline>;
  /** Whether the backup has come to rest. */
  readonly settled: ReadonlySignal<boolean>;
  /** Changes whenever the state of some image does, or which note shows which image. */
  readonly revision: ReadonlySignal<unknown>;

  /** One image's state; `undefined` where it was not found. */
  image(path: VaultPath): ReadonlySignal<ImageState | undefined>;
  /** How the image at a path stands now, also one that is away. */
  at(path: VaultPath): ShownState | undefined;
  /** One note's state. */
  note(path: VaultPath): ReadonlySignal<NoteState>;
  /** How a note stands now. */
  noteAt(path: VaultPath): NoteState;
  /** The paths of missing images that a note asks for now. */
  missingIn(note: VaultPath): readonly VaultPath[];
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
  /** Ends following which note shows which image. */
  stop(): void;
}

export function createStatus(noteImages: NoteImages): FedStatus {
  const tally = signal(NO_IMAGES);
  const away = signal<readonly AwayImage[]>([]);
  const awayAt = computed(() => new Map(away.value.map((one) => [one.path, one])));
  const totals = computed<Totals>(() => {
    const found = tally.value;
    // Notes may name one image in several ways.
    const lost = new Set(away.value.flatMap(({ is, item }) => (is === "missing" ? item.id : []))).size;
    const only = away.value.filter(({ is }) => is === "only").length;
    return { ...found, wanting: found.wanting + lost, missing: lost, only };
  });
  const hold = signal<Hold | undefined>(undefined);
  const run = signal<Run>({ is: "resting" });
  const looked = signal(false);
  const standing = computed<Standing>(() => ({
    looked: looked.value,
    totals: totals.value,
    hold: hold.value,
    run: run.value,
  }));
  const states = new Map<VaultPath, ImageState>();
  const revision = signal({ states });
  /** Images that came to rest in this run; what is left out meanwhile is none of it. */
  const done = new Set<VaultPath>();

  const enter = (entered: ReadonlyMap<VaultPath, ImageState | undefined>): void => {
    const counted = { ...tally.peek() };
    entered.forEach((state, path) => {
      const before = states.get(path);
      if (before) count(counted, before, -1);
      if (state) {
        count(counted, state, 1);
        states.set(path, state);
      } else {
        states.delete(path);
      }
      if (!state || isComing(state) || state.is === "skipped") done.delete(path);
      else if (isComing(before)) done.add(path);
    });
    tally.value = counted;
    revision.value = { states };
    goOn({ done: done.size });
  };

  /** Takes in how far a run is, or that it has ended; where none is on, nothing. */
  const goOn = (change: Partial<Run>): void => {
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
      case "away":
        if (event.images.length + away.peek().length === 0) return;
        away.value = event.images;
        revision.value = { states };
        return;
      case "hold":
        hold.value = event.hold;
        return;
      case "sent":
        goOn({ bytes: event.bytes });
        return;
      case "run-began":
        done.clear();
        run.value = { is: "running", began: event.at, done: 0, bytes: 0 };
        return;
      case "run-ended":
        goOn({ is: "resting", ended: event.at });
    }
  };

  /** Reads signals, as what follows does. */
  const missingIn = (note: VaultPath): readonly VaultPath[] => {
    const all = awayAt.value;
    const lost = all.size === 0 ? [] : noteImages.lostOf(note);
    return lost.filter((path) => all.get(path)?.is === "missing");
  };
  const noteAt = (note: VaultPath): NoteState => {
    const known = revision.value.states;
    const found = noteImages.imagesOf(note).flatMap((path) => known.get(path) ?? []);
    // A note may name one image in several ways.
    const lost = new Set(missingIn(note).map((path) => awayAt.value.get(path)?.item.id));
    return noteState(found, lost.size);
  };

  return {
    totals,
    away,
    hold,
    run,
    looked,
    revision,
    headline: computed(() => headlineOf(standing.value)),
    settled: computed(() => isSettled(standing.value)),
    // Asked anew at every change, which costs little: only images and notes in sight are followed.
    image: (path) => computed(() => revision.value.states.get(path)),
    at: (path) => states.get(path) ?? awayAt.peek().get(path),
    note: (path) => {
      let last: NoteState | undefined;
      return computed(() => {
        const now = noteAt(path);
        // The same object while it says the same: nobody need be told.
        return (last = last && JSON.stringify(last) === JSON.stringify(now) ? last : now);
      });
    },
    images: () => states,
    noteAt,
    missingIn,
    summary: () => {
      const notes = noteImages.notes().map(noteAt);
      return summaryOf(totals.peek(), states.values(), notes);
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
    stop: noteImages.watch(() => (revision.value = { states })),
  };
}
