/**
 * What page and server say to each other over the socket: a JSON head and, behind it, raw bytes. Four bytes before
 * both tell the head's length.
 */

export interface Call {
  /** set on what waits for an answer */
  id?: number;
  /** the name of its bytes, where they are long */
  load?: string;
  /** what is asked for, or told */
  op: string;
  [argument: string]: unknown;
}

export interface Answer {
  answers: number;
  load?: string;
  value?: unknown;
  error?: WireError;
}

export interface WireError {
  message: string;
  code?: string;
}

export interface Message<H> {
  head: H;
  body: Uint8Array<ArrayBuffer>;
}

const none = new Uint8Array(0);

/** Bytes longer than this go by a plain request of their own: a browser masks each byte that it sends over a socket. */
export const longFrom = 256 * 1024;

export function encode(head: Call | Answer, body: Uint8Array = none): Uint8Array<ArrayBuffer> {
  const json = new TextEncoder().encode(JSON.stringify(head));
  const message = new Uint8Array(4 + json.length + body.length);
  new DataView(message.buffer).setUint32(0, json.length);
  message.set(json, 4);
  message.set(body, 4 + json.length);
  return message;
}

export function decode(message: ArrayBuffer): Message<Call | Answer> {
  const length = new DataView(message).getUint32(0);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(message, 4, length))) as Call | Answer;
  return { head, body: new Uint8Array(message, 4 + length) };
}

export const isAnswer = (head: Call | Answer): head is Answer => "answers" in head;
