import { Component, ConfirmationModal, Modal, type App } from "obsidian";
import { button } from "./button";
import { refocus } from "./redraw";
import type { Say } from "./surroundings";

/**
 * Opens a window of our own.
 *
 * @param fill  puts in what is to be seen; `life` ends when the window is closed
 */
export function openDialog(
  app: App,
  title: string,
  cls: string,
  fill: (el: HTMLElement, life: Component, close: () => void) => void,
): void {
  const life = new Component();
  const dialog = new Modal(app).setTitle(title).setCloseCallback(() => life.unload());
  dialog.modalEl.addClass(cls);
  life.load();
  fill(dialog.contentEl, life, () => dialog.close());
  openOver(dialog);
}

/** Opens a window that says something and asks; it is closed once `act` is through, unless that answers `true`. */
export function openQuestion(
  { app, say }: { readonly app: App; readonly say: Say },
  title: string,
  said: string | DocumentFragment,
  ...answer: Parameters<typeof button>
): ConfirmationModal {
  const question = new ConfirmationModal(app).setTitle(title).setContent(said);
  question.addButton(button(...answer)).addCancelButton(say("cancel"));
  openOver(question);
  return question;
}

/**
 * Opens a window over what has the focus, which Obsidian gives back to it in the end. What it was opened from may have
 * gone by then, or have been drawn anew: then the focus goes to the next best in the same place.
 */
function openOver(dialog: Modal): void {
  const opener = activeDocument.activeElement;
  const place = opener?.closest<HTMLElement>(".vib-status-view, .modal");
  const closed = dialog.onClose.bind(dialog);
  // Whoever closes it comes by here, before Obsidian gives the focus back.
  dialog.onClose = () => {
    closed();
    if (place) window.setTimeout(() => refocus(place, opener), 0);
  };
  dialog.open();
}

/** Facts one under another. */
export function factList(facts: readonly string[]): DocumentFragment {
  return createFragment((all) => {
    const list = all.createEl("ul", "vib-facts");
    for (const text of facts) list.createEl("li", { text });
  });
}
