import * as v from "valibot";
import type { VaultPath } from "../model";

const canvas = v.object({
  nodes: v.array(v.looseObject({ type: v.string(), file: v.optional(v.string()) })),
});

/** The files that a canvas shows, by its JSON (jsoncanvas.org). A damaged canvas shows none. */
export function filesOfCanvas(content: string): readonly VaultPath[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return [];
  }
  const checked = v.safeParse(canvas, parsed);
  if (!checked.success) return [];
  return checked.output.nodes.flatMap(({ type, file }) =>
    type === "file" && file !== undefined ? [file] : [],
  );
}
