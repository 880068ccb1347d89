/** What the names of Google's scopes begin with. */
export const SCOPE_START = "https://www.googleapis.com/auth/";

/** What we ask for (fact sheet §2), and what each is needed for. */
export const SCOPES = {
  /** Sends images and makes albums. */
  append: `${SCOPE_START}photoslibrary.appendonly`,
  /** Looks what this client has sent before. */
  read: `${SCOPE_START}photoslibrary.readonly.appcreateddata`,
  /** Puts images into albums and takes them out. */
  edit: `${SCOPE_START}photoslibrary.edit.appcreateddata`,
  /** Shows whose account it is. */
  email: `${SCOPE_START}userinfo.email`,
} as const;

export type ScopeName = keyof typeof SCOPES;

/** Scope texts for the consent page; `openid` comes with the e-mail address and gives the account's own id. */
export const ASKED_SCOPES: readonly string[] = ["openid", "email", SCOPES.append, SCOPES.read, SCOPES.edit];

/** Google grants `email` under either name (fact sheet §1.9). */
function isGranted(name: ScopeName, granted: readonly string[]): boolean {
  return granted.includes(SCOPES[name]) || (name === "email" && granted.includes("email"));
}

/**
 * What the person left unticked on the consent page (fact sheet §1.8).
 *
 * @param granted  the scopes in the answer; `undefined` where the answer does not say, which means all (RFC 6749 §5.1)
 */
export function missingScopes(granted: readonly string[] | undefined): readonly ScopeName[] {
  if (!granted) return [];
  return (Object.keys(SCOPES) as ScopeName[]).filter((name) => !isGranted(name, granted));
}
