import { joined, textBytes, uint32, uint32Bytes, hasText, type Bytes } from "../content/bytes";

/** One change of a file: at a place of the local one, so many bytes are taken out and these put in. */
export interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Bytes;
}

export const insert = (at: number, inserted: Bytes): Edit => ({ at, removed: 0, inserted });

/** Puts bytes in the place of as many. */
export const overwrite = (at: number, inserted: Bytes): Edit => ({ at, removed: inserted.length, inserted });

/** The file after the edits, which stand in order and do not overlap, as pieces; the unchanged ones are not copied. */
export function applied(local: Bytes, edits: readonly Edit[]): readonly Bytes[] {
  const pieces: Bytes[] = [];
  let at = 0;
  for (const edit of edits) {
    pieces.push(local.subarray(at, edit.at), edit.inserted);
    at = edit.at + edit.removed;
  }
  pieces.push(local.subarray(at));
  return pieces;
}

/** Says that what follows was put in by us; the number is that of the record's form. */
const NAME = "vault-image-backup date 1\0";

/**
 * The record that leads back: for each edit its distance from the end of the one before, how long what was put in is,
 * and the bytes that were taken out (never more than 255). It is part of one edit itself, and its length depends only
 * on how many edits there are and how much they take out.
 */
export function undoRecord(local: Bytes, edits: readonly Edit[]): Bytes {
  let shift = 0;
  let behind = 0;
  const steps = edits.map((edit) => {
    const at = edit.at + shift;
    const step = joined([
      uint32Bytes(at - behind),
      uint32Bytes(edit.inserted.length),
      Uint8Array.of(edit.removed),
      local.subarray(edit.at, edit.at + edit.removed),
    ]);
    behind = at + edit.inserted.length;
    shift += edit.inserted.length - edit.removed;
    return step;
  });
  return joined([textBytes(NAME), Uint8Array.of(edits.length), ...steps]);
}

/** Whether these bytes are a record of ours. */
export function isUndoRecord(bytes: Uint8Array): boolean {
  return hasText(bytes, 0, NAME);
}

export interface Undone {
  /** The local file, piece by piece. */
  readonly pieces: readonly Bytes[];
  /** The edits that led from the local file to the sent one. */
  readonly edits: readonly Edit[];
}

/** Goes back to the local file by the record; `undefined` where the record makes no sense for this file. */
export function undone(sent: Bytes, record: Uint8Array): Undone | undefined {
  const pieces: Bytes[] = [];
  const edits: Edit[] = [];
  let from = NAME.length + 1;
  let at = 0;
  let shift = 0;
  for (let step = 0; step < (record[NAME.length] ?? 0); step += 1) {
    const start = at + uint32(record, from);
    const end = start + uint32(record, from + 4);
    const removed = record[from + 8] ?? 0;
    const back = record.slice(from + 9, from + 9 + removed);
    if (end > sent.length || back.length !== removed) return undefined;
    pieces.push(sent.subarray(at, start), back);
    edits.push({ at: start - shift, removed, inserted: sent.subarray(start, end) });
    shift += end - start - removed;
    at = end;
    from += 9 + removed;
  }
  return { pieces: [...pieces, sent.subarray(at)], edits };
}

/** What edits put in is short: it is compared as text. */
export function sameEdits(one: readonly Edit[], other: readonly Edit[]): boolean {
  const [text, otherText] = [one, other].map((edits) =>
    edits.map(({ at, removed, inserted }) => [at, removed, ...inserted].join()).join(";"),
  );
  return text === otherText;
}
