/**
 * What kind of call it was, since the same answer can mean different things.
 *
 * - `token`   code exchange, refresh, revoke
 * - `upload`  bytes; nothing is made by them
 * - `create`  makes something that cannot be taken back: media items, an album
 * - `album`   is about one album that may be gone; may be repeated
 * - `item`    is about one media item that may be gone; may be repeated
 * - `read`    anything else; may be repeated
 */
export type CallKind = "token" | "upload" | "create" | "album" | "item" | "read";

/** An answer that has arrived whole. */
export interface Reply {
  /** What was asked. */
  readonly kind: CallKind;
  readonly status: number;
  /** By names in lower case. */
  readonly headers: { get(name: string): string | null | undefined };
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** When it came, milliseconds since 1970. */
  readonly at: number;
}

/** An answer's body as text. */
export function textOf({ bytes }: Pick<Reply, "bytes">): string {
  return new TextDecoder().decode(bytes);
}

/** Whether Google did what it was asked. */
export function isDone({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}
