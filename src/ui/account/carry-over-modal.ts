import { Modal } from "obsidian";
import type { Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { qrCode } from "./qr-code";

/** Shows the sign-in, locked, as a QR code, and apart from it the code that opens it. */
class CarryOverModal extends Modal {
  constructor(private readonly around: Surroundings) {
    super(around.app);
    this.setTitle(around.words.say("carry.name"));
    this.modalEl.addClass("vib-carry-over");
  }

  override async onOpen(): Promise<void> {
    const { words, signIn } = this.around;
    const busy = this.contentEl.createEl("p", { text: words.say("carry.busy") });
    const carried = await signIn.carryOver();
    if (!this.containerEl.isConnected) return;
    busy.remove();
    if (carried === undefined) {
      this.contentEl.createEl("p", { text: words.say("signed-out.nobody") });
      return;
    }
    const steps = this.contentEl.createEl("ol");
    steps.createEl("li", { text: words.say("carry.step-install") });
    const scanned = steps.createEl("li", { text: words.say("carry.step-scan") });
    const spoken = carried.code.replace(/(.{4})(?=.)/g, "$1 ");
    steps.createEl("li", { text: words.say("carry.step-type") }).createEl("code", {
      cls: "vib-carry-code",
      text: spoken,
      attr: { "aria-label": words.say("carry.code", { code: carried.code.replace(/.(?=.)/g, "$& ") }) },
    });
    this.contentEl.createEl("p", { cls: "vib-quiet", text: words.say("carry.locked") });
    scanned.append(await qrCode(carried.address, words.say("carry.picture")));
  }

  override onClose(): void {
    this.contentEl.empty();
  }
}

export function carryOverRow(around: Surroundings): AccountRow {
  const { signedIn, words } = around;
  return {
    name: words.say("carry.name"),
    desc: words.say("carry.desc"),
    isVisible: () => signedIn.value.is === "signed-in",
    render: (setting) =>
      void setting.addButton((button) =>
        button.setButtonText(words.say("carry.open")).onClick(() => new CarryOverModal(around).open()),
      ),
  };
}
