import type { Asked } from "../sign-in/consents";
import { scope, scopeSentences } from "../sign-in/scopes";
import { subOf } from "../sign-in/sign-ins";
import type { Service } from "../service";
import { escapeHtml, layout } from "./layout";

const warnings: Record<string, string> = {
  testing:
    "Google hasn’t verified this app. You’ve been given access to an app that’s currently being tested. " +
    "Continue only if you know the developer that invited you.",
  unverified:
    "Google hasn’t verified this app. The app asks for access to sensitive info in your Google Account.",
};

function accountFields(service: Service, asked: Asked): string {
  const accounts = service.accounts();
  // A hint is an e-mail address or Google's own id of the account (fact sheet §1.2).
  const hint = asked.loginHint;
  const chosen = accounts.find((account) => account === hint || subOf(account) === hint) ?? accounts[0];
  if (accounts.length === 1) return `<p class="quiet">${escapeHtml(chosen)}</p>`;
  const choices = accounts.map(
    (account) =>
      `<label><input type="radio" name="account" value="${escapeHtml(account)}"${account === chosen ? " checked" : ""}> ${escapeHtml(account)}</label>`,
  );
  return `<fieldset><legend>Choose an account</legend>${choices.join("")}</fieldset>`;
}

function scopeFields(service: Service, asked: Asked, boxes: readonly string[]): string {
  const ticked = service.switches.boxes === "ticked" ? " checked" : "";
  const sentence = (name: string): string => escapeHtml(scopeSentences[name] ?? name);
  const boxed = boxes.map(
    (name) =>
      `<label><input type="checkbox" name="scope" value="${escapeHtml(name)}"${ticked}> <span>${sentence(name)}</span></label>`,
  );
  const fixed = asked.scopes
    .filter((name) => scopeSentences[name] !== undefined && !boxes.includes(name))
    .map((name) => `<li>${sentence(name)}</li>`);
  const email = asked.scopes.includes(scope.email) ? "<li>Your email address</li>" : "";
  const told =
    fixed.length > 0 || email !== "" ? `<p>It will get:</p><ul>${email}${fixed.join("")}</ul>` : "";
  const chosen =
    boxed.length > 0
      ? `<fieldset><legend>Select what it can access</legend>${boxed.join("")}</fieldset>`
      : "";
  return told + chosen;
}

/** The consent screen: one form that works without scripts, its buttons named Allow and Deny. */
export function consentForm(
  service: Service,
  session: string,
  asked: Asked,
  boxes: readonly string[],
): string {
  const warning = warnings[service.switches.publishing];
  const app = escapeHtml(asked.client);
  return layout(
    "Sign in – emulated Google account",
    "narrow",
    `<form class="card" method="post" action="/o/oauth2/v2/auth">
<p class="quiet">Google Photos emulator</p>
<h1>An app wants to access your Google Account</h1>
<p class="quiet">Client ${app}</p>
${warning === undefined ? "" : `<p class="warning" role="note">${warning}</p>`}
<input type="hidden" name="session" value="${escapeHtml(session)}">
${accountFields(service, asked)}
${scopeFields(service, asked, boxes)}
<div class="buttons">
<button type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="allow" class="main">Allow</button>
</div>
</form>`,
  );
}

/** A page that ends the sign-in without ever going back to the app. */
export function errorPage(status: number, code: string, says: string): string {
  return layout(
    `Error ${status}: ${code}`,
    "narrow",
    `<div class="card"><h1>Access blocked</h1><p>${escapeHtml(says)}</p><p class="quiet">Error ${status}: ${escapeHtml(code)}</p></div>`,
  );
}
