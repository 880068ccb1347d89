import { build } from "esbuild";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openHost, startHost, type HostPage, type OpenOptions } from "../../obsidian-host";
import type { StageDoor } from "./plugin";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Bundles the stage's plugin into a folder, beside the real manifest and the real styles. */
export async function buildStagePlugin(folder: string): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: ["test/ui/stage/plugin.ts"],
    outfile: path.join(folder, "main.js"),
    bundle: true,
    format: "cjs",
    platform: "browser",
    target: "es2022",
    external: ["obsidian", "electron", "@codemirror/*", "@lezer/*"],
    logLevel: "error",
  });
  for (const name of ["manifest.json", "styles.css"]) {
    fs.copyFileSync(path.join(ROOT, name), path.join(folder, name));
  }
}

export interface StageOptions extends OpenOptions {
  readonly mode?: "desktop" | "phone";
  /** Fills the vault's folder; by default it is a copy of the sample vault. */
  readonly fill?: (vault: string) => void;
}

/** The surfaces in a real browser, over a vault of their own, with a backup that the test plays. */
export interface Stage {
  readonly host: HostPage;
  readonly vault: string;
  /** Runs in the page with the stage's door. */
  play<Answer, Given = null>(
    work: (stage: StageDoor, given: Given) => Answer | Promise<Answer>,
    given?: Given,
  ): Promise<Answer>;
  close(): Promise<void>;
}

export async function openStage({ mode, fill, ...options }: StageOptions = {}): Promise<Stage> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "vib-stage-"));
  const vault = path.join(folder, "vault");
  fs.mkdirSync(vault);
  if (fill === undefined) fs.cpSync(path.join(ROOT, "test/vault"), vault, { recursive: true });
  else fill(vault);
  await buildStagePlugin(path.join(folder, "plugin"));
  const server = await startHost({
    vault,
    plugin: path.join(folder, "plugin"),
    google: "http://127.0.0.1:9",
    device: path.join(folder, "device"),
    ...(mode === undefined ? {} : { mode }),
  });
  const host = await openHost(server, options);
  return {
    host,
    vault,
    play: (work, given) =>
      host.page.evaluate(
        `(async () => (${work.toString()})(window.stage, ${JSON.stringify(given ?? null)}))()`,
      ),
    close: async () => {
      await host.close();
      await server.close();
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}
