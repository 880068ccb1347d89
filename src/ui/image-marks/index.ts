import type { Plugin } from "obsidian";
import type { Surroundings } from "../surroundings";
import { addEditorMarks } from "./editor-marks";
import { addReadingMarks } from "./reading-marks";

/** Puts a small mark on each embedded image. */
export function addImageMarks(plugin: Plugin, around: () => Surroundings): void {
  addEditorMarks(plugin, around);
  addReadingMarks(plugin, around);
}
