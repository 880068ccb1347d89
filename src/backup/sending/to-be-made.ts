import { cutTo, neutralName, recipeKey, type NewMediaItem } from "../../model";
import type { Context } from "../context";
import { planRead } from "../planning/plan-read";
import type { ReadyItem } from "./batch";

/** Google's limit for a description is below 1000 characters (fact sheet §4.1). */
const LONGEST_DESCRIPTION = 999;

/**
 * An item as its bytes lie in the vault now: their file may have been moved since they were read. `undefined` where no file
 * has them any more, or none that is still to be sent in this way.
 */
export function asItLies(item: ReadyItem, context: Context): ReadyItem | undefined {
  const { account, fingerprint, recipe } = item;
  const { catalogue, index } = context;
  const path = [item.path, ...catalogue.pathsOf(fingerprint)].find((one) => {
    const found = catalogue.get(one);
    if (found?.fingerprint !== fingerprint) return false;
    const step = planRead(found, fingerprint, account, context);
    return step.do === "send" && recipeKey(step.recipe) === recipe && context.isWanted(one);
  });
  return path === undefined
    ? undefined
    : { ...item, path, replaces: index.last(path)?.before ?? item.replaces };
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
