import { PhotosError } from "../model";
import { refusalOf } from "./errors";
import { sendForm, type Wires } from "./exchange";
import { isDone, textOf } from "./reply";

const REVOKE = "https://oauth2.googleapis.com/revoke";

/**
 * Ends the person's whole consent to the project, on every device (fact sheet §1.4). A token that is dead ends
 * nothing: other devices may have others. The auth client would put the token into the address, where logs keep it.
 *
 * @throws PhotosError  `signed-out` where the token is dead; where Google could not be asked
 */
export async function revokeConsent(token: string, wires: Wires, signal: AbortSignal): Promise<void> {
  const reply = await sendForm(wires, REVOKE, new URLSearchParams({ token }), signal);
  if (isDone(reply)) return;
  if (/"invalid_token"/.test(textOf(reply))) throw new PhotosError("signed-out", { ended: true });
  throw refusalOf(reply);
}
