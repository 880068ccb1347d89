import { createHash, randomBytes } from "node:crypto";
import type { Applies, Journal } from "../journal";
import type { Change, Grant } from "../change";
import type { EmulatorClock } from "../clock";
import type { Switches } from "../switches";

const day = 24 * 3600 * 1000;

export interface Client {
  id: string;
  secret: string;
}

/** Who a request with a bearer token speaks for. */
export interface Bearer {
  token: string;
  client: string;
  account: string;
  scopes: readonly string[];
}

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** A code on its way from the consent screen to the token endpoint. */
export interface Code {
  client: string;
  account: string;
  scopes: readonly string[];
  redirectUri: string;
  challenge: string | undefined;
  method: "S256" | "plain";
  until: number;
  used: boolean;
}

interface LivingGrant extends Grant {
  lastUsed: number;
  endedAt: number;
}

const random = (bytes: number): string => randomBytes(bytes).toString("base64url");

/** The number of the Cloud project a client belongs to: the digits its id begins with, else made from the id. */
export function projectOf(client: string): number {
  const digits = /^\d+/.exec(client)?.[0];
  return digits === undefined
    ? createHash("sha256").update(client).digest().readUIntBE(0, 5)
    : Number(digits.slice(0, 15));
}

/** Google's `sub`: 21 digits, the same for an account for ever. */
export const subOf = (account: string): string =>
  `1${BigInt(`0x${createHash("sha256").update(account.toLowerCase()).digest("hex")}`)
    .toString()
    .slice(0, 20)}`;

/** Clients, consents and tokens, and when each of them dies (fact sheet §1.4, §1.5). */
export class SignIns implements Applies {
  readonly clients = new Map<string, Client>();
  readonly codes = new Map<string, Code>();
  readonly #grants = new Map<string, LivingGrant>();
  readonly #access = new Map<string, { refreshToken: string; until: number }>();

  constructor(
    private readonly journal: Journal,
    private readonly clock: EmulatorClock,
    private readonly switches: Switches,
  ) {}

  apply(change: Change): void {
    if (change.is === "grant") {
      this.#grants.set(change.grant.refreshToken, {
        ...change.grant,
        lastUsed: change.grant.at,
        endedAt: Number.POSITIVE_INFINITY,
      });
    } else if (change.is === "grant-used") {
      const grant = this.#grants.get(change.refreshToken);
      if (grant !== undefined) grant.lastUsed = change.at;
    } else if (change.is === "grant-ended") {
      const grant = this.#grants.get(change.refreshToken);
      if (grant !== undefined) grant.endedAt = Math.min(grant.endedAt, change.at);
    } else if (change.is === "access") {
      this.#access.set(change.token, { refreshToken: change.refreshToken, until: change.until });
    }
  }

  /** A person has consented: a refresh token and a first access token. The 101st ends the oldest, silently. */
  grant(
    client: string,
    account: string,
    scopes: readonly string[],
    refreshToken = `1//0${random(72)}`,
  ): Tokens {
    const at = this.clock.now();
    const testing = this.switches.publishing === "testing";
    this.journal.write({ is: "grant", grant: { refreshToken, client, account, scopes, at, testing } });
    const limit = this.switches.refreshTokenLimit;
    const alive = [...this.#grants.values()].filter(
      (grant) => grant.client === client && grant.account === account && this.#alive(grant),
    );
    for (const grant of limit > 0 ? alive.slice(0, Math.max(0, alive.length - limit)) : [])
      this.#end(grant, at);
    return { refreshToken, accessToken: this.#issue(refreshToken) };
  }

  /** A new access token for a refresh token of this client; undefined where it is dead or another client's. */
  refresh(refreshToken: string, client: string): (Tokens & { scopes: readonly string[] }) | undefined {
    const grant = this.#grants.get(refreshToken);
    if (grant === undefined || grant.client !== client || !this.#alive(grant)) return undefined;
    if (this.switches.refreshRotates) {
      this.#end(grant, this.clock.now());
      return { ...this.grant(client, grant.account, grant.scopes), scopes: grant.scopes };
    }
    this.journal.write({ is: "grant-used", refreshToken, at: this.clock.now() });
    return { refreshToken, accessToken: this.#issue(refreshToken), scopes: grant.scopes };
  }

  /** Who an access token speaks for; undefined where it is unknown, expired or revoked. */
  bearer(token: string): Bearer | undefined {
    const access = this.#access.get(token);
    const grant = access === undefined ? undefined : this.#grants.get(access.refreshToken);
    if (access === undefined || grant === undefined) return undefined;
    const now = this.clock.now();
    if (now >= access.until || now >= grant.endedAt) return undefined;
    return { token, client: grant.client, account: grant.account, scopes: grant.scopes };
  }

  /**
   * Takes back a sign-in by its access or refresh token: every grant of that user to the same project dies.
   *
   * @returns false where the token stands for nothing any more
   */
  revoke(token: string): boolean {
    const grant = this.#grants.get(this.#access.get(token)?.refreshToken ?? token);
    if (grant === undefined || !this.#alive(grant)) return false;
    const from = this.clock.now() + this.switches.revokeDelayMs;
    for (const other of this.#grants.values()) {
      const sameProject = projectOf(other.client) === projectOf(grant.client);
      if (sameProject && other.account === grant.account) this.#end(other, from);
    }
    return true;
  }

  /** Ends every sign-in at once, as if each user had removed the app on Google's account page. */
  revokeAll(): void {
    for (const grant of this.#grants.values()) this.#end(grant, this.clock.now());
  }

  knows(refreshToken: string): boolean {
    return this.#grants.has(refreshToken);
  }

  newCode(code: Omit<Code, "until" | "used">): string {
    const name = `4/0A${random(54)}`;
    this.codes.set(name, { ...code, until: this.clock.now() + 10 * 60 * 1000, used: false });
    return name;
  }

  #issue(refreshToken: string): string {
    const token = `ya29.a0${random(120)}`;
    const until = this.clock.now() + this.switches.accessTokenSeconds * 1000;
    this.journal.write({ is: "access", token, refreshToken, until });
    return token;
  }

  #end(grant: LivingGrant, at: number): void {
    if (grant.endedAt > at) this.journal.write({ is: "grant-ended", refreshToken: grant.refreshToken, at });
  }

  #alive(grant: LivingGrant): boolean {
    const now = this.clock.now();
    const idle = this.switches.idleDays * day;
    if (now >= grant.endedAt) return false;
    if (idle > 0 && now - grant.lastUsed > idle) return false;
    const onlyIdentity = grant.scopes.every((name) => !name.includes("photos"));
    return !(grant.testing && !onlyIdentity && now - grant.at > 7 * day);
  }
}
