import type { ButtonComponent } from "obsidian";
import { addButton } from "../button";
import type { Surroundings } from "../surroundings";
import { consolePage, type ConsolePage } from "./console-page";

/** A button that opens a page of the console. */
export function addConsoleButton(
  parent: HTMLElement,
  page: ConsolePage,
  { say, signIn, openBrowser }: Surroundings,
): ButtonComponent {
  const label = page === "clients" ? "page.open-clients" : (`setup.${page}-link` as const);
  return addButton(parent, say(label), () => openBrowser(consolePage(page, signIn.clientId)));
}
