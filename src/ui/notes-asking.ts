import type { NoteImages, VaultPath } from "../model";

/** Notes that ask for an image which the vault has not. */
export function notesAsking(image: VaultPath, lost: ReturnType<NoteImages["lost"]>): readonly VaultPath[] {
  return [...lost].filter(([, images]) => images.includes(image)).map(([note]) => note);
}
