import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, vi } from "vitest";
import type { GooglePhotos } from "../google-photos";
import { openHost, startHost, type Host, type HostPage } from "../obsidian-host";
import type { PluginStatus } from "../start/summary";

const PROJECT = path.join(import.meta.dirname, "..", "..");
const PLUGIN = "vault-image-backup";

/** The plugin's own folder in a vault. */
export const PLUGIN_FOLDER = path.join(".obsidian", "plugins", PLUGIN);

/** Long enough for a device that met the other's create, which then waits for half a minute and a bit. */
const PATIENCE = { timeout: 90_000, interval: 100 };

/** A new folder below the system's own for temporary things; `remove` takes it away. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vib-account-"));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Expects something of the product that comes about by itself. */
export function eventually<T>(look: () => T | Promise<T>) {
  return expect.poll(look, PATIENCE);
}

export interface DeviceWishes {
  readonly google: GooglePhotos;
  readonly vault: string;
  /** Where what belongs to the device is kept. */
  readonly device: string;
  readonly signedIn?: boolean;
  /** Plugin settings; the first use is finished in any case. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A person's device: the built plugin in a page that plays Obsidian. Its clock can be moved ahead. */
export class Device {
  private constructor(
    private readonly wishes: DeviceWishes,
    readonly host: Host,
    readonly app: HostPage,
  ) {}

  static async open(wishes: DeviceWishes): Promise<Device> {
    const { google, vault, device, signedIn = true, settings = {} } = wishes;
    const file = path.join(vault, PLUGIN_FOLDER, "data.json");
    const before = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as object) : {};
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ ...before, started: true, ...settings }));
    const host = await startHost({ vault, plugin: PROJECT, google: google.origin, device });
    if (signedIn) signIn(host, google);
    const app = await openHost(host, {
      prepare: async (context) => {
        await context.addInitScript(() => {
          const world = window as unknown as { ahead: number };
          const now = Date.now.bind(Date);
          world.ahead = 0;
          Date.now = () => now() + world.ahead;
        });
      },
    });
    return new Device(wishes, host, app);
  }

  /** Moves the device's clock ahead by so many milliseconds more. */
  async wait(ms: number): Promise<void> {
    await this.app.page.evaluate((more) => {
      (window as unknown as { ahead: number }).ahead += more;
    }, ms);
  }

  async status(): Promise<PluginStatus> {
    return JSON.parse(await this.app.cli(`${PLUGIN}:status`)) as PluginStatus;
  }

  /** Waits until nothing waits any more. */
  async calm(): Promise<PluginStatus> {
    return vi.waitFor(async () => {
      const status = await this.status();
      if (!status.looked || status.waiting > 0) throw new Error(`not calm: ${JSON.stringify(status)}`);
      return status;
    }, PATIENCE);
  }

  async run(command: string): Promise<void> {
    await this.app.runCommand(`${PLUGIN}:${command}`);
  }

  /** What each image's row in the status view says, by path, under one filter. */
  async rows(filter: string): Promise<Readonly<Record<string, string>>> {
    await this.run("open-status");
    const { page } = this.app;
    const button = page.locator(`.vib-filter[data-filter="${filter}"]`);
    if (!(await button.isVisible())) return {};
    await button.click();
    await eventually(() => button.getAttribute("aria-pressed")).toBe("true");
    // The list is arranged a moment after it is asked for.
    const count = Number(await button.locator(".vib-filter-count").textContent());
    await eventually(async () => Math.min(count, await page.locator(".vib-image-row").count()) > 0).toBe(
      count > 0,
    );
    return page
      .locator(".vib-image-row")
      .evaluateAll((rows) =>
        Object.fromEntries(
          rows.map((row) => [
            (row as HTMLElement).dataset["path"] ?? "",
            row.querySelector(".vib-row-state")?.textContent ?? "",
          ]),
        ),
      );
  }

  /** Chooses an entry of the menu of an image's row. */
  async choose(image: string, entry: string): Promise<void> {
    const { page } = this.app;
    await page.locator(`.vib-image-row[data-path="${image}"] .vib-row-more`).first().click();
    await page.locator(".menu").getByText(entry, { exact: true }).click();
  }

  async reopen(): Promise<Device> {
    await this.close();
    return Device.open(this.wishes);
  }

  async close(): Promise<void> {
    await this.app.close().catch(() => undefined);
    await this.host.close();
  }
}

export function signIn(host: Host, google: GooglePhotos): void {
  const { refreshToken } = google.signIn();
  host.secrets.set(`${PLUGIN}-client`, JSON.stringify(google.client));
  host.secrets.set(`${PLUGIN}-sign-in`, JSON.stringify({ refreshToken, clientId: google.client.id }));
}
