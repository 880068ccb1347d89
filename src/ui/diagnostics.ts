import { apiVersion, Platform, Setting } from "obsidian";
import { extensionOf, type JournalFile } from "../model";
import { button } from "./button";
import { openDialog } from "./dialog";
import type { Surroundings } from "./surroundings";

/** What the ledger's files amount to, in words. Each device writes its own: `<device>-<n>.jsonl`. */
export function sayLedger(files: readonly JournalFile[], { say, words }: Surroundings): string {
  const size = words.bytes(files.reduce((sum, file) => sum + file.size, 0));
  return say("settings.ledger-desc", { n: devicesOf(files), size });
}

function devicesOf(files: readonly JournalFile[]): number {
  return new Set(files.map(({ name }) => name.replace(/-[^-]*$/, ""))).size;
}

/** Shows what can be handed on to somebody who helps: it is read before it is copied. */
export async function openDiagnostics(around: Surroundings): Promise<void> {
  const text = await diagnose(around);
  const { app, say } = around;
  const title = say("settings.diagnostics");
  openDialog(app, title, "vib-diagnostics-modal", (el) => {
    const attr = { readonly: true, rows: 16, "aria-label": title };
    el.createEl("textarea", { cls: "vib-diagnostics", text, attr });
    new Setting(el).addButton((bare) => {
      const copy = async (): Promise<void> => {
        await navigator.clipboard.writeText(text);
        bare.setButtonText(say("settings.diagnostics-copied"));
      };
      button(say("settings.diagnostics-copy"), copy, "next")(bare);
    });
  });
}

/**
 * Versions, settings and counts as JSON. Nothing in it names a person, a file or a folder: whatever could is counted
 * or left out, so that nobody has to look for it.
 */
async function diagnose(around: Surroundings): Promise<string> {
  const { plugin, words, status, chosen, preferences, signedIn, vaultImages, ledgerFiles, commands } = around;
  const { folders, albumIds, outsideAlbums: _accounts, ...settings } = chosen.peek();
  const types: Record<string, number> = {};
  for (const { path } of vaultImages()) {
    const type = extensionOf(path);
    types[type] = (types[type] ?? 0) + 1;
  }
  const files = await ledgerFiles();
  const platform = (Object.keys(Platform) as (keyof typeof Platform)[]).filter(
    (name) => Platform[name] === true,
  );
  const { is, ...signIn } = signedIn.peek();
  const facts = {
    plugin: plugin.manifest.version,
    obsidian: apiVersion,
    platform,
    language: words.language,
    settings: {
      ...settings,
      folders: { include: folders.include.length, exclude: folders.exclude.length },
      albums: { for: settings.albums, known: Object.values(albumIds).flatMap(Object.keys).length },
    },
    preferences: preferences.now.peek(),
    offHere: commands.offHere,
    signIn: { is, missing: "missing" in signIn ? signIn.missing : undefined },
    status: status.summary(),
    hold: status.hold.peek(),
    run: status.run.peek(),
    types,
    ledger: { devices: devicesOf(files), files: files.map(({ size }) => size) },
  };
  return JSON.stringify(facts, undefined, 2);
}
