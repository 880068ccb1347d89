import type { ButtonComponent } from "obsidian";
import type { PlainKey } from "../../i18n";
import { addButton } from "../button";
import type { Surroundings } from "../surroundings";
import { consolePage, type ConsolePage } from "./console-page";

/** A page of the console, and what the button says that opens it. */
export interface ConsoleLink {
  readonly label: PlainKey;
  readonly page: ConsolePage;
}

/** A button that opens a page of the console. */
export function addConsoleButton(
  parent: HTMLElement,
  { label, page }: ConsoleLink,
  { say, signIn, openBrowser }: Surroundings,
): ButtonComponent {
  return addButton(parent, say(label), () => openBrowser(consolePage(page, signIn.clientId)));
}
