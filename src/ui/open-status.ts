import type { VaultPath } from "../model";
import type { Arrangement } from "./status-view/arrange";
import type { Surroundings } from "./surroundings";

export const STATUS_VIEW = "vault-image-backup-status";

/** Shows the status view in the right sidebar, where it is not open yet: all images, or what a search for a note finds. */
export async function openStatus({ app }: Surroundings, note?: VaultPath): Promise<void> {
  const { workspace } = app;
  const leaf = workspace.getLeavesOfType(STATUS_VIEW)[0] ?? workspace.getRightLeaf(false);
  if (!leaf) return;
  const state: Partial<Arrangement> =
    note === undefined ? { query: "" } : { query: note, groupBy: "note", filter: "all" };
  await leaf.setViewState({ type: STATUS_VIEW, active: true, state: { ...state } });
  await workspace.revealLeaf(leaf);
}

/** Whether the status view is in sight: in front of other tabs, in a sidebar that is open. */
export function isStatusInSight({ app: { workspace } }: Surroundings): boolean {
  return workspace.getLeavesOfType(STATUS_VIEW).some((leaf) => {
    // On phones the drawer is the parent.
    const isAway = [leaf.getRoot(), leaf.parent].some((at) => "collapsed" in at && at.collapsed === true);
    return !isAway && leaf.view.containerEl.isShown();
  });
}
