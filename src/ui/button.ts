import { ButtonComponent } from "obsidian";

/** What a button looks like beside others: it is what to do next, or what cannot be taken back. */
export type Look = "next" | "destructive" | "plain";

/** Gives a bare button, as a row or a window makes it, its label and its work. */
export function button(label: string, act: () => unknown, look: Look = "plain") {
  return <Button extends ButtonComponent>(bare: Button): Button => {
    bare.setButtonText(label).onClick(act);
    if (look === "next") bare.setCta();
    if (look === "destructive") bare.setDestructive();
    return bare;
  };
}

/** A button in any element. */
export function addButton(parent: HTMLElement, ...about: Parameters<typeof button>): ButtonComponent {
  return button(...about)(new ButtonComponent(parent));
}
