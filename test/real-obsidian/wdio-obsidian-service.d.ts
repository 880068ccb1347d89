/**
 * What this test uses of `wdio-obsidian-service` 3.1.1, in our own words: the package is installed only where the test
 * runs, and the test is checked against this everywhere.
 */
declare module "wdio-obsidian-service" {
  import type { App } from "obsidian";

  interface ObsidianPage {
    enablePlugin(pluginId: string): Promise<void>;
    /** Runs a command of Obsidian's own command line. */
    runObsidianCli(args: string[]): Promise<{ stdout: string; stderr: string }>;
    /** The copy of the vault that the app has open. */
    getVaultPath(): string;
  }

  interface ObsidianElement {
    click(): Promise<void>;
    waitForDisplayed(options?: { timeout?: number }): Promise<true>;
  }

  interface ObsidianBrowser {
    $(selector: string): ObsidianElement;
    /** Runs a function in the app; it takes nothing with it but its parameters, which must be JSON. */
    executeObsidian<Parameters extends unknown[], Result>(
      work: (obsidian: { app: App }, ...parameters: Parameters) => Result,
      ...parameters: Parameters
    ): Promise<Result>;
    executeObsidianCommand(id: string): Promise<void>;
    getObsidianPage(): ObsidianPage;
    getObsidianVersion(): string;
    saveScreenshot(path: string): Promise<unknown>;
    deleteSession(): Promise<void>;
  }

  export function startWdioSession(options: {
    capabilities: {
      browserName: "obsidian";
      browserVersion: string;
      "wdio:obsidianOptions": {
        installerVersion: string;
        vault: string;
        plugins: { path: string; enabled: boolean }[];
      };
      "goog:chromeOptions": { args: string[] };
    };
    cacheDir: string;
    logLevel: "error";
  }): Promise<ObsidianBrowser>;
}
