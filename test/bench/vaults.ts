import fs from "node:fs";
import path from "node:path";
import { chance, photo, screenshot } from "./sized-pictures";

const KB = 1000;
const MB = 1000 * KB;

/** A vault that was made for a bench. */
export interface MadeVault {
  readonly folder: string;
  /** How many images it has, and their bytes together. */
  readonly images: number;
  readonly bytes: number;
}

/** What images of a note vault are like. */
export type Mix = "mix" | "small" | "tiny";

/** Images that stand in one note. */
const IN_A_NOTE = 5;

/** Makes a vault of that many images, each in a note, into an empty folder. The same each time. */
export async function makeVault(folder: string, images: number, mix: Mix): Promise<MadeVault> {
  fs.mkdirSync(path.join(folder, "attachments"), { recursive: true });
  let bytes = 0;
  let note = "";
  for (let index = 0; index < images; index += 1) {
    const name = `${mix} ${index}`;
    const isPhoto = mix === "mix" && index % 5 === 4;
    const between = (least: number, most: number): number => least + chance(name) * (most - least);
    const content = isPhoto
      ? await photo(name, between(MB, 6 * MB))
      : screenshot(
          name,
          mix === "mix" ? between(50 * KB, MB) : mix === "small" ? between(10 * KB, 100 * KB) : KB,
        );
    const file = `attachments/${isPhoto ? "IMG" : "Screenshot"} ${index}.${isPhoto ? "jpg" : "png"}`;
    fs.writeFileSync(path.join(folder, file), content);
    bytes += content.length;
    note += `Some words about it.\n\n![[${path.basename(file)}]]\n\n`;
    if (index % IN_A_NOTE === IN_A_NOTE - 1 || index === images - 1) {
      fs.writeFileSync(path.join(folder, `Note ${Math.floor(index / IN_A_NOTE)}.md`), note);
      note = "";
    }
  }
  return { folder, images, bytes };
}

/** Takes everything away that a run has left in a vault. */
export function cleanVault({ folder }: MadeVault): void {
  fs.rmSync(path.join(folder, ".obsidian"), { recursive: true, force: true, maxRetries: 5 });
}
