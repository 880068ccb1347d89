import { afterEach, describe, expect, it } from "vitest";
import { pack } from "../../src/google/carry-over";
import { decide, decideOnPhone, eventually, scan, Stage, type Device } from "./stage";

let stage: Stage | undefined;

afterEach(async () => {
  await stage?.end();
  stage = undefined;
});

const MINUTE = 60_000;

/** Signs in as far as the browser's last address, which cannot be opened there. */
async function consented(device: Device, decision: "Allow" | "Deny" = "Allow"): Promise<string> {
  await device.app.runCommand("sign-in");
  const consent = await device.browse(await device.opening(() => device.press("Sign in")));
  return decideOnPhone(consent, decision);
}

const asLink = (last: string): string => last.replace("http://127.0.0.1:51515/", "obsidian://");
const notices = (device: Device): Promise<string> => device.app.notices().then((all) => all.join("\n"));
const kept = (device: Device): string => device.host.secrets.get("vault-image-backup-sign-in") ?? "";

describe("on a phone, the answer of Google’s page", () => {
  it("is pasted, also after the app was killed meanwhile", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone" });
    const last = await consented(device);
    await device.killAndReopen();
    await device.app.runCommand("sign-in");
    const row = device.account.locator(".vib-address-row");
    await row.getByLabel("Address from the browser").fill("https://example.com/?nothing");
    await device.press("Finish sign-in");
    await eventually(() => row.getByRole("alert").textContent()).toBe(
      "This is not the address that Google’s page ended on.",
    );
    await row.getByLabel("Address from the browser").fill(`  ${last} `);
    await device.press("Finish sign-in");
    await eventually(() => device.account.locator(".vib-sign-in-row").textContent()).toContain(
      "Signed in as you@example.com",
    );
    expect(await row.isVisible()).toBe(false);
    expect(device.host.secrets.get("vault-image-backup-pending"), "the verifier is gone").toBe("");
  });

  it("has its field in sight, also at the end of the steps", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone", client: false });
    await device.openAccount();
    await device.press("Show the steps");
    const setup = device.page.locator(".vib-setup");
    const { id, secret } = device.google.client;
    await setup
      .getByLabel("Client file")
      .last()
      .fill(JSON.stringify({ installed: { client_id: id, client_secret: secret } }));
    await setup.getByRole("button", { name: "Sign in", exact: true }).click();
    const row = setup.locator(".vib-address-row");
    const isInSight = (): Promise<boolean> =>
      row.evaluate((el) => {
        const { top, bottom } = el.getBoundingClientRect();
        const shown = el.closest(".vib-setup")?.getBoundingClientRect();
        return shown !== undefined && top >= shown.top && bottom <= Math.min(shown.bottom, innerHeight);
      });
    await eventually(isInSight).toBe(true);
  });

  it("comes by an obsidian:// address, also after the app was killed meanwhile", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone" });
    const last = await consented(device);
    await device.killAndReopen();
    await device.app.openProtocol(asLink(last));
    await eventually(() => notices(device)).toContain("Signed in.");
    expect(device.isSignedIn).toBe(true);
    expect(device.page.frames(), "no view inside the app").toHaveLength(1);
    expect(device.host.log.modules.filter((name) => /^(node:)?(http|electron)$/.test(name))).toEqual([]);
  });

  it("counts only with the state that was asked with", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone" });
    const last = new URL(await consented(device));
    const forged = new URL(last);
    forged.searchParams.set("state", "guessed");
    await device.app.openProtocol(asLink(forged.href));
    await eventually(() => notices(device)).toContain("This address belongs to another sign-in.");
    expect(device.google.requests.all().filter(({ kind }) => kind === "token")).toEqual([]);
    await device.app.openProtocol(asLink(last.href));
    await eventually(() => device.isSignedIn).toBe(true);
  });

  it("that says no changes nothing", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone" });
    await device.app.openProtocol(asLink(await consented(device, "Deny")));
    await eventually(() => notices(device)).toContain("You did not agree on Google’s page");
    expect(device.isSignedIn).toBe(false);
  });

  it("is too late after ten minutes, when the phone asks what Google’s page said", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ mode: "phone", prepare: (context) => context.clock.install() });
    const last = await consented(device);
    const asked = device.page.locator(".vib-google-page-said");
    await device.page.clock.fastForward(9 * MINUTE);
    expect(await asked.count()).toBe(0);
    await device.page.clock.fastForward(MINUTE + 1000);
    await asked.getByText("Error 400: redirect_uri_mismatch").click();
    expect(await asked.locator("details[open]").textContent()).toContain("of the type “Desktop app”");
    await device.app.openProtocol(asLink(last));
    await eventually(() => notices(device)).toContain("This took too long");
    expect(device.isSignedIn).toBe(false);
  });
});

describe("a sign-in on a desktop", () => {
  it("is carried to a phone by a picture and a code, and works there", async () => {
    stage = await Stage.begin();
    const desktop = await stage.device();
    const url = await desktop.opening(() => desktop.app.runCommand("sign-in"));
    await decide(await desktop.browse(url), "Allow");
    await eventually(() => desktop.isSignedIn).toBe(true);
    const phone = await stage.device({ mode: "phone", client: false });
    await desktop.openAccount();
    await desktop.press("Show code…");
    const code = (await desktop.page.locator(".vib-carry-code").textContent()) ?? "";
    expect(code).toMatch(/^(?:[0-9a-z]{4} ){2}[0-9a-z]{4}$/);
    const address = await scan(desktop);
    expect(address).toMatch(/^obsidian:\/\/vault-image-backup\?carry=1\.[\w-]+$/);
    expect(address).not.toContain(code.replaceAll(" ", ""));
    await desktop.page.keyboard.press("Escape");
    expect(await desktop.page.locator(".vib-qr-code").count()).toBe(0);

    await phone.app.openProtocol(address);
    const asked = phone.page.locator(".vib-take-over");
    await asked.getByLabel("Code").fill("0000 0000 0000");
    await asked.getByRole("button", { name: "Sign in" }).click();
    await eventually(() => asked.getByRole("alert").textContent()).toBe("This code is wrong.");
    const question = phone.page.locator(".modal", { hasText: "Back up to this account?" });
    for (const answer of ["Cancel", "Use it"]) {
      if (answer === "Use it") await phone.app.openProtocol(address);
      await asked.getByLabel("Code").fill(` ${code.toUpperCase()}`);
      await asked.getByRole("button", { name: "Sign in" }).click();
      await eventually(() => question.locator("p").allTextContents()).toEqual([
        "Images of this vault will go to the Google Photos of you@example.com. Go on only if that account is yours.",
      ]);
      expect(phone.isSignedIn).toBe(false);
      await question.getByRole("button", { name: answer }).click();
      await eventually(() => asked.count()).toBe(0);
    }
    await eventually(() => phone.isSignedIn).toBe(true);
    expect(JSON.parse(kept(phone))).toEqual(JSON.parse(kept(desktop)));

    await phone.openAccount();
    await phone.press("Test");
    await eventually(() => phone.account.locator(".vib-test-row").textContent()).toContain(
      "It works. Images would go to you@example.com.",
    );
  });
});

describe("a stranger’s sign-in", () => {
  it("that comes by an address says whose it is before it takes the place of one’s own", async () => {
    stage = await Stage.begin();
    const device = await stage.device({ signedIn: true });
    const before = kept(device);
    const client = { id: "9-b.apps.googleusercontent.com", secret: "s" };
    const signIn = { clientId: client.id, refreshToken: "r", sub: "9", email: "stranger@example.com" };
    const carried = await pack({ client, signIn }, "0123abcdwxyz");
    await device.app.openProtocol(`obsidian://vault-image-backup?carry=${carried}`);
    const asked = device.page.locator(".vib-take-over");
    await asked.getByLabel("Code").fill("0123abcdwxyz");
    await asked.getByRole("button", { name: "Sign in" }).click();
    const question = device.page.locator(".modal", { hasText: "Another account or client" });
    await eventually(() => question.textContent()).toContain("the Google Photos of stranger@example.com.");
    expect(await question.textContent()).toContain(
      "Images that were never sent with this account and client would be sent again",
    );
    await question.getByRole("button", { name: "Cancel" }).click();
    await eventually(() => notices(device)).toContain("Nothing has changed.");
    expect(kept(device)).toBe(before);
  });
});

describe("the plugin asks for no module of Node’s", () => {
  const OF_THE_APP = /^(?:obsidian|@codemirror\/.+|@lezer\/.+)$/;

  it.each(["desktop", "phone"] as const)("before a sign-in begins: %s", async (mode) => {
    stage = await Stage.begin();
    const device = await stage.device({ mode });
    await eventually(async () => (await device.status())["looked"]).toBe(true);
    await device.openAccount();
    const { modules } = device.host.log;
    expect(modules).toContain("obsidian");
    expect(modules.filter((name) => !OF_THE_APP.test(name))).toEqual([]);
    await device.opening(() => device.press("Sign in"));
    const asked = [...new Set(modules.filter((name) => !OF_THE_APP.test(name)))];
    expect(asked).toEqual(mode === "desktop" ? ["http", "electron"] : []);
  });
});
