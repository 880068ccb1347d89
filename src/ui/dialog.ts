import { Component, ConfirmationModal, Modal, type App } from "obsidian";
import { button } from "./button";
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
  dialog.open();
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
  question.open();
  return question;
}

/** Facts one under another. */
export function factList(facts: readonly string[]): DocumentFragment {
  return createFragment((all) => {
    const list = all.createEl("ul", "vib-facts");
    for (const text of facts) list.createEl("li", { text });
  });
}
