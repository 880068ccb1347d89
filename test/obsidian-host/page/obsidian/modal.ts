import type { App } from "./app";
import { ButtonComponent } from "../settings/button";
import { setIcon } from "./icons";
import { Scope } from "./keymap";

export class Modal {
  app: App;
  scope: Scope;
  containerEl: HTMLElement;
  modalEl: HTMLElement;
  titleEl: HTMLElement;
  contentEl: HTMLElement;
  shouldRestoreSelection = true;
  _closed: (() => unknown) | undefined;
  _focusedBefore: Element | null = null;
  _bgEl: HTMLElement;

  constructor(app: App) {
    this.app = app;
    this.scope = new Scope(app.scope);
    this.containerEl = createDiv("modal-container mod-dim");
    this._bgEl = this.containerEl.createDiv("modal-bg");
    this.modalEl = this.containerEl.createDiv({
      cls: "modal",
      attr: { role: "dialog", "aria-modal": "true", tabindex: -1 },
    });
    const close = this.modalEl.createDiv({
      cls: "modal-close-button mod-raised clickable-icon",
      attr: { role: "button", tabindex: 0 },
    });
    close.setAttr("aria-label", "Close");
    setIcon(close, "lucide-x");
    // Bound before anybody can put another in its place: Obsidian closes by this one, whatever an instance has.
    const closeOnClick = this.close.bind(this);
    close.addEventListener("click", closeOnClick);
    this.titleEl = this.modalEl.createDiv("modal-header").createDiv("modal-title");
    this.contentEl = this.modalEl.createDiv("modal-content");
    this._bgEl.addEventListener("click", closeOnClick);
    this.scope.register([], "Escape", () => {
      this.close();
      return false;
    });
  }

  open(): void {
    if (this.containerEl.isConnected) return;
    this._focusedBefore = activeDocument.activeElement;
    activeDocument.body.append(this.containerEl);
    this.app.keymap.pushScope(this.scope);
    this.modalEl.focus();
    void this.onOpen();
  }

  close(): void {
    if (!this.containerEl.isConnected) return;
    this.containerEl.remove();
    this.app.keymap.popScope(this.scope);
    this.onClose();
    this._closed?.();
    if (this.shouldRestoreSelection && this._focusedBefore instanceof HTMLElement)
      this._focusedBefore.focus();
  }

  onOpen(): Promise<void> | void {
    return undefined;
  }

  onClose(): void {
    return undefined;
  }

  setTitle(title: string): this {
    this.titleEl.setText(title);
    this.modalEl.setAttr("aria-label", title);
    return this;
  }

  setContent(content: string | DocumentFragment): this {
    this.contentEl.setText(content);
    return this;
  }

  setCloseCallback(callback: () => unknown): this {
    this._closed = callback;
    return this;
  }
}

/** A button that closes its modal once its handler is through, unless that answers something truthy. */
export class ConfirmationButton extends ButtonComponent {
  readonly _modal: ConfirmationModal;

  constructor(containerEl: HTMLElement, modal: ConfirmationModal) {
    super(containerEl);
    this._modal = modal;
  }

  override onClick(handler: (event: MouseEvent) => unknown): this {
    return super.onClick(async (event) => {
      if (!(await handler(event))) this._modal.close();
    });
  }

  setInitialFocus(): this {
    this._modal._initialFocus = this.buttonEl;
    return this;
  }

  setSecondary(): this {
    this.buttonEl.addClass("mod-secondary");
    return this;
  }

  setCancel(): this {
    this.buttonEl.addClass("mod-cancel");
    return this;
  }
}

export class ConfirmationModal extends Modal {
  buttonContainerEl: HTMLElement;
  _initialFocus: HTMLElement | null = null;

  constructor(app: App) {
    super(app);
    this.modalEl.addClass("mod-confirmation");
    this.buttonContainerEl = this.modalEl.createDiv("modal-button-container");
  }

  override open(): void {
    super.open();
    this._initialFocus?.focus();
  }

  addClass(name: string): this {
    this.modalEl.addClass(name);
    return this;
  }

  addCheckbox(label: string, callback: (value: boolean) => unknown): this {
    const line = createEl("label", "mod-checkbox");
    this.buttonContainerEl.before(line);
    const box = line.createEl("input", { type: "checkbox", attr: { tabindex: 0 } });
    line.appendText(label);
    box.addEventListener("change", () => void callback(box.checked));
    return this;
  }

  addButton(callback: (button: ConfirmationButton) => unknown): this {
    callback(new ConfirmationButton(this.buttonContainerEl, this));
    return this;
  }

  addCancelButton(text = "Cancel"): this {
    return this.addButton((button) =>
      button
        .setButtonText(text)
        .setCancel()
        .onClick(() => undefined),
    );
  }
}
