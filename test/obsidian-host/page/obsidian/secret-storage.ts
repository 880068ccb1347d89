import type { Connection } from "../connection";
import { Events } from "./events";

/** Kept by the host in its device folder, never in the vault's files or the browser's storage. */
export class SecretStorage extends Events {
  readonly #values: Map<string, string>;
  readonly #connection: Connection;

  constructor(connection: Connection, values: Record<string, string>) {
    super();
    this.#connection = connection;
    this.#values = new Map(Object.entries(values));
  }

  setSecret(id: string, secret: string): void {
    if (!/^[a-z0-9-]+$/.test(id)) {
      throw new Error("Secret ID must contain only lowercase letters, numbers and dashes");
    }
    this.#connection.askNow("/host/sync/secret", { id }, secret);
    this.#values.set(id, secret);
  }

  getSecret(id: string): string | null {
    return this.#values.get(id) ?? null;
  }

  listSecrets(): string[] {
    return [...this.#values.keys()];
  }
}
