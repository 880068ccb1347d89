import type { ReadonlySignal } from "@preact/signals-core";
import { Component } from "obsidian";
import type { VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { arrange, type Arrangement, type Row, type Shelf } from "./arrange";

/** Arranging gives way to the editor after this long, in milliseconds. */
const SLICE = 8;

/** While images change all the time, rows are arranged anew this often at most, in milliseconds. */
const REST = 500;

/** Keeps rows arranged as they are asked for, in small slices, so that the editor never waits. */
export class Arranger extends Component {
  #timer: number | undefined;
  #work: Generator<void, readonly Row[]> | undefined;
  #stale = false;

  constructor(
    private readonly around: Surroundings,
    private readonly asked: ReadonlySignal<Arrangement>,
    private readonly show: (rows: readonly Row[], asked: Arrangement) => void,
  ) {
    super();
  }

  override onload(): void {
    this.register(this.asked.subscribe(() => this.#begin()));
    this.register(this.around.status.revision.subscribe(() => this.#noteChange()));
    this.register(() => window.clearTimeout(this.#timer));
  }

  /** Begins anew at once: the person has asked for something else. */
  #begin(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#stale = false;
    this.#work = arrange(this.#shelf(), this.asked.peek());
    this.#go();
  }

  #noteChange(): void {
    this.#stale = true;
    // Work under way, or a rest, is followed by another round. What has told of the change is not held up.
    this.#timer ??= window.setTimeout(() => this.#begin());
  }

  #go(): void {
    const began = performance.now();
    const asked = this.asked.peek();
    for (;;) {
      const step = this.#work?.next();
      if (step === undefined) return;
      if (step.done) {
        this.#work = undefined;
        // Showing many rows is a task of its own; a few are shown at once.
        if (performance.now() - began < SLICE / 4) this.#finish(step.value, asked);
        else this.#timer = window.setTimeout(() => this.#finish(step.value, asked), 0);
        return;
      }
      if (performance.now() - began >= SLICE) {
        this.#timer = window.setTimeout(() => this.#go(), 0);
        return;
      }
    }
  }

  #finish(rows: readonly Row[], asked: Arrangement): void {
    this.show(rows, asked);
    this.#timer = window.setTimeout(() => this.#rest(), REST);
  }

  #rest(): void {
    this.#timer = undefined;
    if (this.#stale) this.#begin();
  }

  #shelf(): Shelf {
    const { status, noteImages } = this.around;
    return {
      images: status.images(),
      missing: status.missing.peek(),
      only: status.only.peek(),
      notesShowing: (image) => noteImages.notesShowing(image),
      gather: () => noteImages.gather(),
      notesMissing: (image) => notesAsking(noteImages.lost(), image),
    };
  }
}

function notesAsking(
  lost: ReadonlyMap<VaultPath, readonly VaultPath[]>,
  image: VaultPath,
): readonly VaultPath[] {
  return [...lost].filter(([, images]) => images.includes(image)).map(([note]) => note);
}
