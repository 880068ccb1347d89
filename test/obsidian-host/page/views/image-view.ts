import type * as obs from "obsidian";
import { FileView } from "./file-view";

/** Shows an image file in a tab. */
export class ImageView extends FileView {
  override getViewType(): string {
    return "image";
  }

  override getDisplayText(): string {
    return this.file?.name ?? "No file";
  }

  override canAcceptExtension(extension: string): boolean {
    return imageViewExtensions.includes(extension);
  }

  override onLoadFile(file: obs.TFile): Promise<void> {
    this.icon = "lucide-image";
    this.contentEl.empty();
    const container = this.contentEl.createDiv("image-container");
    container.createEl("img", { attr: { src: this.app.vault.getResourcePath(file), alt: file.name } });
    return Promise.resolve();
  }
}

export const imageViewExtensions = ["avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp"];
