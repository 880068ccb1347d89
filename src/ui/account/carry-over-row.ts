import { button } from "../button";
import { openDialog } from "../dialog";
import type { Surroundings } from "../surroundings";
import type { AccountRow } from "./account-row";
import { qrCode } from "./qr-code";

/** Shows the sign-in, locked, as a QR code, and apart from it the code that opens it. */
async function showSignIn(el: HTMLElement, { say, signIn }: Surroundings): Promise<void> {
  const busy = el.createEl("p", { text: say("carry.busy") });
  const carried = await signIn.carryOver();
  if (!el.isConnected) return;
  busy.remove();
  if (!carried) {
    el.createEl("p", { text: say("signed-out.nobody") });
    return;
  }
  const { address, code } = carried;
  const steps = el.createEl("ol");
  const step = (text: string): HTMLElement => steps.createEl("li", { text });
  step(say("carry.step-install"));
  const scanned = step(say("carry.step-scan"));
  step(say("carry.step-type")).createEl("code", {
    cls: "vib-carry-code",
    text: code.replace(/(.{4})(?=.)/g, "$1 "),
    attr: { "aria-label": say("carry.code", { code: code.replace(/.(?=.)/g, "$& ") }) },
  });
  el.createEl("p", { text: say("carry.locked") });
  scanned.append(qrCode(address, say("carry.picture")));
}

export function carryOverRow(around: Surroundings): AccountRow {
  const { app, signedIn, say } = around;
  const open = (): void =>
    openDialog(app, say("carry.name"), "vib-carry-over", (el) => void showSignIn(el, around));
  return {
    name: say("carry.name"),
    desc: say("carry.desc"),
    visible: () => signedIn.value.is === "signed-in",
    render: (setting) => void setting.addButton(button(say("carry.open"), open)),
  };
}
