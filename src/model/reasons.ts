/** Why an image is not sent, until it or the settings change. */
export type SkipReason =
  | "folder" // lies in a folder that was not chosen
  | "type" // Google Photos does not take this type
  | "not-an-image" // its content is no image, whatever its name
  | "broken" // an image whose content is damaged
  | "empty"
  | "too-large" // over what Google takes: 200 MB, a video 20 GB (fact sheet §6)
  | "too-large-phone" // over the limit set for phones, on one of which this is
  | "unreadable" // the file could not be read
  | "forgotten" // the person left it out of the backup
  | "maybe-there"; // an item without our mark looks like it; the person has to say whether it is

/** Why sending an image did not work, though it should have. */
export type FailReason =
  | "connection" // no answer, or a broken one, again and again
  | "service" // Google answered with an error of its own, again and again
  | "refused" // Google refused this image for a reason we do not know
  | "changing"; // the file kept changing while it was read

/** Skipped images that do not count against a note: nobody expects them in Google Photos. */
export function isByChoice(reason: SkipReason): boolean {
  return reason === "folder" || reason === "type" || reason === "forgotten";
}
