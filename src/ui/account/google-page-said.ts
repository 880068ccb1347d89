import { ButtonComponent, Modal } from "obsidian";
import type { PlainKey } from "../../i18n";
import type { Surroundings } from "../surroundings";
import { consoleLinks, type ConsoleLinks } from "./console-links";

interface Link {
  readonly label: PlainKey;
  readonly page: keyof ConsoleLinks;
}

/** What the page shows, by the name of its texts, and where to go. */
type Remedy = readonly [said: Said, link?: Link];
type Said = PlainKey extends infer Key ? (Key extends `page.${infer Name}-text` ? Name : never) : never;

const AUDIENCE = { label: "setup.publish-link", page: "audience" } as const;
const CLIENTS = { label: "page.open-clients", page: "clients" } as const;
const NEW_CLIENT = { label: "setup.client-link", page: "newClient" } as const;

/** What Google's page shows in place of coming back (fact sheet §1.2), and what to do about each. */
const REMEDIES: readonly Remedy[] = [
  ["test-user", AUDIENCE],
  ["redirect", NEW_CLIENT],
  ["admin"],
  ["internal", AUDIENCE],
  ["deleted", CLIENTS],
  ["limit"],
  ["view"],
  ["unverified"],
  ["unreachable"],
  ["closed"],
];

/** Asks what Google's page said, and says what to do about it. */
class GooglePageSaidModal extends Modal {
  constructor(
    private readonly around: Surroundings,
    private readonly tryAgain: () => void,
  ) {
    super(around.app);
    this.setTitle(around.words.say("page.title"));
    this.modalEl.addClass("vib-google-page-said");
  }

  override onOpen(): void {
    const { words } = this.around;
    this.contentEl.createEl("p", { text: words.say("page.intro") });
    for (const remedy of REMEDIES) this.#remedy(remedy);
    new ButtonComponent(this.contentEl.createDiv({ cls: "modal-button-container" }))
      .setButtonText(words.say("menu.try-again"))
      .setCta()
      .onClick(() => {
        this.close();
        this.tryAgain();
      });
  }

  override onClose(): void {
    this.contentEl.empty();
  }

  #remedy([said, link]: Remedy): void {
    const { words, signIn, openBrowser } = this.around;
    // Of one name, so that opening one closes the others.
    const el = this.contentEl.createEl("details", { cls: "vib-remedy", attr: { name: "vib-remedy" } });
    el.createEl("summary", { text: words.say(`page.${said}`) });
    el.createEl("p", { text: words.say(`page.${said}-text`) });
    if (link === undefined) return;
    new ButtonComponent(el)
      .setButtonText(words.say(link.label))
      .onClick(() => openBrowser(consoleLinks(signIn.clientId)[link.page]));
  }
}

/** @param tryAgain  begins another sign-in */
export function openGooglePageSaid(around: Surroundings, tryAgain: () => void): void {
  new GooglePageSaidModal(around, tryAgain).open();
}
