import { photosErrorOf } from "./errors";
import { exchange, textOf, Unanswered, type Wires } from "./exchange";
import { readRefusal } from "./refusal-text";

const REVOKE = "https://oauth2.googleapis.com/revoke";
const TIMEOUT = 60_000;

/**
 * Ends the person's whole consent to the project, on every device (fact sheet §1.4). A token that is dead already
 * counts as ended. The auth client would put the token into the address, where logs keep it.
 *
 * @throws PhotosError  where Google could not be asked
 */
export async function revokeConsent(refreshToken: string, wires: Wires, signal: AbortSignal): Promise<void> {
  const now = (): number => wires.clock.now();
  try {
    const reply = await exchange(wires, {
      url: REVOKE,
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ token: refreshToken }).toString(),
      timeout: TIMEOUT,
      signal,
    });
    const { status, headers } = reply;
    const body = textOf(reply);
    if (status >= 200 && status < 300) return;
    if (readRefusal(body).names.includes("invalid_token")) return;
    throw photosErrorOf("token", { answered: { status, headers, body } }, now());
  } catch (error) {
    if (error instanceof Unanswered) throw photosErrorOf("token", error.seen, now());
    throw error;
  }
}
