import { closeSync, existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./change";

/** A part of the service whose state is the sum of the changes it has been told. */
export interface Applies {
  apply(change: Change): void;
}

function read(line: string, where: string): Change {
  try {
    // Every line was written by `write`, which takes nothing else.
    return JSON.parse(line) as Change;
  } catch {
    throw new Error(`${where}: not a line of the emulator's journal. Move the folder aside to start anew.`);
  }
}

/**
 * The service's memory: every change is one line, written before it takes effect. With a folder the lines
 * are on disk when `write` returns (in the system's hands, so that killing the process loses nothing);
 * a tail torn by a kill is cut off on opening, as nobody was told of it.
 */
export class Journal {
  readonly #parts: Applies[] = [];
  readonly #file: number | undefined;
  #past: Change[] = [];

  constructor(folder?: string) {
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true });
    const path = join(folder, "journal.jsonl");
    if (existsSync(path)) {
      const bytes = readFileSync(path);
      const end = bytes.lastIndexOf(0x0a) + 1;
      if (end < bytes.length) truncateSync(path, end);
      const lines = bytes.subarray(0, end).toString("utf8").split("\n");
      this.#past = lines.slice(0, -1).map((line, at) => read(line, `${path}, line ${at + 1}`));
    }
    this.#file = openSync(path, "a");
  }

  /** Tells the parts all that happened before this start; called once, when every part is there. */
  replay(...parts: Applies[]): readonly Change[] {
    this.#parts.push(...parts);
    const past = this.#past;
    this.#past = [];
    for (const change of past) for (const part of parts) part.apply(change);
    return past;
  }

  write(change: Change): void {
    if (this.#file !== undefined) {
      const line = Buffer.from(`${JSON.stringify(change)}\n`);
      let written = 0;
      while (written < line.length) written += writeSync(this.#file, line, written);
    }
    for (const part of this.#parts) part.apply(change);
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
  }
}
