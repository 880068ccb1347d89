import fs from "node:fs";
import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { Session } from "../start/session";

const VAULT = path.join(import.meta.dirname, "..", "vault");
const DATA = path.join(".obsidian", "plugins", "vault-image-backup", "data.json");

let open: Session | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function start(settings: Record<string, unknown>): Promise<Session> {
  open = await Session.open({
    vault: VAULT,
    inPlace: false,
    google: undefined,
    exit: true,
    json: undefined,
    settings,
  });
  return open;
}

/** The plugin over settings of a version, of which a person then changes one. */
async function changed(version: number): Promise<{ session: Session; before: string; now: () => string }> {
  const session = await start({
    version,
    started: true,
    quality: "original",
    tomorrow: "of a later version",
  });
  const file = path.join(session.place.vault, DATA);
  const now = (): string => fs.readFileSync(file, "utf8");
  const before = now();
  await session.page.openSettings();
  const select = session.page.page.locator('.modal .setting-item:has-text("Back up by itself") select');
  await select.selectOption("off");
  await session.page.closeSettings();
  return { session, before, now };
}

describe("settings of a newer version", () => {
  it("are refused with a sentence and left untouched", async () => {
    const { session, before, now } = await changed(99);
    await session.page.runCommand("vault-image-backup:open-status");
    await session.page.page.getByText("This device needs a newer version").first().waitFor();
    await session.page.runCommand("vault-image-backup:back-up-vault-images");
    expect((await session.status()).hold).toBe("newer-ledger");
    await session.leavePage();
    expect(now()).toBe(before);
    expect(session.google?.requests.all().filter(({ kind }) => kind === "upload")).toEqual([]);
  });
});

describe("settings of this version", () => {
  it("are written when they are changed, and leave beside them what only a later version knows", async () => {
    const { now } = await changed(1);
    await expect
      .poll(() => JSON.parse(now()) as unknown)
      .toMatchObject({ version: 1, automatic: false, tomorrow: "of a later version" });
  });
});

describe("settings that cannot be read", () => {
  it("are told of, left as they are, and nothing is backed up", async () => {
    const session = await start({ started: true });
    await session.signIn();
    const file = path.join(session.place.vault, DATA);
    fs.writeFileSync(file, '{"started": tr');
    await session.page.page.reload();
    await session.page.page.getByText("cannot read its settings").waitFor();
    expect((await session.status()).looked).toBe(false);
    for (const command of ["run", "report"]) {
      const answer = await session.page.cli(`vault-image-backup:${command}`);
      expect(JSON.parse(answer)).toMatchObject({ found: 0, looked: false });
    }
    for (const command of ["back-up-vault-images", "export-report"]) {
      await session.page.page.getByText("cannot read its settings").click();
      await session.page.runCommand(`vault-image-backup:${command}`);
      await session.page.page.getByText("cannot read its settings").waitFor();
    }
    expect(await session.page.page.locator(".modal").count()).toBe(0);
    await session.page.openSettings();
    await session.page.page.locator('.modal .setting-item:has-text("Diagnostics")').waitFor();
    await session.leavePage();
    expect(fs.readFileSync(file, "utf8")).toBe('{"started": tr');
  });
});
