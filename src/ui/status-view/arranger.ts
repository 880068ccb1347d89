import type { ReadonlySignal } from "@preact/signals-core";
import type { Component } from "obsidian";
import type { Surroundings } from "../surroundings";
import { arrange, type Arrangement, type Row } from "./arrange";

/** Arranging gives way to the editor after this long, in milliseconds. */
const SLICE = 8;

/** While images change all the time, rows are arranged anew this often at most, in milliseconds. */
const REST = 500;

/**
 * Keeps rows arranged as they are asked for, in small slices, so that the editor never waits. While they are not seen,
 * they stay as they are.
 */
export function keepArranged(
  life: Component,
  { status, noteImages }: Surroundings,
  asked: ReadonlySignal<Arrangement>,
  seen: ReadonlySignal<boolean>,
  show: (rows: readonly Row[]) => void,
): void {
  let timer: number | undefined;
  let stale = false;

  /** Begins anew at once: the person has asked for something else. */
  const begin = (): void => {
    window.clearTimeout(timer);
    timer = undefined;
    stale = false;
    goOn(arrange({ images: status.images(), away: status.away.peek(), noteImages }, asked.peek()));
  };

  const goOn = (work: Generator<void, readonly Row[]>): void => {
    const began = performance.now();
    for (;;) {
      const step = work.next();
      const spent = performance.now() - began;
      if (step.done) {
        const finish = (): void => {
          show(step.value);
          timer = window.setTimeout(rest, REST);
        };
        // Showing many rows is a task of its own; a few are shown at once.
        if (spent < SLICE / 4) finish();
        else timer = window.setTimeout(finish);
        return;
      }
      if (spent >= SLICE) {
        timer = window.setTimeout(() => goOn(work));
        return;
      }
    }
  };

  const rest = (): void => {
    timer = undefined;
    if (stale && seen.peek()) begin();
  };

  life.register(
    asked.subscribe(() => {
      stale = true;
      if (seen.peek()) begin();
    }),
  );
  life.register(
    status.revision.subscribe(() => {
      stale = true;
      // Work under way, or a rest, is followed by another round. What has told of the change is not held up.
      if (seen.peek()) timer ??= window.setTimeout(begin);
    }),
  );
  life.register(
    seen.subscribe((isSeen) => {
      if (!isSeen || !stale) return;
      // Who looks again does not wait for a rest to end. Not at once: rows must not change while sizes are told.
      window.clearTimeout(timer);
      timer = window.setTimeout(begin);
    }),
  );
  life.register(() => window.clearTimeout(timer));
}
