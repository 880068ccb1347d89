import { afterEach, describe, expect, it } from "vitest";
import { scope } from "../google-photos";
import { decide, eventually, Stage, type Device } from "./stage";

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

const MINUTE = 60_000;

/** Begins a sign-in from the command; answers Google's page in the system's browser. */
async function beginHere(device: Device) {
  const url = await device.opening(() => device.app.runCommand("sign-in"));
  return { url: new URL(url), consent: await device.browse(url) };
}

const notice = (device: Device): Promise<string> => device.app.notices().then((all) => all.join("\n"));

describe("on a desktop, a person who has nothing yet", () => {
  it("is led through the console, brings the client, signs in and tests the connection", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ client: false });
    const { page, host } = device;
    await device.app.runCommand("sign-in");
    await device.press("Show the steps");
    const setup = page.locator(".vib-setup");
    host.setOpenExternal(() => undefined);
    for (const link of await setup.locator("ol > li > button").all()) await link.click();
    const console = "https://console.cloud.google.com";
    await eventually(() => host.log.external).toEqual([
      `${console}/projectcreate`,
      `${console}/apis/library/photoslibrary.googleapis.com`,
      `${console}/auth/overview`,
      `${console}/auth/audience`,
      `${console}/auth/clients/create`,
    ]);

    const { id, secret } = device.google.client;
    const json = JSON.stringify({ installed: { client_id: id, client_secret: secret } });
    await setup.getByLabel("Client file").last().fill(json);
    const url = await device.opening(() =>
      setup.getByRole("button", { name: "Sign in", exact: true }).click(),
    );
    const consent = await device.browse(url);
    await decide(consent, "Allow");
    await eventually(() => consent.getByRole("heading").textContent()).toBe("You are signed in");
    await eventually(() => setup.textContent()).toContain("Signed in as you@example.com");
    await setup.getByRole("button", { name: "Done" }).click();

    await device.press("Test");
    await eventually(() => device.account.locator(".vib-test-row").textContent()).toContain(
      "It works. Images would go to you@example.com.",
    );
    expect(page.frames(), "no view inside the app").toHaveLength(1);
    expect(await page.locator("webview, iframe").count()).toBe(0);
    expect(host.log.external.at(-1)).toMatch(/^https:\/\/accounts\.google\.com\/o\/oauth2\/v2\/auth\?/);
  });
});

describe("on a desktop, a sign-in", () => {
  it("that is denied says so on both sides, and keeps nothing", async () => {
    stage = await Stage.begin();
    const device = await stage.device();
    const { consent } = await beginHere(device);
    await decide(consent, "Deny");
    await eventually(() => consent.getByRole("heading").textContent()).toBe("Nothing has changed");
    await eventually(() => notice(device)).toContain("You did not agree on Google’s page");
    expect(device.isSignedIn).toBe(false);
  });

  it("with an unticked box names what will not work, and asks again", async () => {
    stage = await Stage.begin();
    const device = await stage.device();
    const { consent } = await beginHere(device);
    await consent.locator(`input[value="${scope.append}"]`).uncheck();
    await decide(consent, "Allow");
    await eventually(() => notice(device)).toContain("nothing can be backed up");

    await device.openAccount();
    await eventually(() =>
      device.account.locator(".vib-sign-in-row .vib-facts li").allTextContents(),
    ).toEqual(["Without permission to add to Google Photos, nothing can be backed up."]);
    await device.press("Test");
    await eventually(() => device.account.locator(".vib-test-row").textContent()).toContain(
      "Google Photos answers, but not every permission was given. Without permission to add",
    );
    const again = await device.browse(await device.opening(() => device.press("Ask again")));
    await decide(again, "Allow");
    await eventually(() => device.account.locator(".vib-sign-in-row .vib-facts").count()).toBe(0);
    await eventually(() => device.account.locator(".vib-sign-in-row").textContent()).toContain(
      "Signed in as you@example.com",
    );
  });

  it("takes no answer with another state, and goes on waiting for the right one", async () => {
    stage = await Stage.begin();
    const device = await stage.device();
    const { url, consent } = await beginHere(device);
    const back = url.searchParams.get("redirect_uri") ?? "";
    const forged = await fetch(`${back}/?code=4/of-somebody-else&state=guessed`);
    expect(forged.status).toBe(404);
    expect(await forged.text()).toContain("It belongs to no sign-in that is under way.");
    expect(device.isSignedIn).toBe(false);
    expect(device.google.requests.all().filter(({ kind }) => kind === "token")).toEqual([]);
    await decide(consent, "Allow");
    await eventually(() => device.isSignedIn).toBe(true);
  });

  it("that does not come back within ten minutes asks what Google’s page said, and has a remedy", async () => {
    stage = await Stage.begin({ consentPage: "access_denied_testing" });
    const device = await stage.device({ prepare: (context) => context.clock.install() });
    const { consent } = await beginHere(device);
    expect(await consent.textContent("body")).toContain("Error 403: access_denied");
    const { page, google } = device;
    const asked = page.locator(".vib-google-page-said");
    await page.clock.fastForward(9 * MINUTE);
    expect(await asked.count()).toBe(0);
    await page.clock.fastForward(MINUTE + 1000);
    await asked.getByText("Access blocked, error 403: access_denied").click();
    expect(await asked.locator("details[open]").textContent()).toContain("add yourself as a test user");
    const audience = await device.opening(() =>
      asked.locator("details[open]").getByRole("button", { name: "Open “Audience”" }).click(),
    );
    expect(audience).toContain("/auth/audience");

    google.set({ consentPage: "ask" });
    const url = await device.opening(() => asked.getByRole("button", { name: "Try again" }).click());
    await decide(await device.browse(url), "Allow");
    await eventually(() => device.isSignedIn).toBe(true);
  });

  it("that is cancelled listens no longer", async () => {
    stage = await Stage.begin();
    const device = await stage.device();
    await device.openAccount();
    const url = new URL(await device.opening(() => device.press("Sign in")));
    const back = url.searchParams.get("redirect_uri") ?? "";
    expect((await fetch(back)).status, "it listens while it waits").toBe(404);
    await device.press("Cancel sign-in");
    await eventually(() =>
      fetch(back).then(
        () => "open",
        () => "closed",
      ),
    ).toBe("closed");
    expect(await device.account.getByRole("button", { name: "Sign in", exact: true }).isVisible()).toBe(true);
    expect(device.isSignedIn).toBe(false);
  });

  it("listens no longer when the plugin is switched off meanwhile", async () => {
    stage = await Stage.begin();
    const device = await stage.device();
    const url = new URL(await device.opening(() => device.app.runCommand("sign-in")));
    const back = url.searchParams.get("redirect_uri") ?? "";
    expect((await fetch(back)).status, "it listens while it waits").toBe(404);
    await device.app.disablePlugin();
    await eventually(() =>
      fetch(back).then(
        () => "open",
        () => "closed",
      ),
    ).toBe("closed");
  });
});

describe("on a desktop, “Test the connection”", () => {
  it.each([
    [
      "the API is off",
      "is turned off. Turn it on",
      { apiDisabled: "project" },
      "Open the Photos Library API",
    ],
    ["Photos is off for the account", "Ask its administrator", { apiDisabled: "user" }, undefined],
  ] as const)("says that %s", async (_, said, switches, link) => {
    stage = await Stage.begin(switches);
    const device = await stage.device({ signedIn: true });
    await device.openAccount();
    await device.press("Test");
    const row = device.account.locator(".vib-test-row");
    await eventually(() => row.getByRole("alert").textContent()).toContain(said);
    expect(await row.getByRole("button").allTextContents()).toEqual(["Test", ...(link ? [link] : [])]);
  });

  it("says that the secret is wrong, that the sign-in is dead, and that the project is in testing", async () => {
    stage = await Stage.begin({ publishing: "testing" });
    const device = await stage.device({ signedIn: true });
    const { google, host } = device;
    const { id, secret } = google.client;
    const finding = () => device.account.locator(".vib-test-row").getByRole("alert").textContent();
    host.secrets.set("vault-image-backup-client", JSON.stringify({ id, secret: "another" }));
    await device.killAndReopen();
    await device.openAccount();
    await device.press("Test");
    await eventually(finding).toContain("Google does not know your client");

    host.secrets.set("vault-image-backup-client", JSON.stringify({ id, secret }));
    google.revokeAll();
    await device.killAndReopen();
    await device.openAccount();
    await device.press("Test");
    await eventually(finding).toContain("The sign-in has ended");

    const { refreshToken } = google.signIn();
    google.revokeAll();
    const since = Date.now() - 7 * 24 * 60 * MINUTE;
    host.secrets.set("vault-image-backup-sign-in", JSON.stringify({ refreshToken, clientId: id, since }));
    await device.killAndReopen();
    await device.openAccount();
    await device.press("Test");
    await eventually(finding).toContain("while your project is in testing");
  });
});

describe("on a desktop, ending a sign-in", () => {
  it("here leaves other devices alone; everywhere is confirmed first, and ends theirs", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ signedIn: true });
    const other = await stage.device({ signedIn: true });
    const answers = async (): Promise<string> => {
      await other.page.keyboard.press("Escape");
      await other.openAccount();
      await other.press("Test");
      const row = other.account.locator(".vib-test-row");
      await eventually(() => row.textContent()).toMatch(/It works|sign-in has ended|Nobody is/);
      return (await row.textContent()) ?? "";
    };
    await device.openAccount();
    await device.press("Sign out here");
    await eventually(() => device.isSignedIn).toBe(false);
    expect(await answers()).toContain("It works");

    const again = await device.browse(await device.opening(() => device.press("Sign in")));
    await decide(again, "Allow");
    await eventually(() => device.isSignedIn).toBe(true);
    await device.press("Revoke…");
    const question = device.page.locator(".modal").last();
    await question.getByRole("button", { name: "Cancel" }).click();
    expect(device.isSignedIn).toBe(true);
    await device.press("Revoke…");
    await question.getByRole("button", { name: "Revoke everywhere" }).click();
    await eventually(() => device.isSignedIn).toBe(false);
    await other.killAndReopen();
    expect(await answers()).not.toContain("It works");
  });
});

describe("on a desktop, another account", () => {
  it("is told before anything is sent, and changes nothing where the person does not want it", async () => {
    stage = await Stage.begin({ accounts: "you@example.com, me@example.com" });
    const device = await stage.device();
    const { google, page } = device;
    const choose = async (account: string): Promise<void> => {
      const { consent } = await beginHere(device);
      await consent.getByLabel(account).check();
      await decide(consent, "Allow");
    };
    await choose("you@example.com");
    await eventually(() => device.isSignedIn).toBe(true);
    await choose("me@example.com");
    const question = page.locator(".modal", { hasText: "Another account or client" });
    await eventually(() => question.textContent()).toContain(
      "Until now, images went to you@example.com. From now on they would go to me@example.com.",
    );
    await question.getByRole("button", { name: "Cancel" }).click();
    await eventually(() => notice(device)).toContain("Nothing has changed.");
    expect(device.host.secrets.get("vault-image-backup-sign-in")).toContain("you@example.com");
    await choose("me@example.com");
    await question.getByRole("button", { name: "Use it" }).click();
    await eventually(() => device.host.secrets.get("vault-image-backup-sign-in")).toContain("me@example.com");
    expect(google.requests.all().filter(({ kind }) => kind === "upload" || kind === "create")).toEqual([]);
  });
});
