import { json, type Reply } from "../wire/reply";

/** The flat error of the token and revocation endpoints (fact sheet §1.6). */
export class OAuthError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    description: string,
    readonly subtype?: string,
  ) {
    super(description);
  }

  reply(): Reply {
    const reply = json(
      {
        error: this.code,
        ...(this.message === "" ? {} : { error_description: this.message }),
        ...(this.subtype === undefined ? {} : { error_subtype: this.subtype }),
      },
      this.status,
    );
    return { ...reply, headers: { ...reply.headers, "cache-control": "no-store" } };
  }
}

export const invalidGrant = (description: string, subtype?: string): OAuthError =>
  new OAuthError(400, "invalid_grant", description, subtype);
