import type { Surroundings } from "../surroundings";
import { addEditorMarks } from "./editor-marks";
import { addReadingMarks } from "./reading-marks";

/** Puts a small mark on each embedded image. */
export function addImageMarks(around: Surroundings): void {
  addEditorMarks(around);
  addReadingMarks(around);
}
