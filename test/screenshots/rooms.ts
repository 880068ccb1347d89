import { cruise, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import fs from "node:fs";
import path from "node:path";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PAGE = path.join(PROJECT, "docs", "ARCHITECTURE.md");

const BEGIN = "<!-- rooms: drawn by npm run screenshots -->\n";
const END = "<!-- /rooms -->";

/** Draws which room of `src/` uses which, as the code has it, for Mermaid. */
export async function drawRooms(): Promise<string> {
  const options = await extractOptions(path.join(PROJECT, ".dependency-cruiser.cjs"));
  const { output } = await cruise(["src"], { ...options, baseDir: PROJECT });
  const arrows = new Set<string>();
  for (const { source, dependencies } of (output as ICruiseResult).modules) {
    for (const { resolved } of dependencies) {
      const [from, to] = [placeOf(source), placeOf(resolved)];
      if (from !== undefined && to !== undefined && from !== to) arrows.add(`  ${from} --> ${to}`);
    }
  }
  return ["```mermaid", "flowchart TD", ...[...arrows].sort(), "```", ""].join("\n");
}

/** A room, main.ts, or one of the two worlds outside; `undefined` for what is in no picture, such as small packages. */
function placeOf(file: string): string | undefined {
  if (file === "src/main.ts") return "main.ts";
  const room = /^src\/([^/]+)\//.exec(file)?.[1];
  if (room !== undefined) return room;
  if (/(^|\/)obsidian(\/|$)/.test(file)) return "obsidian([Obsidian])";
  return /(^|\/)google-auth-library\//.test(file) ? "library([google-auth-library])" : undefined;
}

/** The picture that the page holds now. */
export function drawnRooms(): string {
  const page = fs.readFileSync(PAGE, "utf8");
  return page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)).trim();
}

/** Draws the picture anew into the page. */
export async function redrawRooms(tell: (line: string) => void): Promise<void> {
  const page = fs.readFileSync(PAGE, "utf8");
  const [before, after] = [page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)];
  fs.writeFileSync(PAGE, `${page.slice(0, before)}\n${await drawRooms()}\n${page.slice(after)}`);
  tell(path.relative(PROJECT, PAGE));
}
