import { randomBytes } from "node:crypto";

/** What an app asked for at the consent address, checked, until the person decides. */
export interface Asked {
  client: string;
  redirectUri: string;
  scopes: readonly string[];
  state: string | undefined;
  loginHint: string | undefined;
  challenge: string | undefined;
  method: "S256" | "plain";
}

/** Consent screens that are open. */
export class Consents {
  readonly #open = new Map<string, Asked>();

  open(asked: Asked): string {
    const id = randomBytes(18).toString("base64url");
    this.#open.set(id, asked);
    return id;
  }

  get(id: string): Asked | undefined {
    return this.#open.get(id);
  }

  close(id: string): void {
    this.#open.delete(id);
  }
}
