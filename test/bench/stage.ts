import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { GooglePhotos } from "../google-photos";
import { openHost, startHost, type Host, type HostPage, type OpenOptions } from "../obsidian-host";
import { startStrictGoogle } from "../strict-google";
import { giveConsent } from "../start/consent";
import type { PluginStatus } from "../start/summary";
import { startLink, type LinkShape, type ShapedLink } from "./shaped-link";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";

export interface StageOptions {
  /** The vault's folder; everything that a run leaves goes into its `.obsidian`. */
  readonly vault: string;
  readonly link?: LinkShape;
  readonly mode?: "desktop" | "phone";
  readonly settings?: Record<string, unknown>;
  /** Folder of the built plugin; this project's own by default. */
  readonly plugin?: string;
  readonly page?: OpenOptions;
}

/** The whole product in the host, with a Google Photos of its own at the end of a link. */
export class Stage {
  private constructor(
    readonly google: GooglePhotos,
    readonly host: Host,
    readonly page: HostPage,
    private readonly link: ShapedLink | undefined,
  ) {}

  static async open(options: StageOptions): Promise<Stage> {
    const google = await startStrictGoogle();
    const link = options.link && (await startLink(google.origin, options.link));
    const data = path.join(options.vault, ".obsidian", "plugins", PLUGIN, "data.json");
    fs.mkdirSync(path.dirname(data), { recursive: true });
    if (options.settings !== undefined) fs.writeFileSync(data, JSON.stringify(options.settings));
    const host = await startHost({
      vault: options.vault,
      plugin: options.plugin ?? PROJECT,
      google: link?.origin ?? google.origin,
      mode: options.mode ?? "desktop",
    });
    host.secrets.set(`${PLUGIN}-client`, JSON.stringify(google.client));
    const page = await openHost(host, options.page);
    return new Stage(google, host, page, link);
  }

  /** Signs in through the plugin's own sign-in, as a person would. */
  async signIn(): Promise<void> {
    const asked = new Promise<string>((resolve) => this.host.setOpenExternal(resolve));
    const done = this.page.runCommand(`${PLUGIN}:sign-in`);
    await giveConsent(this.page.context, await asked);
    await done;
    await this.until(() => (this.host.secrets.get(`${PLUGIN}-sign-in`) ?? "").includes("refreshToken"), 20);
    this.host.setOpenExternal(undefined);
  }

  /** Finishes first use, which begins the backup; answers when that was, in milliseconds since 1970. */
  async begin(): Promise<number> {
    await this.until(async () => (await this.status()).looked, 50);
    await this.page.runCommand(`${PLUGIN}:back-up-vault-images`);
    const start = this.page.page.locator(".modal .mod-cta");
    await start.waitFor();
    // By the page's own hand: the time that a driven mouse takes to get there is not the product's.
    return start.evaluate((button: HTMLElement) => {
      const at = Date.now();
      button.click();
      return at;
    });
  }

  async status(): Promise<PluginStatus> {
    return JSON.parse(await this.page.cli(`${PLUGIN}:status`)) as PluginStatus;
  }

  /**
   * Waits until no image waits; answers how it stands then, and when that was, in milliseconds since 1970. The page itself
   * looks, often: each question from outside would take its part of the machine, or come late.
   */
  async settle(): Promise<{ readonly status: PluginStatus; readonly at: number }> {
    return this.page.page.evaluate(async (command) => {
      const { _driver } = window as unknown as { _driver: { cli: (command: string) => Promise<string> } };
      for (;;) {
        const status = JSON.parse(await _driver.cli(command)) as PluginStatus;
        if (status.looked && status.waiting === 0) return { status, at: Date.now() };
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, `${PLUGIN}:status`);
  }

  async close(): Promise<void> {
    await this.page.close().catch(() => undefined);
    await this.host.close();
    await this.link?.close();
    await this.google.close();
  }

  async until(done: () => boolean | Promise<boolean>, every: number): Promise<void> {
    while (!(await done())) await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** An empty folder that `work` may fill; removed at the end. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vib-bench-"));
  try {
    return await work(folder);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
