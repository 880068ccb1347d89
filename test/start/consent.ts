import type { BrowserContext } from "playwright-core";

/**
 * Agrees on Google's consent page as a person would, and closes it once it says that it may be closed: Chromium may
 * never answer where a page is closed while it is on its way to the next.
 */
export async function giveConsent(context: BrowserContext, address: string): Promise<void> {
  const consent = await context.newPage();
  await consent.goto(address);
  await consent.getByRole("button", { name: "Allow" }).click();
  await consent.getByRole("heading", { name: "You are signed in" }).waitFor();
  await consent.close();
}
