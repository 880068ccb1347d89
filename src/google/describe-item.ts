import type { MediaItemId } from "../model";
import { API, type Transport } from "./transport";

/**
 * Gives an item another description (fact sheet §4.2). Backup says it with each create, and never changes it.
 *
 * @param description  words a person wrote; at most 999 characters
 * @throws PhotosError  `bad-item` where the item is gone
 */
export async function describeItem(
  transport: Transport,
  id: MediaItemId,
  description: string,
  signal: AbortSignal,
): Promise<void> {
  const call = {
    kind: "item",
    method: "PATCH",
    url: `${API}/mediaItems/${encodeURIComponent(id)}?updateMask=description`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ description }),
  } as const;
  await transport.send(call, signal);
}
