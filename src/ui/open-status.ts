import type { VaultPath } from "../model";
import type { Surroundings } from "./surroundings";

export const STATUS_VIEW = "vault-image-backup-status";

/** Shows the status view in the right sidebar, where it is not open yet: as it was left, or the images of a note. */
export async function openStatus({ app }: Surroundings, note?: VaultPath): Promise<void> {
  const { workspace } = app;
  const leaf = workspace.getLeavesOfType(STATUS_VIEW)[0] ?? workspace.getRightLeaf(false);
  if (!leaf) return;
  await leaf.setViewState({ type: STATUS_VIEW, active: true, state: { note } });
  await workspace.revealLeaf(leaf);
  // A menu that it was chosen in has gone with the focus.
  if (note !== undefined) leaf.view.containerEl.querySelector<HTMLElement>(".vib-list")?.focus();
}

/** Whether the status view is in sight: in front of other tabs, in a sidebar that is open. */
export function isStatusInSight({ app: { workspace } }: Surroundings): boolean {
  return workspace.getLeavesOfType(STATUS_VIEW).some((leaf) => {
    // On phones the drawer is the parent.
    const isAway = [leaf.getRoot(), leaf.parent].some((at) => "collapsed" in at && at.collapsed === true);
    return !isAway && leaf.view.containerEl.isShown();
  });
}
