import { joined, textBytes, uint32, uint32Bytes, hasText, type Bytes } from "../content/bytes";

/** One change of a file: at a place of the local one, so many bytes are taken out and these put in. */
export interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly inserted: Bytes;
}

/** Puts bytes in the place of those up to an end. */
export const replace = (at: number, end: number, inserted: Bytes): Edit => ({
  at,
  removed: end - at,
  inserted,
});

export const insert = (at: number, inserted: Bytes): Edit => replace(at, at, inserted);

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
  let end = 0;
  const steps = edits.flatMap(({ at, removed, inserted }) => {
    const distance = at - end;
    end = at + removed;
    return [
      uint32Bytes(distance),
      uint32Bytes(inserted.length),
      Uint8Array.of(removed),
      local.subarray(at, end),
    ];
  });
  return joined([textBytes(NAME), Uint8Array.of(edits.length), ...steps]);
}

export interface Undone {
  /** The local file, piece by piece. */
  readonly pieces: readonly Bytes[];
  /** The edits that led from the local file to the sent one. */
  readonly edits: readonly Edit[];
}

/**
 * Goes back to the local file; `undefined` where the record is none of ours. One that makes no sense for this file leads to
 * edits that writing the date again does not make.
 */
export function undone(sent: Bytes, record: Uint8Array): Undone | undefined {
  if (!hasText(record, 0, NAME)) return undefined;
  const pieces: Bytes[] = [];
  const edits: Edit[] = [];
  let from = NAME.length + 1;
  let sentAt = 0;
  let localAt = 0;
  for (let step = 0; step < (record[NAME.length] ?? 0); step += 1) {
    const start = sentAt + uint32(record, from);
    const end = start + uint32(record, from + 4);
    const removed = record[from + 8] ?? 0;
    const back = record.slice(from + 9, from + 9 + removed);
    pieces.push(sent.subarray(sentAt, start), back);
    localAt += start - sentAt;
    edits.push({ at: localAt, removed, inserted: sent.subarray(start, end) });
    localAt += removed;
    sentAt = end;
    from += 9 + removed;
  }
  return { pieces: [...pieces, sent.subarray(sentAt)], edits };
}
