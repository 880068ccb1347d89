import { ButtonComponent, Component, Modal } from "obsidian";
import { follow, type Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { consoleLinks, type ConsoleLinks } from "./console-links";
import { showRows } from "./show-rows";

/** The steps by the names of their texts, and the page that each opens. */
const STEPS = {
  project: "project",
  api: "api",
  consent: "consent",
  publish: "audience",
  client: "newClient",
} as const satisfies Readonly<Record<string, keyof ConsoleLinks>>;

type Step = keyof typeof STEPS;

/** Leads through Google's console to a client, and takes it. */
class SetupModal extends Modal {
  readonly #life = new Component();

  constructor(
    private readonly around: Surroundings,
    private readonly lastRows: readonly AccountRow[],
  ) {
    super(around.app);
    this.setTitle(around.words.say("setup.title"));
    this.modalEl.addClass("vib-setup");
  }

  override onOpen(): void {
    const { words, signedIn } = this.around;
    this.#life.load();
    this.contentEl.createEl("p", { text: words.say("setup.intro") });
    const list = this.contentEl.createEl("ol", { cls: "vib-setup-steps" });
    for (const step of Object.keys(STEPS) as Step[]) this.#step(list, step);
    const last = list.createEl("li");
    last.createDiv({ cls: "vib-step-title", text: words.say("setup.bring") });
    showRows(last, this.#life, this.lastRows);
    const done = new ButtonComponent(this.contentEl.createDiv({ cls: "modal-button-container" }))
      .setButtonText(words.say("steps.done"))
      .onClick(() => this.close());
    follow(this.#life, () => done.buttonEl.toggleClass("mod-cta", signedIn.value.is === "signed-in"));
  }

  override onClose(): void {
    this.#life.unload();
    this.contentEl.empty();
  }

  #step(list: HTMLElement, step: Step): void {
    const { words, signIn, openBrowser } = this.around;
    const el = list.createEl("li");
    el.createDiv({ cls: "vib-step-title", text: words.say(`setup.${step}`) });
    el.createDiv({ cls: "vib-step-text", text: words.say(`setup.${step}-text`) });
    new ButtonComponent(el)
      .setButtonText(words.say(`setup.${step}-link`))
      .onClick(() => openBrowser(consoleLinks(signIn.clientId)[STEPS[step]]));
  }
}

/** @param lastRows  what takes the client, and what comes after it */
export function setupRow(around: Surroundings, lastRows: readonly AccountRow[]): AccountRow {
  const { signedIn, words } = around;
  return {
    name: words.say("setup.name"),
    desc: words.say("setup.desc"),
    isVisible: () => signedIn.value.is !== "signed-in",
    render: (setting) =>
      void setting.addButton((button) => {
        button.setButtonText(words.say("setup.open")).onClick(() => new SetupModal(around, lastRows).open());
        if (signedIn.peek().is === "no-client") button.setCta();
      }),
  };
}
