import { badField } from "./refusal";

type Mask = Map<string, Mask>;

/** Every name that an answer of the Library API can hold, and so every name a mask may ask for. */
const known = new Set(
  (
    "* id title productUrl coverPhotoBaseUrl coverPhotoMediaItemId mediaItemsCount isWriteable albums album " +
    "nextPageToken mediaItems mediaItem mediaItemResults newMediaItemResults uploadToken status code message " +
    "details description baseUrl mimeType filename mediaMetadata creationTime width height photo video cameraMake " +
    "cameraModel focalLength apertureFNumber isoEquivalent exposureTime fps contributorInfo enrichmentItem error"
  ).split(" "),
);

/**
 * Reads a partial-response mask such as `nextPageToken,mediaItems(id,mediaMetadata/creationTime)`.
 *
 * @throws Refusal 400 with `fieldViolations` for one that cannot be read or names what does not exist
 */
export function parseMask(text: string): Mask {
  let at = 0;
  const fail = (): never => {
    throw badField(
      "fields",
      `Error expanding 'fields' parameter. Cannot find matching fields for path '${text}'.`,
    );
  };
  const name = (): string => {
    const found = /^[A-Za-z*]+/.exec(text.slice(at))?.[0];
    if (found === undefined || !known.has(found)) return fail();
    at += found.length;
    return found;
  };
  const group = (): Mask => {
    const mask: Mask = new Map();
    for (;;) {
      let inner = mask;
      for (;;) {
        const key = name();
        const next = inner.get(key) ?? new Map<string, Mask>();
        inner.set(key, next);
        inner = next;
        if (text[at] !== "/" && text[at] !== ".") break;
        at += 1;
      }
      if (text[at] === "(") {
        at += 1;
        for (const [key, value] of group()) inner.set(key, value);
        if (text[at] !== ")") fail();
        at += 1;
      }
      if (text[at] !== ",") return mask;
      at += 1;
    }
  };
  const mask = group();
  if (at !== text.length) fail();
  return mask;
}

/** What a mask leaves of an answer; lists are masked entry by entry, an empty mask leaves all. */
export function applyMask(value: unknown, mask: Mask): unknown {
  if (mask.size === 0 || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((entry: unknown) => applyMask(entry, mask));
  const star = mask.get("*");
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]: [string, unknown]) => {
      const inner = mask.get(key) ?? star;
      return inner === undefined ? [] : [[key, applyMask(entry, inner)]];
    }),
  );
}
