import type { App } from "../obsidian/app";
import { Platform } from "../obsidian/platform";
import {
  WorkspaceFloating,
  WorkspaceMobileDrawer,
  WorkspaceRibbon,
  WorkspaceRoot,
  WorkspaceSidedock,
} from "./items";

export interface WorkspaceParts {
  el: HTMLElement;
  root: WorkspaceRoot;
  left: WorkspaceSidedock | WorkspaceMobileDrawer;
  right: WorkspaceSidedock | WorkspaceMobileDrawer;
  floating: WorkspaceFloating;
  ribbon: WorkspaceRibbon;
  ribbonEl: HTMLElement;
}

/** Lays out the page: ribbon, left side, the middle, right side; drawers in place of the sides on a phone. */
export function buildWorkspace(_app: App, parentEl: HTMLElement): WorkspaceParts {
  const el = parentEl.createDiv("workspace");
  const ribbonEl = createDiv("workspace-ribbon side-dock-ribbon mod-left");
  const root = new WorkspaceRoot(createDiv());
  const side = (name: "left" | "right"): WorkspaceSidedock | WorkspaceMobileDrawer =>
    Platform.isMobile
      ? new WorkspaceMobileDrawer(root, createDiv(), name)
      : new WorkspaceSidedock(root, createDiv(), name);
  const left = side("left");
  const right = side("right");
  root._el.setAttr("role", "main");
  left._el.setAttrs({ role: "complementary", "aria-label": "Left sidebar" });
  right._el.setAttrs({ role: "complementary", "aria-label": "Right sidebar" });
  ribbonEl.setAttrs({ role: "navigation", "aria-label": "Ribbon" });
  el.append(ribbonEl, left._el, root._el, right._el);
  return {
    el,
    root,
    left,
    right,
    floating: new WorkspaceFloating(),
    ribbon: new WorkspaceRibbon(),
    ribbonEl,
  };
}
