import type { AccountKey, Fingerprint } from "../../model";
import type { Context } from "../context";
import type { FoundImage } from "./catalogue";
import { planImage, type Step } from "./plan";

/** What is to be done with an image whose bytes have this fingerprint, by the settings and the ledger of now. */
export function planRead(
  { image }: FoundImage,
  fingerprint: Fingerprint,
  account: AccountKey,
  { index, ledger, ports, settings }: Pick<Context, "index" | "ledger" | "ports" | "settings">,
): Step {
  const record = ledger.known(account, fingerprint);
  const skip = index.known(image.path, image)?.skip;
  return planImage(image, { fingerprint, record, skip }, settings(), ports.limits.isPhone);
}
