import { ConfirmationModal } from "obsidian";
import type { Scope, VaultPath } from "../model";
import { openAccount } from "./account";
import type { Surroundings } from "./surroundings";
import { sayDays } from "./wording";

/** Google asks apps to warn people before a file of more bytes goes up (fact sheet §6). */
export const LARGE = 25_000_000;

/** How many images would be sent, and how large they are together, in bytes. */
export interface Amount {
  readonly images: number;
  readonly bytes: number;
  /** How many of them are large. */
  readonly large: number;
}

/** What a first backup would send: every image that waits. */
export function amountToSend({ status, vaultImages }: Surroundings): Amount {
  const states = status.images();
  let images = 0;
  let bytes = 0;
  let large = 0;
  for (const { path, size } of vaultImages()) {
    const state = states.get(path)?.is;
    if (state !== "waiting" && state !== "uploading") continue;
    images += 1;
    bytes += size;
    if (size > LARGE) large += 1;
  }
  return { images, bytes, large };
}

/**
 * Backs up what was asked for. Where nobody is signed in, signing in comes first; where the person has not read yet
 * what cannot be taken back, that is said and asked first.
 */
export function startBackup(around: Surroundings, scope: Scope): void {
  if (around.signedIn.peek().is !== "signed-in") {
    openAccount(around);
    return;
  }
  if (around.chosen.peek().started) around.commands.backUp(scope);
  else new FirstUseModal(around).open();
}

/** Says what cannot be taken back, before the first image is sent. */
class FirstUseModal extends ConfirmationModal {
  constructor(around: Surroundings) {
    super(around.app);
    const { words } = around;
    const { images, bytes, large } = amountToSend(around);
    const days = sayDays(words, images, around.now());
    this.setTitle(words.say("first.title"));
    this.addClass("vib-first-use");
    const facts = [
      words.say("first.amount", { n: images, size: words.bytes(bytes) }),
      ...(large > 0 ? [words.say("first.large", { n: large })] : []),
      ...(days === "" ? [] : [days]),
      words.say("first.timeline"),
      words.say("first.storage"),
      words.say("first.forever"),
      words.say("first.account"),
      words.say("first.local"),
    ];
    const list = this.contentEl.createEl("ul", { cls: "vib-facts" });
    for (const fact of facts) list.createEl("li", { text: fact });
    this.addButton((button) =>
      button
        .setButtonText(
          images > 0 ? words.say("menu.back-up-images", { n: images }) : words.say("first.confirm-none"),
        )
        .setCta()
        .onClick(() => start(around)),
    ).addCancelButton(words.say("cancel"));
  }
}

async function start({ settings, commands }: Surroundings): Promise<void> {
  await settings.change({ started: true });
  commands.backUp({ of: "vault" });
}

/** Images of one note as a scope. */
export function noteScope({ noteImages }: Surroundings, note: VaultPath): Scope {
  return { of: "images", paths: noteImages.imagesOf(note) };
}
