/** What we ask for (fact sheet §2), and what each is needed for. */
export const SCOPES = {
  /** Sends images and makes albums. */
  append: "https://www.googleapis.com/auth/photoslibrary.appendonly",
  /** Looks what this client has sent before. */
  read: "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata",
  /** Puts images into albums and takes them out. */
  edit: "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata",
  /** Shows whose account it is. */
  email: "https://www.googleapis.com/auth/userinfo.email",
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
  if (granted === undefined) return [];
  return (Object.keys(SCOPES) as ScopeName[]).filter((name) => !isGranted(name, granted));
}
