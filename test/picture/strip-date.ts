import { recognise } from "../../src/picture/content/recognise";
import { withoutDate } from "../../src/picture/date/date-picture";

/** A file as it was before a date was written into it; one that carries no date of ours as it is. */
export function stripDate(sent: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const seen = recognise(sent, "");
  return "format" in seen ? (withoutDate(seen.format, sent) ?? sent) : sent;
}
