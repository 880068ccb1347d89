import path from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { answerForm } from "../google-photos/sign-in-steps";
import { filesUnder, find, type Written } from "./secret-search";
import { eventually, scan, Stage, type Device } from "./stage";
import { startTap, type Echo, type Tap } from "./tap";

let stage: Stage | undefined;
let tap: Tap | undefined;

afterEach(async () => {
  await stage?.end();
  await tap?.close();
  stage = tap = undefined;
});

/** Each of Google's ways to say no, and some that are nobody's, with all that was sent inside. */
const ECHOES: readonly Echo[] = [
  (sent) => json(400, { error: { code: 400, message: sent, status: "INVALID_ARGUMENT" } }),
  (sent) => json(403, { error: { code: 403, message: sent, status: sent, details: [{ reason: sent }] } }),
  (sent) => json(400, { code: 3, message: sent }),
  (sent) => json(401, { error: sent, error_description: sent }),
  (sent) => ({ status: 502, type: "text/html", body: `<html>${sent}</html>` }),
  (sent) => ({ status: 200, type: "text/html", body: `<html>${sent}</html>` }),
  (sent) => json(200, { uploadToken: { sent }, mediaItems: sent, albums: sent, access_token: [sent] }),
];

function json(status: number, content: unknown): ReturnType<Echo> {
  return { status, type: "application/json", body: JSON.stringify(content) };
}

/** Everything that a device showed or told, piece by piece, as it went. */
class Witness {
  readonly #seen: Written[] = [];

  constructor(private readonly device: Device) {
    this.follow();
  }

  /** Listens to a page; after a restart it is another one. */
  follow(): void {
    const { page } = this.device;
    page.on("console", (line) => this.#keep("browser's console", line.text()));
    page.on("pageerror", (error) => this.#keep("thrown error", `${error.message}\n${error.stack}`));
  }

  /** Keeps what is to be seen just now, with what is typed into fields and what lies in the page's storages. */
  async look(when: string): Promise<void> {
    const { page } = this.device;
    this.#keep(`page ${when}`, await page.content());
    this.#keep(
      `fields ${when}`,
      (
        await page
          .locator("input, textarea")
          .evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))
      ).join("\n"),
    );
    this.#keep(`storages ${when}`, await page.evaluate(storages));
  }

  get seen(): readonly Written[] {
    const { log } = this.device.host;
    const told = {
      console: log.console.map(({ level, text }) => `${level} ${text}`),
      notices: log.notices,
      addresses: log.requests.map(({ url, error }) => `${url} ${error ?? ""}`),
      opened: log.external,
      reads: log.reads.map((record) => record.path),
      writes: log.writes.map((record) => record.path),
    };
    return [
      ...this.#seen,
      ...Object.entries(told).map(([where, lines]) => ({ where, bytes: Buffer.from(lines.join("\n")) })),
    ];
  }

  #keep(where: string, text: string): void {
    this.#seen.push({ where, bytes: Buffer.from(text) });
  }
}

/** All that is in localStorage, sessionStorage and IndexedDB: on disk the browser may have packed it. */
async function storages(): Promise<string> {
  const found: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)];
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error ?? new Error("no answer"));
    });
  for (const { name = "" } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const all = database.transaction(store).objectStore(store);
      found.push(name, store, await done(all.getAllKeys()), await done(all.getAll()));
    }
    database.close();
  }
  return JSON.stringify(found);
}

/**
 * A person at Google's page in a browser of their own: what its history keeps is not the product's.
 *
 * @returns where Google's page led
 */
async function consent(device: Device, url: string): Promise<string> {
  const page = await fetch(url);
  const answer = await answerForm(device.google, await page.text());
  return answer.headers.get("location") ?? "";
}

function refreshTokenOf(device: Device): string {
  const kept = device.host.secrets.get("vault-image-backup-sign-in") ?? "";
  return (JSON.parse(kept) as { readonly refreshToken: string }).refreshToken;
}

describe("after a run in which everything that can go wrong does", () => {
  it("no secret was written or shown anywhere but in the secret storage", async () => {
    stage = await Stage.begin();
    tap = await startTap(stage.google.origin);
    const { google } = stage;
    const wires = tap;
    const device = await stage.device({
      client: false,
      images: 8,
      settings: { started: true },
      through: wires.origin,
    });
    const witness = new Witness(device);
    const secrets = new Set([google.client.secret]);
    const codeOf = (back: string): void => void secrets.add(new URL(back).searchParams.get("code") ?? "none");

    // The client is brought; the first answers of the token endpoint repeat all they are sent.
    await device.app.runCommand("sign-in");
    const { account } = device;
    const { id, secret } = google.client;
    await account.getByLabel("Client ID").fill(id);
    await account.getByLabel("Client secret").fill(secret);
    await device.press("Use this client");
    await eventually(() => account.getByLabel("Client secret").isVisible()).toBe(false);
    for (const as of ECHOES) {
      wires.echo = { on: /\/token$/, as };
      const back = await consent(device, await device.opening(() => device.press("Sign in")));
      codeOf(back);
      expect(await (await fetch(back)).text()).toContain("Sign-in did not work");
      await eventually(() => account.getByRole("button", { name: "Cancel sign-in" }).count()).toBe(0);
      await witness.look("after a refused code");
    }
    wires.echo = undefined;
    google.faults.script({ on: ["upload", "create"], do: "500-before", times: 3 });
    const back = await consent(device, await device.opening(() => device.press("Sign in")));
    codeOf(back);
    wires.echo = { on: /\/v1\//, as: ECHOES[0] as Echo };
    await fetch(back);
    await eventually(() => device.isSignedIn).toBe(true);
    secrets.add(refreshTokenOf(device));

    // The backup runs, and the connection is tested, against answers that repeat the access token.
    for (const as of ECHOES) {
      wires.echo = { on: /\/v1\//, as };
      const before = wires.echoed;
      await device.press("Test");
      await eventually(() => wires.echoed).toBeGreaterThan(before);
      await eventually(() => account.locator(".vib-test-row").textContent()).not.toContain("Asking Google");
      await device.app.runCommand("back-up-vault-images");
      await witness.look("after a refused call");
    }
    // Refreshing fails in every way; then the sign-in is dead, and is mended by hand.
    wires.echo = { on: /\/token$/, as: ECHOES[0] as Echo };
    await device.killAndReopen();
    witness.follow();
    for (const as of ECHOES) {
      wires.echo = { on: /\/token$/, as };
      const before = wires.echoed;
      await device.openAccount();
      await device.press("Test");
      await eventually(() => wires.echoed).toBeGreaterThan(before);
      await eventually(() => device.account.locator(".vib-test-row").textContent()).not.toContain(
        "Asking Google",
      );
      await witness.look("after a refused refresh");
      await device.page.keyboard.press("Escape");
    }
    expect(device.isSignedIn, "only invalid_grant drops a sign-in").toBe(true);
    wires.echo = undefined;
    await device.openAccount();
    await device.press("Test");
    await eventually(() => device.account.locator(".vib-test-row").textContent()).toContain("It works");
    await device.app.runCommand("back-up-vault-images");

    await eventually(() => device.status()).toMatchObject({ backedUp: 8, hold: null });

    // What a person hands on to somebody who helps.
    await device.page.keyboard.press("Escape");
    await device.app.openSettings();
    await device.page.getByRole("button", { name: "Show…", exact: true }).click();
    await device.page.locator(".vib-diagnostics").waitFor();
    await witness.look("in the diagnostics");
    await device.page.keyboard.press("Escape");
    await device.app.closeSettings();
    await device.openAccount();

    // The sign-in is carried away, and revoked after a refusal that repeats the token.
    await device.press("Show code…");
    const code = (await device.page.locator(".vib-carry-code").textContent()) ?? "";
    const drawn = await device.page.locator(".vib-qr-code path").getAttribute("d");
    expect(drawn?.length).toBeGreaterThan(1000);
    await device.page.keyboard.press("Escape");
    wires.echo = { on: /\/revoke$/, as: ECHOES[3] as Echo };
    for (const time of ["first", "second"]) {
      await device.press("Revoke…");
      await device.page.getByRole("button", { name: "Revoke everywhere" }).click();
      await eventually(() =>
        device.page.locator(".modal", { hasText: "Every device has to sign in again" }).count(),
      ).toBe(0);
      await witness.look(`after revoking, the ${time} time`);
      wires.echo = undefined;
    }
    await eventually(() => device.isSignedIn).toBe(false);

    // A last sign-in that ends well, and dies by itself.
    const again = await consent(device, await device.opening(() => device.press("Sign in")));
    codeOf(again);
    await fetch(again);
    await eventually(() => device.isSignedIn).toBe(true);
    secrets.add(refreshTokenOf(device));
    google.revokeAll();
    await device.killAndReopen();
    witness.follow();
    await device.openAccount();
    await device.press("Test");
    await eventually(() => device.account.locator(".vib-test-row").textContent()).toContain(
      "The sign-in has ended",
    );
    await witness.look("at the end");
    await device.app.close();

    for (const passed of wires.secrets) secrets.add(passed);
    const secretFile = path.join(device.folder, "device", "secrets.json");
    const written = [...witness.seen, ...filesUnder(device.folder, [secretFile])];
    expect(secrets.size).toBeGreaterThan(20);
    expect(written.length).toBeGreaterThan(50);
    // The search would find it: it does, where the secret rests.
    expect(new Set(find([secret], filesUnder(device.folder)).map((place) => place.split(" in ")[1]))).toEqual(
      new Set([path.join("device", "secrets.json")]),
    );
    expect(find(secrets, written)).toEqual([]);
    // The code that a person reads is shown, and written nowhere.
    expect(find([code, code.replaceAll(" ", "")], filesUnder(device.folder))).toEqual([]);
  });

  it("nor while a phone waits for its answer and is killed meanwhile", async () => {
    stage = await Stage.begin();
    tap = await startTap(stage.google.origin);
    const device = await stage.device({ mode: "phone", through: tap.origin });
    const witness = new Witness(device);
    await device.app.runCommand("sign-in");
    const back = await consent(device, await device.opening(() => device.press("Sign in")));
    const pending = JSON.parse(device.host.secrets.get("vault-image-backup-pending") ?? "") as {
      verifier: string;
    };
    const secrets = new Set([new URL(back).searchParams.get("code") ?? "none", pending.verifier]);
    await witness.look("while it waits");
    await device.killAndReopen();
    witness.follow();
    for (const as of ECHOES) {
      tap.echo = { on: /\/token$/, as };
      await device.app.openProtocol(back.replace("http://127.0.0.1:51515/", "obsidian://"));
      await witness.look("after a refused answer");
    }
    tap.echo = undefined;
    await device.app.openProtocol(back.replace("http://127.0.0.1:51515/", "obsidian://"));
    await eventually(() => device.isSignedIn).toBe(true);
    await witness.look("signed in");
    await device.app.close();
    for (const passed of tap.secrets) secrets.add(passed);
    expect(tap.echoed).toBe(ECHOES.length);
    expect(secrets.size).toBeGreaterThanOrEqual(6);
    const secretFile = path.join(device.folder, "device", "secrets.json");
    expect(find(secrets, [...witness.seen, ...filesUnder(device.folder, [secretFile])])).toEqual([]);
  });

  it("nor while a sign-in is carried to a phone, of which neither picture nor code is written anywhere", async () => {
    stage = await Stage.begin();
    tap = await startTap(stage.google.origin);
    const through = tap.origin;
    const desktop = await stage.device({ signedIn: true, through });
    const phone = await stage.device({ mode: "phone", client: false, through });
    const [onDesktop, onPhone] = [new Witness(desktop), new Witness(phone)];
    const secrets = new Set([stage.google.client.secret, refreshTokenOf(desktop)]);
    await desktop.openAccount();
    await desktop.press("Show code…");
    const spoken = (await desktop.page.locator(".vib-carry-code").textContent()) ?? "";
    const address = await scan(desktop);
    await onDesktop.look("while it shows the picture");
    await desktop.page.keyboard.press("Escape");

    tap.echo = { on: /\/token$/, as: ECHOES[0] as Echo };
    await phone.app.openProtocol(address);
    const asked = phone.page.locator(".vib-take-over");
    for (const [typed, isIn] of [
      ["0000 0000 0000", false],
      [spoken, true],
    ] as const) {
      await asked.getByLabel("Code").fill(typed);
      await asked.getByRole("button", { name: "Sign in" }).click();
      if (isIn) {
        await phone.page.getByRole("button", { name: "Use it" }).waitFor();
        await onPhone.look("while it asks whose it is");
        await phone.page.getByRole("button", { name: "Use it" }).click();
      }
      await eventually(() => (isIn ? asked.count() : asked.getByRole("alert").count())).toBe(isIn ? 0 : 1);
      expect(phone.isSignedIn).toBe(isIn);
      await onPhone.look(`after ${typed === spoken ? "the" : "another"} code`);
    }
    await phone.openAccount();
    for (const as of ECHOES) {
      tap.echo = { on: /\/token$/, as };
      const before = tap.echoed;
      await phone.press("Test");
      const wires = tap;
      await eventually(() => wires.echoed).toBeGreaterThan(before);
      await eventually(() => phone.account.locator(".vib-test-row").textContent()).not.toContain("Asking");
      await onPhone.look("after a refused refresh");
    }
    for (const device of [desktop, phone]) await device.app.close();

    const [carried = "", code] = [address.split("carry=")[1], spoken.replaceAll(" ", "")];
    expect(carried.length).toBeGreaterThan(200);
    const files = [desktop, phone].flatMap(({ folder }) => filesUnder(folder));
    expect(find([carried, spoken, code], files)).toEqual([]);
    expect(find([carried], [...onDesktop.seen, ...onPhone.seen]), "only as a picture").toEqual([]);
    for (const passed of tap.secrets) secrets.add(passed);
    const open = files.filter(({ where }) => where !== path.join("device", "secrets.json"));
    expect(open.length).toBeLessThan(files.length);
    expect(find(secrets, [...onDesktop.seen, ...onPhone.seen, ...open])).toEqual([]);
  });
});
