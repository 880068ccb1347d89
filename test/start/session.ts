import { once } from "node:events";
import { openHost, startHost, type Host, type HostPage } from "../obsidian-host";
import type { GooglePhotos } from "../google-photos";
import { chromiumPath } from "../../scripts/ready.mjs";
import path from "node:path";
import { giveConsent } from "./consent";
import { startOnKeptPort } from "./kept-port";
import { UsageError, type GivenGoogle, type StartOptions } from "./options";
import { preparePlace, writeSettings, type Place } from "./place";
import { summarise, type PluginStatus, type RunSummary } from "./summary";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";

/** Holds that a person, or another day, has to end. */
const LASTING = new Set([
  "signed-out",
  "refused",
  "storage-full",
  "daily-quota",
  "paused",
  "off",
  "first-use",
  "other-window",
  "newer-ledger",
]);

/** A status that stays the same for so long, in milliseconds, is one that waits for a time. */
const STILL = 1_500;

/** How far the clocks are moved on at a time, in milliseconds. */
const STEP = 20_000;

/** The stage: emulator (unless another server was given), host and scripted page on one vault. */
export class Session {
  private constructor(
    readonly place: Place,
    readonly google: GooglePhotos | undefined,
    readonly host: Host,
    private readonly given: GivenGoogle | undefined,
    private readonly hurry: boolean,
    private scripted: HostPage,
  ) {}

  static async open(options: StartOptions, headless = true): Promise<Session> {
    const place = preparePlace(options);
    writeSettings(place, PLUGIN, options.settings);
    const google = options.google === undefined ? await startOnKeptPort(place.keep) : undefined;
    const host = await startHost({
      vault: place.vault,
      plugin: PROJECT,
      google: options.google?.origin ?? google?.origin ?? "",
    });
    const given = options.google;
    const client = given ? { id: given.clientId, secret: given.clientSecret } : google?.client;
    host.secrets.set(`${PLUGIN}-client`, JSON.stringify(client));
    if (given !== undefined) {
      const { refreshToken, clientId } = given;
      host.secrets.set(`${PLUGIN}-sign-in`, JSON.stringify({ refreshToken, clientId }));
    }
    const scripted = await openHost(host, {
      headless,
      executable: chromiumPath(),
      ...(options.hurry === true ? { prepare: (context) => context.clock.install() } : {}),
    });
    return new Session(place, google, host, given, options.hurry === true, scripted);
  }

  get page(): HostPage {
    return this.scripted;
  }

  /** Signs in through the plugin's own sign-in; the consent page is answered as a person would. */
  async signIn(): Promise<void> {
    const kept = this.host.secrets.get(`${PLUGIN}-sign-in`);
    if (this.given !== undefined || (kept !== null && kept.includes("refreshToken"))) return;
    const asked = new Promise<string>((resolve) => this.host.setOpenExternal(resolve));
    const done = this.scripted.runCommand(`${PLUGIN}:sign-in`);
    await giveConsent(this.scripted.context, await asked);
    await done;
    this.host.setOpenExternal(undefined);
    await this.until(async () => (this.host.secrets.get(`${PLUGIN}-sign-in`) ?? "").includes("refreshToken"));
  }

  /** Runs "Back up vault images", with what first use asks of a person. */
  async backUp(): Promise<void> {
    await this.until(async () => (await this.status()).looked);
    const isFirst = (await this.status()).hold === "first-use";
    await this.scripted.runCommand(`${PLUGIN}:back-up-vault-images`);
    if (isFirst) await this.scripted.page.locator(".modal .mod-cta").click();
  }

  async status(): Promise<PluginStatus> {
    return JSON.parse(await this.scripted.cli(`${PLUGIN}:status`)) as PluginStatus;
  }

  /** Waits until nothing more happens by itself; `tell` hears how it goes on. */
  async settle(tell: (status: PluginStatus) => void): Promise<PluginStatus> {
    let status = await this.status();
    let still = performance.now();
    await this.until(async () => {
      const before = status;
      status = await this.status();
      tell(status);
      if (JSON.stringify(status) !== JSON.stringify(before)) still = performance.now();
      if (this.hurry && performance.now() - still > STILL) await this.moveOn();
      if (!status.looked) return false;
      if (status.waiting === 0) return true;
      return status.hold !== null && LASTING.has(status.hold);
    });
    return status;
  }

  /** Moves the page's clock and the emulator's on together, so that neither finds the other's times odd. */
  private async moveOn(): Promise<void> {
    const origin = this.given?.origin ?? this.google?.origin ?? "";
    const moved = await fetch(`${origin}/control/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ advance: STEP }),
    });
    if (!moved.ok) throw new UsageError(`--hurry needs an emulator: the clock of ${origin} cannot be moved.`);
    await this.scripted.page.clock.fastForward(STEP);
  }

  summary(status: PluginStatus, seconds: number): RunSummary {
    return summarise(status, this.host.log.requests, seconds);
  }

  /** Closes the scripted page, so that the one at the printed address is the one engine on this vault. */
  async leavePage(): Promise<void> {
    await this.scripted.close();
  }

  async close(): Promise<void> {
    await this.scripted.close().catch(() => undefined);
    await this.host.close();
    await this.google?.close();
    this.place.remove();
  }

  private async until(done: () => Promise<boolean>): Promise<void> {
    while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** Resolves on Ctrl-C. */
export async function interrupted(): Promise<void> {
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
