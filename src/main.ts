import { getLanguage, Platform, Plugin } from "obsidian";
import { BackupEngine } from "./backup";
import { createPhotoLibrary, createSignIn } from "./google";
import { Words } from "./i18n";
import { MOST_UPLOADS, type BackupEvent, type DeviceMemory } from "./model";
import { createPictures } from "./picture";
import {
  createConditions,
  createDeviceMemory,
  createJournalStore,
  createSegmentLog,
  createWindowLock,
  fastHash,
  hostClock,
  hostRandom,
  listenForSignIn,
  openInBrowser,
  openInSlices,
  openSecrets,
  requestUrlFetch,
  SettingsStore,
} from "./platform";
import { createStatus } from "./status";
import { addSurfaces, closingWords, confirmAccountChange, type SurfaceDeps, type Surfaces } from "./ui";
import { createNoteImages, createVault } from "./vault";

const MEGABYTE = 1024 * 1024;

/** What a device may do at a time; phones hand every byte over a slow bridge and are closed when they take too much. */
const DESKTOP_LIMITS = { uploads: MOST_UPLOADS, bytes: 256 * MEGABYTE, video: 16 * MEGABYTE };
const PHONE_LIMITS = { uploads: 1, bytes: 32 * MEGABYTE, isPhone: true };

/** Pixels decoded at once on a phone. */
const PHONE_PICTURES = { mostDecoded: 50_000_000 };

/** Where the device keeps its name for this vault. */
const VAULT_KEY = "vault";

/** After these, other images may be away than before. */
const CHANGES_AWAY: ReadonlySet<BackupEvent["type"]> = new Set([
  "looked-through",
  "run-ended",
  "account-seen",
]);

/** What is made of it all, once the layout is ready or something that Obsidian brings back asks for it. */
interface Product {
  readonly deps: SurfaceDeps;
  /** Begins to back up. */
  run(): void;
  /** Begins to follow which note shows which image. */
  followNotes(): void;
}

/**
 * The whole product on one page. `onload` tells Obsidian what it must know at once; ports and engine are made in `#make`,
 * when the layout is ready or something asks for them; all of it is registered for clean-up.
 */
export default class VaultImageBackup extends Plugin {
  #settings: SettingsStore | undefined;
  #surfaces: Surfaces | undefined;

  /** Obsidian shows nothing before it has loaded every plugin: what can wait for the layout does. */
  override onload(): void {
    const settings = (this.#settings = new SettingsStore(this));
    const words = new Words(getLanguage());
    let one: Product | undefined;
    const product = (): Product => (one ??= this.#make(settings, words));
    const surfaces = (this.#surfaces = addSurfaces(this, words, () => product().deps));
    let isLoaded = true;
    this.register(() => (isLoaded = false));
    const reading = settings.opened.then(
      () => true,
      (error: unknown) => {
        console.error("Vault Image Backup cannot read its settings.", error);
        return false;
      },
    );
    // A vault's listing is whole, and its creations are news, only when the layout is ready; and the surfaces tell what
    // changes from what was: none of them may take the settings' defaults for that.
    this.app.workspace.onLayoutReady(() => {
      if (!isLoaded) return;
      const made = product();
      void reading.then((isRead) => {
        if (!isLoaded) return;
        if (isRead) {
          // It waits for the disk at first, which leaves time for all that is to be shown.
          made.run();
          surfaces.show();
          made.followNotes();
        } else {
          surfaces.tellUnreadable();
        }
      });
      // Whoever enables the plugin by hand finds the settings at once, and so does who has to mend what cannot be read.
      surfaces.offer();
    });
  }

  #make(settings: SettingsStore, words: Words): Product {
    const { app } = this;
    const memory = createDeviceMemory(app, this.manifest.id);
    const ownName = `${this.manifest.id} ${vaultName(memory)}`;
    const folder = this.manifest.dir ?? `${app.vault.configDir}/plugins/${this.manifest.id}`;

    const signIn = createSignIn({
      fetch: requestUrlFetch,
      clock: hostClock,
      secrets: openSecrets(app.secretStorage),
      listen: listenForSignIn,
      openBrowser: openInBrowser,
      closingWords: (end) => closingWords(words, end),
      isOther: (account) => {
        const { albumIds } = settings.read();
        return Object.keys(albumIds).length > 0 && !(account in albumIds);
      },
      confirmChange: (change) => confirmAccountChange({ app, say: words.say }, change),
    });
    const library = createPhotoLibrary({
      transport: signIn.transport,
      clock: hostClock,
      account: () => signIn.account(),
    });

    const vault = createVault(app, openInSlices);
    const pictures = createPictures({
      hashInPieces: fastHash,
      ...(Platform.isMobile ? PHONE_PICTURES : {}),
    });
    const noteImages = createNoteImages(app);
    const journals = createJournalStore(app.vault.adapter, `${folder}/ledger`);
    const status = createStatus(noteImages);
    const conditions = createConditions();
    const engine = new BackupEngine({
      vault,
      captionOf: (image) => noteImages.captionOf(image),
      lost: () => noteImages.notes().flatMap((note) => noteImages.lostOf(note)),
      pictures,
      library,
      journals,
      journalCache: createSegmentLog(`${ownName} journals`),
      index: createSegmentLog(`${ownName} index`),
      tokens: createSegmentLog(`${ownName} tokens`),
      memory,
      conditions,
      lock: createWindowLock(ownName),
      clock: hostClock,
      random: hostRandom,
      settings,
      tell: (event) => {
        status.tell(event);
        if (CHANGES_AWAY.has(event.type)) void engine.recovery.look();
      },
      fault: (error) => console.error("Vault Image Backup met something unexpected.", error),
      limits: Platform.isMobile ? PHONE_LIMITS : DESKTOP_LIMITS,
    });

    this.register(signIn.watch(() => engine.signInChanged()));
    this.register(() => signIn.stop());
    this.register(noteImages.watch(() => void engine.recovery.look()));
    this.register(() => status.stop());
    return {
      deps: {
        plugin: this,
        status,
        commands: engine,
        recovery: engine.recovery,
        writeFile: (path, bytes) => vault.create(path, bytes),
        settings,
        conditions,
        signIn,
        noteImages,
        vaultImages: () => vault.images(),
        ledgerFiles: () => journals.list(),
        now: () => hostClock.now(),
        breath: () => hostClock.breath(),
        openBrowser: openInBrowser,
        words,
      },
      run: () => {
        this.register(() => engine.stop());
        const lookAround = (): void => {
          if (document.hidden) return;
          void settings.reload();
          void engine.readJournals();
        };
        this.registerDomEvent(window, "focus", lookAround);
        // On phones an app that comes to the front tells nothing else.
        this.registerDomEvent(document, "visibilitychange", lookAround);
        void engine.run();
      },
      followNotes: () => noteImages.start(this),
    };
  }

  override onUserEnable(): void {
    void this.#surfaces?.openStatus();
  }

  override async onExternalSettingsChange(): Promise<void> {
    await this.#settings?.reload();
  }
}

/** A name that this vault has on this device and no other vault has. */
function vaultName(memory: DeviceMemory): string {
  const kept = memory.get(VAULT_KEY);
  if (typeof kept === "string") return kept;
  const name = crypto.randomUUID();
  memory.set(VAULT_KEY, name);
  return name;
}
