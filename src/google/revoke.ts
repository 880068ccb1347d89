import { refusalOf } from "./errors";
import { sendForm, type Wires } from "./exchange";
import { isDone, textOf } from "./reply";

const REVOKE = "https://oauth2.googleapis.com/revoke";

/**
 * Ends the person's whole consent to the project, on every device (fact sheet §1.4). A token that is dead already
 * counts as ended. The auth client would put the token into the address, where logs keep it.
 *
 * @throws PhotosError  where Google could not be asked
 */
export async function revokeConsent(token: string, wires: Wires, signal: AbortSignal): Promise<void> {
  const reply = await sendForm(wires, REVOKE, new URLSearchParams({ token }), signal);
  if (isDone(reply) || /"error":\s*"invalid_token"/.test(textOf(reply))) return;
  throw refusalOf(reply);
}
