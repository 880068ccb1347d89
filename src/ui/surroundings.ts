import { effect, signal, type ReadonlySignal } from "@preact/signals-core";
import type { App, Component, Plugin } from "obsidian";
import type { Words } from "../i18n";
import type {
  BackupCommands,
  BackupSettings,
  Clock,
  ConditionsPort,
  JournalFile,
  NoteImages,
  RecoveryCommands,
  Vault,
  VaultImage,
} from "../model";
import type { Status } from "../status";
import { openPreferences, type PreferenceStore } from "./preferences";
import { redraw } from "./redraw";
import type { SignInPort, SignInStatus } from "./sign-in-port";

/** The settings as the surfaces read and change them; secrets are no part of them. */
export interface SettingsAccess {
  /** Until this resolves, they are the defaults. Rejects where they cannot be read. */
  readonly opened: Promise<void>;
  read(): BackupSettings;
  /** Keeps the change; resolves when it is on disk. */
  change(change: Partial<BackupSettings>): Promise<void>;
  /** Tells after every change, whoever made it; the answer ends it. */
  watch(tell: () => void): () => void;
}

/** What the surfaces need; `main.ts` hands it in. */
export interface SurfaceDeps {
  readonly plugin: Plugin;
  readonly status: Status;
  readonly commands: BackupCommands;
  readonly recovery: RecoveryCommands;
  /** Writes a new file of the vault; never over one that is there. */
  readonly writeFile: Vault["create"];
  readonly settings: SettingsAccess;
  readonly conditions: Pick<ConditionsPort, "read">;
  readonly signIn: SignInPort;
  readonly noteImages: NoteImages;
  /** Every image file of the vault; to be called seldom. */
  readonly vaultImages: () => Iterable<VaultImage>;
  /** The files of the ledger, all devices' together. */
  readonly ledgerFiles: () => Promise<readonly JournalFile[]>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Asked in long work as often as it can be: a promise to be awaited where others are to have their turn. */
  readonly breath: Clock["breath"];
  readonly openBrowser: (url: string) => void;
  readonly words: Words;
}

/** Says a text in the language of the app. */
export type Say = Words["say"];

/** What every surface is given: the deps, with what changes from outside as signals. */
export interface Surroundings extends SurfaceDeps {
  readonly say: Say;
  readonly app: App;
  readonly chosen: ReadonlySignal<BackupSettings>;
  readonly signedIn: ReadonlySignal<SignInStatus>;
  readonly preferences: PreferenceStore;
}

/** Follows settings and sign-in for as long as the plugin is loaded. */
export function surround(deps: SurfaceDeps): Surroundings {
  const { plugin, settings, signIn, words } = deps;
  const chosen = signal(settings.read());
  // A new object each time: what surfaces read beside the status, such as a waiting consent page, changes with it.
  const signedIn = signal({ ...signIn.status });
  plugin.register(settings.watch(() => (chosen.value = settings.read())));
  plugin.register(signIn.watch(() => (signedIn.value = { ...signIn.status })));
  return {
    ...deps,
    say: words.say,
    app: plugin.app,
    chosen,
    signedIn,
    preferences: openPreferences(plugin.app),
  };
}

/** Whether Google's page is open and its answer is waited for. Reads signals. */
export function isSigningIn({ signIn, signedIn }: Surroundings): boolean {
  return signedIn.value.is !== "no-client" && signIn.waiting !== undefined;
}

/** Is aborted when the component is unloaded. */
export function endOf(component: Component): AbortSignal {
  const over = new AbortController();
  component.register(() => over.abort());
  return over.signal;
}

/**
 * Runs `show` now and whenever a signal that it reads changes, for as long as the component is loaded.
 *
 * @param place  what it draws anew, where the focus may be in it
 */
export function follow(component: Component, show: () => void, place?: HTMLElement): void {
  component.register(effect(place ? () => redraw(place, show) : show));
}
