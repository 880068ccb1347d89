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
  /** Something has changed since the last round began. */
  let stale = false;
  /** A round that is to begin, is under way, or rests. */
  let timer: number | undefined;

  /** Begins another round, where there is need of one, once the one before has rested. */
  const begin = (): void => {
    if (stale && seen.peek()) timer ??= window.setTimeout(round);
  };

  /** The same, in place of the round that is under way or rests: the person has asked for something, or looks again. */
  const beginNow = (): void => {
    window.clearTimeout(timer);
    timer = undefined;
    begin();
  };

  const round = (): void => {
    stale = false;
    goOn(arrange({ images: status.images(), away: status.away.peek(), noteImages }, asked.peek()));
  };

  const goOn = (work: Generator<void, readonly Row[]>): void => {
    const began = performance.now();
    let step = work.next();
    while (step.done !== true && performance.now() - began < SLICE) step = work.next();
    const rows = step.value;
    // Showing many rows is a task of its own.
    timer = window.setTimeout(() => {
      if (rows) {
        show(rows);
        timer = window.setTimeout(beginNow, REST);
      } else {
        goOn(work);
      }
    });
  };

  life.register(
    asked.subscribe(() => {
      stale = true;
      beginNow();
    }),
  );
  life.register(
    status.revision.subscribe(() => {
      stale = true;
      begin();
    }),
  );
  life.register(
    seen.subscribe(() => {
      if (stale) beginNow();
    }),
  );
  life.register(() => window.clearTimeout(timer));
}
