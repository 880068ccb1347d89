import type { WorkspaceWindowInitData } from "obsidian";
import { extendElementEvents, tellMigrated } from "../dom/element-events";
import { extendElements } from "../dom/elements";
import { watchTooltips } from "../obsidian/tooltip";
import { pageWindow } from "../page-window";
import { WorkspaceTabs, WorkspaceWindow } from "./items";
import type { WorkspaceLeaf } from "./leaf";
import type { Workspace } from "./workspace";

/** Moves a leaf into a window of its own, which shares the page's code and styles. */
export function openPopout(
  workspace: Workspace,
  leaf: WorkspaceLeaf,
  data: WorkspaceWindowInitData = {},
): WorkspaceWindow {
  const { width = 700, height = 600 } = data.size ?? {};
  const opened = pageWindow._openWindow("", "", `popup,width=${width},height=${height}`);
  if (opened === null) throw new Error("The browser did not open a window");
  const win = opened as Window & typeof globalThis;
  extendElements(win);
  extendElementEvents(win);
  const { document: doc } = win;
  doc.title = leaf.getDisplayText();
  for (const style of document.querySelectorAll("style")) doc.head.append(doc.importNode(style, true));
  doc.body.className = `${document.body.className} is-popout-window`;
  doc.documentElement.lang = document.documentElement.lang;
  doc.documentElement.dir = document.documentElement.dir;
  watchTooltips(doc);

  const el = doc.body
    .createDiv("app-container")
    .createDiv("horizontal-main-container")
    .createDiv("workspace");
  const popout = new WorkspaceWindow(workspace._floating, win, el.createDiv());
  workspace._floating._windows.push(popout);
  const tabs = popout._addTabs();
  moveLeaf(workspace, leaf, tabs);
  tellMigrated(leaf._containerEl, win);
  win.addEventListener("focus", () => Object.assign(window, { activeWindow: win, activeDocument: doc }));
  window.addEventListener("focus", () =>
    Object.assign(window, { activeWindow: window, activeDocument: document }),
  );
  win.addEventListener("pagehide", () => closed(workspace, popout));
  window.addEventListener("pagehide", () => win.close());
  workspace.trigger("window-open", popout, win);
  workspace.setActiveLeaf(leaf, { focus: true });
  return popout;
}

function moveLeaf(workspace: Workspace, leaf: WorkspaceLeaf, tabs: WorkspaceTabs): void {
  const before = leaf.parent;
  before._strip.remove(leaf);
  leaf.parent = tabs;
  tabs._strip.add(leaf);
  if (before instanceof WorkspaceTabs && before._strip.leaves.length === 0) workspace._tabsEmpty(before);
  const { view } = leaf as { view: { _movedTo?: (doc: Document) => void } };
  view._movedTo?.(tabs._el.doc);
  workspace._layoutChanged();
}

function closed(workspace: Workspace, popout: WorkspaceWindow): void {
  workspace._floating._windows = workspace._floating._windows.filter((other) => other !== popout);
  for (const leaf of [...popout._leaves()]) leaf.detach();
  Object.assign(window, { activeWindow: window, activeDocument: document });
  workspace.trigger("window-close", popout, popout.win);
}
