import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import jsQR from "jsqr";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { expect } from "vitest";
import type { GooglePhotos, Switches } from "../google-photos";
import { png } from "../google-photos/sample-pictures";
import { claims } from "../google-photos/sign-in/id-token";
import { openHost, startHost, type Host, type HostPage, type OpenOptions } from "../obsidian-host";
import { startStrictGoogle } from "../strict-google";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";
const CLIENT = `${PLUGIN}-client`;
const SIGN_IN = `${PLUGIN}-sign-in`;

const PATIENCE = 45_000;

/** Expects something of the product that comes about by itself, within what a person would wait. */
export function eventually<T>(look: () => T | Promise<T>) {
  return expect.poll(look, { timeout: PATIENCE });
}

/** What a person wants of a device before they sit down at it. */
export interface Wishes {
  readonly mode?: "desktop" | "phone";
  /** A client is known already; default true. */
  readonly client?: boolean;
  /** Somebody is signed in already. */
  readonly signedIn?: boolean;
  /** Images of the vault; default 1. */
  readonly images?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly prepare?: NonNullable<OpenOptions["prepare"]>;
  /** Where Google's hosts are answered; default the emulator itself. */
  readonly through?: string;
}

/** A person's device: the built plugin in a page that plays Obsidian, on a vault of its own. */
export class Device {
  private constructor(
    readonly google: GooglePhotos,
    readonly folder: string,
    readonly host: Host,
    private readonly prepare: Wishes["prepare"],
    private shown: HostPage,
  ) {}

  static async open(google: GooglePhotos, folder: string, wishes: Wishes): Promise<Device> {
    const vault = path.join(folder, "vault");
    fs.mkdirSync(vault, { recursive: true });
    const images = Array.from({ length: wishes.images ?? 1 }, (_, index) => index);
    for (const index of images) fs.writeFileSync(path.join(vault, `picture ${index}.png`), png(index + 1));
    fs.writeFileSync(
      path.join(vault, "Note.md"),
      images.map((index) => `![[picture ${index}.png]]`).join("\n"),
    );
    if (wishes.settings !== undefined) {
      const own = path.join(vault, ".obsidian", "plugins", PLUGIN);
      fs.mkdirSync(own, { recursive: true });
      fs.writeFileSync(path.join(own, "data.json"), JSON.stringify(wishes.settings));
    }
    const host = await startHost({
      vault,
      plugin: PROJECT,
      google: wishes.through ?? google.origin,
      device: path.join(folder, "device"),
      ...(wishes.mode === undefined ? {} : { mode: wishes.mode }),
    });
    if (wishes.client !== false) host.secrets.set(CLIENT, JSON.stringify(google.client));
    if (wishes.signedIn === true) {
      const account = "you@example.com";
      const { refreshToken } = google.signIn({ account });
      // As a consent leaves it.
      const whose = { sub: claims(account, [])["sub"], email: account };
      host.secrets.set(SIGN_IN, JSON.stringify({ refreshToken, clientId: google.client.id, ...whose }));
    }
    const { prepare } = wishes;
    const page = await openHost(host, prepare === undefined ? {} : { prepare });
    return new Device(google, folder, host, prepare, page);
  }

  get app(): HostPage {
    return this.shown;
  }

  get page(): Page {
    return this.shown.page;
  }

  /** The account's window. */
  get account() {
    return this.page.locator(".vib-account-modal");
  }

  get isSignedIn(): boolean {
    return (this.host.secrets.get(SIGN_IN) ?? "").includes("refreshToken");
  }

  async openAccount(): Promise<void> {
    await this.app.openView(`${PLUGIN}-status`);
    await this.page.locator(".vib-account").click();
  }

  /** Presses a button of the account's window. */
  async press(name: string): Promise<void> {
    await this.account.getByRole("button", { name, exact: true }).click();
  }

  /** Does something that opens the system's browser; answers the address that it was given. */
  async opening(act: () => Promise<void>): Promise<string> {
    const opened = new Promise<string>((resolve) => this.host.setOpenExternal(resolve));
    await act();
    return opened;
  }

  /** The system's browser with an address in it. */
  async browse(url: string): Promise<Page> {
    const page = await this.shown.context.newPage();
    await page.goto(url);
    return page;
  }

  async status(): Promise<Readonly<Record<string, unknown>>> {
    return JSON.parse(await this.app.cli(`${PLUGIN}:status`)) as Record<string, unknown>;
  }

  /** The app is killed, as a phone does it, and opened again. */
  async killAndReopen(): Promise<void> {
    await this.shown.kill();
    this.shown = await openHost(this.host, this.prepare === undefined ? {} : { prepare: this.prepare });
  }

  async close(): Promise<void> {
    await this.shown.close().catch(() => undefined);
    await this.host.close();
  }
}

/** One person's Google account and their devices. */
export class Stage {
  readonly #folder = fs.mkdtempSync(path.join(os.tmpdir(), "sign-in-"));
  readonly #devices: Device[] = [];

  private constructor(readonly google: GooglePhotos) {}

  static async begin(switches: Partial<Switches> = {}): Promise<Stage> {
    return new Stage(await startStrictGoogle({ switches }));
  }

  async device(wishes: Wishes = {}): Promise<Device> {
    const folder = path.join(this.#folder, `device ${this.#devices.length + 1}`);
    const device = await Device.open(this.google, folder, wishes);
    this.#devices.push(device);
    return device;
  }

  async end(): Promise<void> {
    for (const device of this.#devices) await device.close();
    await this.google.close();
    fs.rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Presses a button on Google's consent page. */
export async function decide(consent: Page, decision: "Allow" | "Deny"): Promise<void> {
  await consent.getByRole("button", { name: decision }).click();
}

/** Decides on a phone, where the browser cannot open the last address; answers that address. */
export async function decideOnPhone(consent: Page, decision: "Allow" | "Deny"): Promise<string> {
  const last = consent.waitForEvent("requestfailed", (request) =>
    request.url().startsWith("http://127.0.0.1:51515/"),
  );
  await decide(consent, decision);
  return (await last).url();
}

/** What the phone's camera sees on the desktop's screen. */
export async function scan(desktop: Device): Promise<string> {
  const picture = await desktop.page.locator(".vib-qr-code").screenshot({ scale: "device" });
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? "nothing can be read";
}
