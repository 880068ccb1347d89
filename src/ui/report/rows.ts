import type { ImageState, MediaItem, VaultPath } from "../../model";
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
export function reportRows({ status, words, noteImages, now }: Surroundings): readonly ReportRow[] {
  const rows: ReportRow[] = [];
  for (const [image, state] of status.images()) {
    const item = state.is === "backed-up" || state.is === "removed" ? state.item : undefined;
    const { title, detail } = sayImage(words, state, now());
    const said = `${title}. ${detail}`;
    const notes = noteImages.notesShowing(image);
    rows.push({ image, state: state.is, said, notes, ...(item && about(item)) });
  }
  const lost = [...noteImages.lost()];
  for (const only of [false, true]) {
    for (const { path, item } of only ? status.only.peek() : status.missing.peek()) {
      const { title, detail } = sayAway(words, only);
      const notes = lost.filter(([, images]) => images.includes(path)).map(([note]) => note);
      rows.push({
        image: path,
        state: only ? "only" : "missing",
        said: `${title}. ${detail}`,
        notes,
        ...about(item),
      });
    }
  }
  return rows.sort((one, other) => (one.image < other.image ? -1 : 1));
}

function about({ since, recipe, url }: MediaItem): Pick<ReportRow, "since" | "quality" | "address"> {
  return {
    since: new Date(since).toISOString(),
    quality: recipe.startsWith("s") ? "storage-saver" : "original",
    address: url,
  };
}
