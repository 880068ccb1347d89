import { PhotosError, type Account } from "../model";
import type { SignInEnd } from "./kept";
import type { ScopeName } from "./scopes";
import type { Transport } from "./transport";

/** What "Test the connection" found. */
export type ConnectionTest =
  | { readonly is: "works"; readonly account: Account; readonly missing: readonly ScopeName[] }
  /** The error's kind and refusal say what to do; `end` says why a sign-in has ended, where one did. */
  | { readonly is: "failed"; readonly error: PhotosError; readonly end?: SignInEnd };

/**
 * Makes a real call that costs nothing but itself: the first of this client's albums (fact sheet §4.3).
 *
 * @throws the signal's reason, where the caller gave up
 */
export async function testConnection(
  transport: Transport,
  signIn: {
    account(signal: AbortSignal): Promise<Account>;
    missing(): readonly ScopeName[];
    end(): SignInEnd | undefined;
  },
  signal: AbortSignal,
): Promise<ConnectionTest> {
  try {
    const url = "https://photoslibrary.googleapis.com/v1/albums?pageSize=1";
    await transport.send({ kind: "read", method: "GET", url, timeout: 60_000 }, signal);
    return { is: "works", account: await signIn.account(signal), missing: signIn.missing() };
  } catch (error) {
    if (!(error instanceof PhotosError)) throw error;
    const end = signIn.end();
    return { is: "failed", error, ...(end === undefined ? {} : { end }) };
  }
}
