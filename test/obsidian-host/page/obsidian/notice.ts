type Listener = (text: string) => void;

const listeners = new Set<Listener>();

/** Calls back with the text of every notice that is shown. */
export function onNotice(listener: Listener): void {
  listeners.add(listener);
}

function container(): HTMLElement {
  const doc = activeDocument;
  return (
    doc.body.querySelector<HTMLElement>(".notice-container") ??
    doc.body.createDiv({ cls: "notice-container", attr: { role: "region", "aria-label": "Notices" } })
  );
}

const defaultDuration = 5000;

export class Notice {
  noticeEl: HTMLElement;
  containerEl: HTMLElement;
  messageEl: HTMLElement;
  #timer: number | undefined;

  constructor(message: string | DocumentFragment, duration = defaultDuration) {
    this.containerEl = container().createDiv("notice");
    this.messageEl = this.containerEl.createDiv("notice-message");
    this.noticeEl = this.messageEl;
    this.setMessage(message);
    this.containerEl.addEventListener("click", () => this.hide());
    for (const listener of listeners) listener(this.messageEl.textContent);
    if (duration > 0) this.#timer = window.setTimeout(() => this.hide(), duration);
  }

  setMessage(message: string | DocumentFragment): this {
    this.messageEl.setText(message);
    return this;
  }

  hide(): void {
    window.clearTimeout(this.#timer);
    this.containerEl.remove();
  }
}
