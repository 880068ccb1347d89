export { ObsidianNoteImages } from "./note-images";
export { createVault } from "./obsidian-vault";
