import { cutTo, neutralName, recipeKey, type NewMediaItem } from "../model";
import type { ReadyItem } from "./batch";
import type { Context } from "./context";
import { planRead } from "./plan-read";

/** Google's limit for a description is below 1000 characters (fact sheet §4.1). */
const LONGEST_DESCRIPTION = 999;

/** Whether a file of the vault still has the bytes, and is still to be sent in this way. */
export function isToBeMade({ account, fingerprint, recipe }: ReadyItem, context: Context): boolean {
  const { catalogue } = context;
  return catalogue.pathsOf(fingerprint).some((path) => {
    const found = catalogue.get(path);
    const step = found && planRead(found, fingerprint, account, context);
    return step?.do === "send" && recipeKey(step.recipe) === recipe && context.isWanted(path);
  });
}

/** An item under the name that the settings ask for now; its bytes may have been uploaded under others. */
export function named(item: ReadyItem, { settings }: Context): ReadyItem {
  return settings().neutralNames ? { ...item, name: neutralName(item.name) } : item;
}

/** What Google is asked to make, with the caption as the settings ask for it. */
export function newMediaItem({ token, name, path }: ReadyItem, { ports, settings }: Context): NewMediaItem {
  const caption = settings().captions ? ports.captionOf(path) : undefined;
  return { token, name, description: caption && cutTo(caption, LONGEST_DESCRIPTION) };
}
