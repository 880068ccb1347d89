import { FileView } from "./file-view";

/** A pane such as the outline: it has a file, that of the note in front, and is nothing that people go to. */
export class FollowingPane extends FileView {
  override navigation = false;
  override allowNoFile = true;

  override getViewType(): string {
    return "outline";
  }

  override canAcceptExtension(): boolean {
    return false;
  }
}
