import { inSlices, type ShownState, type VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { sayImage, sentences } from "../wording";

/** One image of the report. What is not known is left out. */
export interface ReportRow {
  readonly image: VaultPath;
  readonly state: ShownState["is"];
  /** The state, and what it means, in words. */
  readonly said: string;
  readonly notes: readonly VaultPath[];
  /** Since when Google Photos is known to have it, ISO 8601 in UTC. */
  readonly since?: string;
  readonly quality?: "original" | "storage-saver";
  /** Its address in Google Photos, for its owner. */
  readonly address?: string;
}

/**
 * Every image of the vault, and those that Google Photos alone has, by path; made in slices, as there may be thousands.
 *
 * @param as  what is made of each
 */
export async function reportRows<Row>(
  around: Surroundings,
  as: (row: ReportRow) => Row,
): Promise<readonly Row[]> {
  const { status, noteImages } = around;
  await inSlices(noteImages.gather(), around, () => undefined);
  const paths = [...status.images().keys(), ...status.away.peek().map(({ path }) => path)];
  const rows: Row[] = [];
  // Texts alone are sorted many times as fast as what has them.
  await inSlices(paths.sort(), around, (image) => {
    const state = status.at(image);
    if (!state) return;
    const { title, detail } = sayImage(state, around);
    const notes = noteImages.notesShowing(image);
    rows.push(as({ image, state: state.is, said: sentences(title, detail), notes, ...aboutItem(state) }));
  });
  return rows;
}

function aboutItem(state: ShownState): Pick<ReportRow, "since" | "quality" | "address"> {
  if (!("item" in state)) return {};
  const { since, recipe, url } = state.item;
  return {
    since: new Date(since).toISOString(),
    quality: recipe.startsWith("s") ? "storage-saver" : "original",
    address: url,
  };
}
