export { createNoteImages } from "./note-images";
export { createVault } from "./obsidian-vault";
