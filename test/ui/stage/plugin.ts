import { hostClock } from "../../../src/platform";
import { getLanguage, Plugin } from "obsidian";
import { Words } from "../../../src/i18n";
import type {
  AwayImage,
  BackupCommands,
  BackupEvent,
  BackupSettings,
  Checked,
  Hold,
  ImageState,
  Restoration,
  VaultPath,
} from "../../../src/model";
import { SettingsStore } from "../../../src/platform";
import { createStatus, type Headline, type Summary } from "../../../src/status";
import { addSurfaces, confirmAccountChange, type SurfaceDeps } from "../../../src/ui";
import { createNoteImages, createVault } from "../../../src/vault";
import type { AccountChange } from "../../../src/ui/sign-in-port";
import { PlayedSignIn } from "./played-sign-in";
import { STRETCHED, stretchedWords } from "./stretched-words";

/** What a test does to the surfaces from outside, in words; lies on the window as `stage`. */
export interface StageDoor {
  tell(event: BackupEvent): void;
  /** The same as an `images` event, which cannot cross from the test as a map. */
  enter(states: readonly (readonly [VaultPath, ImageState | null])[]): void;
  /** These images are missing, and no others. */
  miss(images: readonly Omit<AwayImage, "is">[]): void;
  readonly signIn: PlayedSignIn;
  settings(): BackupSettings;
  /** Whether the device can tell of Wi-Fi and power; at first it can. */
  readonly device: { canTell: boolean };
  /** What the commands to the backup answer: at first that nothing keeps it. */
  readonly engine: { hold?: Hold; isPaused: boolean };
  /** What a check of Google Photos finds, at first nothing, and what putting images back comes to, at first all. */
  readonly google: { checked: Checked | undefined; restored?: Promise<Restoration> };
  change(change: Partial<BackupSettings>): Promise<void>;
  /** Commands that the surfaces have given, as JSON, and addresses they have opened. */
  readonly given: string[];
  /** What the vault's notes say of an image. */
  captionOf(image: VaultPath): string | undefined;
  headline(): Headline;
  summary(): Summary;
  open(): Promise<void>;
  /** Asks whether another account, client or device's sign-in may take the place of the one before. */
  confirm(change: AccountChange): void;
}

/** All surfaces on a real vault, with the backup played from outside: so each state can be brought about. */
export default class StagePlugin extends Plugin {
  override async onload(): Promise<void> {
    const given: string[] = [];
    const device = { canTell: true };
    const engine: StageDoor["engine"] = { isPaused: false };
    const google: StageDoor["google"] = {
      checked: { is: "checked", there: 0, gone: 0, young: 0, before: 0 },
    };
    const noteImages = createNoteImages(this.app);
    const status = createStatus(noteImages);
    this.register(() => status.stop());
    this.app.workspace.onLayoutReady(() => noteImages.start(this));
    const settings = new SettingsStore(this);
    await settings.opened;
    const note =
      (name: keyof BackupCommands) =>
      (...values: readonly unknown[]): Hold | undefined => {
        given.push(JSON.stringify([name, ...values.filter((value) => value !== undefined)]));
        return engine.hold;
      };
    const signIn = new PlayedSignIn();
    const answer = <Answer>(name: string, value: Answer, ...values: readonly unknown[]): Promise<Answer> => {
      given.push(JSON.stringify([name, ...values]));
      return Promise.resolve(value);
    };
    const words = getLanguage() === STRETCHED ? stretchedWords() : new Words(getLanguage());
    const deps: SurfaceDeps = {
      plugin: this,
      status,
      commands: {
        backUp: note("backUp"),
        tryAgain: note("tryAgain"),
        pause: note("pause"),
        resume: note("resume"),
        wake: note("wake"),
        putFirst: note("putFirst"),
        setOffHere: note("setOffHere"),
        estimateSaving: async (_signal, tell) => {
          tell(0, 1);
          // As long as it takes to be seen.
          for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
          return { tried: 12, bytes: 340_000_000, saved: 120_000_000 };
        },
        offHere: false,
        get isPaused() {
          return engine.isPaused;
        },
      },
      recovery: {
        verify: () => answer("verify", google.checked),
        want: (paths) => answer("want", google.checked, paths),
        leave: (paths) => answer("leave", undefined, paths),
        forget: (paths) => answer("forget", undefined, paths),
        confirm: (paths) => answer("confirm", undefined, paths),
        restore: (paths) =>
          google.restored ?? answer("restore", { same: paths.length, copies: 0, not: 0 }, paths),
      },
      writeFile: (path, bytes) => createVault(this.app).create(path, bytes),
      settings,
      conditions: {
        read: () => ({
          online: true,
          background: false,
          ...(device.canTell ? { wifi: true, charging: true } : { wifi: undefined, charging: undefined }),
        }),
      },
      signIn,
      noteImages,
      ledgerFiles: () =>
        Promise.resolve([
          { name: "desk-1.jsonl", size: 2000, mtime: 0 },
          { name: "phone-1.jsonl", size: 1000, mtime: 0 },
        ]),
      vaultImages: () => createVault(this.app).images(),
      now: () => Date.now(),
      breath: () => hostClock.breath(),
      openBrowser: (url) => void given.push(JSON.stringify(["openBrowser", url])),
      words,
    };
    const surfaces = addSurfaces(this, words, () => deps);
    surfaces.show();
    surfaces.offer();
    const door: StageDoor = {
      tell: (event) => status.tell(event),
      enter: (states) =>
        status.tell({
          type: "images",
          states: new Map(states.map(([path, state]) => [path, state ?? undefined])),
        }),
      miss: (images) =>
        status.tell({ type: "away", images: images.map((image) => ({ ...image, is: "missing" })) }),
      signIn,
      settings: () => settings.read(),
      device,
      engine,
      google,
      change: (changes) => settings.change(changes),
      given,
      captionOf: (image) => noteImages.captionOf(image),
      headline: () => status.headline.peek(),
      summary: () => status.summary(),
      open: () => surfaces.openStatus(),
      confirm: (change) => void confirmAccountChange({ app: this.app, say: words.say }, change),
    };
    (window as unknown as { stage: StageDoor }).stage = door;
  }
}
