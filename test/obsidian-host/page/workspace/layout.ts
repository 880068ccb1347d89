import type { ViewState } from "obsidian";
import type { WorkspaceLeaf } from "./leaf";
import type { Workspace } from "./workspace";

interface SavedLeaf extends ViewState {
  title: string;
  front: boolean;
}

/** The layout as it is kept from run to run: the middle's tabs and both sides'. */
export interface Layout {
  main: SavedLeaf[];
  left: SavedLeaf[];
  right: SavedLeaf[];
  open: { left: boolean; right: boolean };
}

function save(leaves: WorkspaceLeaf[]): SavedLeaf[] {
  return leaves
    .filter((leaf) => leaf.view.getViewType() !== "empty" && leaf.view.getViewType() !== "file-explorer")
    .map((leaf) => ({ ...leaf.getViewState(), title: leaf.getDisplayText(), front: leaf._isFront() }));
}

export function readLayout(workspace: Workspace): Layout {
  return {
    main: save(workspace.rootSplit._leaves()),
    left: save(workspace.leftSplit._leaves()),
    right: save(workspace.rightSplit._leaves()),
    open: { left: !workspace.leftSplit.collapsed, right: !workspace.rightSplit.collapsed },
  };
}

/** Puts the leaves back. Views that are not in front, or whose side is closed, are deferred, as in Obsidian. */
export async function restoreLayout(workspace: Workspace, layout: Layout): Promise<void> {
  const put = async (
    saved: SavedLeaf[],
    make: () => WorkspaceLeaf | null,
    visible: boolean,
  ): Promise<void> => {
    let front: WorkspaceLeaf | null = null;
    for (const { title, front: wasFront, ...state } of saved) {
      const leaf = make();
      if (leaf === null) continue;
      leaf._defer({ ...state, active: false }, title);
      if (wasFront) front = leaf;
    }
    if (front === null) return;
    if (visible) await front.loadIfDeferred();
    front.parent._strip.select(front, visible);
  };
  let first = true;
  const main = (): WorkspaceLeaf => {
    const leaf = first ? workspace.getLeaf(false) : workspace.getLeaf("tab");
    first = false;
    return leaf;
  };
  await put(layout.main, main, true);
  await put(layout.left, () => workspace.getLeftLeaf(false), layout.open.left);
  await put(layout.right, () => workspace.getRightLeaf(false), layout.open.right);
  if (layout.open.right) workspace.rightSplit.expand();
}
