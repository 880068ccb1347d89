import type { Scope } from "./keymap";

interface Owner<T> {
  render: (value: T, el: HTMLElement) => void;
  choose: (value: T, event: MouseEvent | KeyboardEvent) => void;
}

/** The list of suggestions under an input, with its one selected line. */
export class SuggestionList<T> {
  #values: T[] = [];
  #selected = 0;

  constructor(
    readonly el: HTMLElement,
    readonly owner: Owner<T>,
  ) {
    el.setAttrs({ role: "listbox", "aria-label": "Suggestions", tabindex: 0 });
  }

  show(values: T[]): void {
    this.#values = values;
    this.el.empty();
    for (const [i, value] of values.entries()) {
      const line = this.el.createDiv({ cls: "suggestion-item", attr: { role: "option" } });
      this.owner.render(value, line);
      line.addEventListener("mousemove", () => this.#select(i));
      // An input that loses focus closes its suggestions before the click would arrive.
      line.addEventListener("mousedown", (event) => event.preventDefault());
      line.addEventListener("click", (event) => this.owner.choose(value, event));
    }
    this.#select(0);
  }

  chooseSelected(event: MouseEvent | KeyboardEvent): void {
    const value = this.#values[this.#selected];
    if (value !== undefined) this.owner.choose(value, event);
  }

  registerKeys(scope: Scope): void {
    const move = (by: number) => () => {
      const count = this.#values.length;
      if (count > 0) this.#select((this.#selected + by + count) % count);
      return false;
    };
    scope.register([], "ArrowDown", move(1));
    scope.register([], "ArrowUp", move(-1));
    scope.register([], "Enter", (event) => {
      if (event.isComposing) return true;
      this.chooseSelected(event);
      return false;
    });
  }

  #select(index: number): void {
    this.#selected = index;
    for (const [i, line] of [...this.el.children].entries()) {
      line.toggleClass("is-selected", i === index);
      line.setAttr("aria-selected", i === index);
      if (i === index) line.scrollIntoView({ block: "nearest" });
    }
  }
}
