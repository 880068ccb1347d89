import { anObject, aText, listOf, optional, readJson, type VaultPath } from "../model";

const canvas = anObject({ nodes: listOf(anObject({ type: aText, file: optional(aText) })) });

/** The files that a canvas shows, by its JSON (jsoncanvas.org). A damaged canvas shows none. */
export function filesOfCanvas(content: string): readonly VaultPath[] {
  const { nodes = [] } = readJson(canvas, content) ?? {};
  return nodes.flatMap(({ type, file }) => (type === "file" && file !== undefined ? [file] : []));
}
