import { randomUUID } from "node:crypto";

/** Long bytes on their way between page and server beside the socket, each until it is fetched once. */
export class Loads {
  readonly #waiting = new Map<string, Uint8Array>();

  /** Answers the name under which the other side finds them. */
  put(bytes: Uint8Array): string {
    const name = randomUUID();
    this.#waiting.set(name, bytes);
    return name;
  }

  /** @throws Error where there are none of that name */
  take(name: string): Uint8Array {
    const bytes = this.#waiting.get(name);
    if (bytes === undefined) throw new Error("There are no such bytes");
    this.#waiting.delete(name);
    return bytes;
  }
}
