import { anObject, aText, embedsInText, listOf, optional, readJson, type VaultPath } from "../model";

const canvas = anObject({
  nodes: listOf(anObject({ type: aText, file: optional(aText), text: optional(aText) })),
});

/** What a canvas shows. */
export interface CanvasContent {
  readonly files: readonly VaultPath[];
  /** What its text cards embed, as their links name it. */
  readonly links: readonly string[];
}

/** Reads a canvas from its JSON (jsoncanvas.org). A damaged one shows nothing. */
export function readCanvas(content: string): CanvasContent {
  const { nodes = [] } = readJson(canvas, content) ?? {};
  const files = nodes.flatMap(({ type, file = [] }) => (type === "file" ? file : []));
  const links = nodes.flatMap(({ type, text = "" }) => (type === "text" ? embedsInText(text) : []));
  return { files, links };
}
