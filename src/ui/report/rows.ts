import type { ImageState, MediaItem, MissingImage, VaultPath } from "../../model";
import type { Surroundings } from "../surroundings";
import { sayAway, sayImage } from "../wording";

/** One image of the report. What is not known is left out. */
export interface ReportRow {
  readonly image: VaultPath;
  readonly state: ImageState["is"] | "missing" | "only";
  /** The state, and what it means, in words. */
  readonly said: string;
  readonly notes: readonly VaultPath[];
  /** Since when Google Photos is known to have it, ISO 8601 in UTC. */
  readonly since?: string;
  readonly quality?: "original" | "storage-saver";
  /** Its address in Google Photos, for its owner. */
  readonly address?: string;
}

/** Every image of the vault, and those that Google Photos alone has, by path. */
export function reportRows(around: Surroundings): readonly ReportRow[] {
  const { status, say, noteImages } = around;
  const rows: ReportRow[] = [];
  for (const [image, state] of status.images()) {
    const item = state.is === "backed-up" || state.is === "removed" ? state.item : undefined;
    const { title, detail } = sayImage(state, around);
    const notes = noteImages.notesShowing(image);
    rows.push({ image, state: state.is, said: `${title}. ${detail}`, notes, ...(item && about(item)) });
  }
  const addAway = (state: "missing" | "only", images: readonly MissingImage[]): void => {
    const { title, detail } = sayAway(state === "only", say);
    for (const { path, item } of images) {
      const notes = noteImages.notesAsking(path);
      rows.push({ image: path, state, said: `${title}. ${detail}`, notes, ...about(item) });
    }
  };
  addAway("missing", status.missing.peek());
  addAway("only", status.only.peek());
  return rows.sort((one, other) => (one.image < other.image ? -1 : 1));
}

function about({ since, recipe, url }: MediaItem): Pick<ReportRow, "since" | "quality" | "address"> {
  return {
    since: new Date(since).toISOString(),
    quality: recipe.startsWith("s") ? "storage-saver" : "original",
    address: url,
  };
}
