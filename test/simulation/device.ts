import { setMaxListeners } from "node:events";
import { BackupEngine, type BackupPorts } from "../../src/backup";
import {
  defaultSettings,
  folderChosen,
  markOfName,
  readSettings,
  type BackupEvent,
  type BackupSettings,
  type ByteSource,
  type Conditions,
  type Hold,
  type ImageState,
  type PhotoLibrary,
  type SegmentLog,
  type VaultPath,
} from "../../src/model";
import { bytesOf, source } from "./byte-source";
import type { SimulatedTime } from "./clock";
import { Disk, DiskRefusal } from "./disk";
import { livingLibrary } from "./living-library";
import { sha256, simulatedPictures } from "./pictures";
import type { SeededRandom } from "./random";
import { SimulatedVault } from "./vault";

// A life's signal ends every upload, call and wait of it, and some thirty at once are usual: ten, Node's measure of a leak,
// is too few for it.
setMaxListeners(100);

/** How the preparer's bytes differ, so that equal bytes can never save us. */
export interface Encoder {
  (fingerprint: string, settings: BackupSettings): string;
}

/** How long a slow file takes, in milliseconds. */
const SLOW = 30_000;

/** One device with its vault, disk and running engine, which can be killed at any await and started again. */
export class SimulatedDevice {
  readonly disk: Disk;
  readonly vault: SimulatedVault;
  readonly states = new Map<VaultPath, ImageState>();
  /** How often the person still tries again, soon, where the backup has stopped. */
  haste = 0;
  /** Of which files nothing is known for half a minute. */
  isSlow = (_path: VaultPath): boolean => false;
  /** At this image something of ours breaks. */
  breaksAt: VaultPath | undefined;
  /** What notes say of images. */
  readonly captions = new Map<VaultPath, string>();
  /** Images that notes ask for in vain. */
  lost: readonly VaultPath[] = [];
  settings: BackupSettings = { ...defaultSettings(), started: true };
  conditions: Conditions = { online: true, wifi: undefined, charging: undefined, background: false };
  clockOffset = 0;
  hold: Hold | undefined;
  running = false;
  lookedThrough = false;
  engine: BackupEngine | undefined;
  /** Which of the device's windows may work. */
  lock: BackupPorts["lock"] = { hold: (_signal, work) => work() };
  limits: BackupPorts["limits"];
  /** For how long it has slept, in milliseconds: some hosts stop the clock that never goes back meanwhile. */
  slept = 0;
  /** Files read so far, and the one that was read last. */
  reads = 0;
  lastRead: VaultPath | undefined;
  /** How often long work has asked whether to pause. */
  breaths = 0;
  /** A fault of ours that the engine has met. */
  fault: unknown;
  /** All that it has met and nobody expects, a disk that refuses included. */
  readonly faults: unknown[] = [];
  /** Whether the engine has ended, having been stopped. */
  ended = false;
  #life = 0;
  #settingsAt = 0;
  #offAt = 0;
  #askedAt = -1;
  readonly #settingsListeners = new Set<() => void>();
  readonly #conditionListeners = new Set<() => void>();

  constructor(
    readonly name: string,
    private readonly time: SimulatedTime,
    private readonly random: SeededRandom,
    private readonly library: PhotoLibrary,
    private readonly encode: Encoder = (fingerprint) => `sent ${fingerprint}`,
    readonly vaultName = "Notes",
    albumItems?: number,
  ) {
    this.vault = new SimulatedVault(() => this.now());
    this.disk = new Disk(() => this.now());
    this.limits = { uploads: 6, bytes: 1_000_000, ...(albumItems === undefined ? {} : { albumItems }) };
  }

  now(): number {
    return this.time.clock(() => this.clockOffset).now();
  }

  start(): void {
    this.#life += 1;
    this.states.clear();
    this.hold = undefined;
    this.running = false;
    this.lookedThrough = false;
    this.ended = false;
    const engine = (this.engine = new BackupEngine(this.#ports(this.#life)));
    const life = this.#life;
    void engine.run().then(() => {
      if (life === this.#life) this.ended = true;
    });
  }

  /** The app is killed: whatever it was waiting for never comes. What is on disk stays. */
  kill(): void {
    this.#life += 1;
    this.vault.deafen();
    this.#settingsListeners.clear();
    this.#conditionListeners.clear();
    this.engine = undefined;
    this.states.clear();
  }

  /** Somebody asks for a backup of everything. */
  backUp(): void {
    this.#askedAt = this.time.elapsed;
    this.engine?.backUp();
  }

  change(settings: Partial<BackupSettings>): void {
    if (settings.automatic === false && this.settings.automatic) this.#offAt = this.time.elapsed;
    this.settings = readSettings({ ...this.settings, ...settings });
    this.#settingsAt = this.time.elapsed;
    for (const listener of [...this.#settingsListeners]) listener();
  }

  setConditions(conditions: Partial<Conditions>): void {
    this.conditions = { ...this.conditions, ...conditions };
    for (const listener of [...this.#conditionListeners]) listener();
  }

  #ports(life: number): BackupPorts {
    /** Passes an answer on only while the app that asked for it lives. */
    const alive = async <Answer>(work: Promise<Answer>): Promise<Answer> => {
      try {
        const answer = await work;
        return life === this.#life ? answer : await never<Answer>();
      } catch (error) {
        if (life === this.#life) throw error;
        return never<Answer>();
      }
    };
    const disk = async <Answer>(work: () => Answer): Promise<Answer> => {
      await this.time.sleep(this.random.whole(0, 3));
      if (life !== this.#life) return never<Answer>();
      const answer = work();
      await this.time.sleep(this.random.whole(0, 3));
      return life === this.#life ? answer : never<Answer>();
    };
    const kept = (name: "journalCache" | "index" | "tokens"): SegmentLog => ({
      load: () => disk(() => structuredClone(this.disk[name])),
      write: (segment, isWhole) =>
        disk(() => {
          this.disk[name] = [...(isWhole ? [] : this.disk[name]), structuredClone(segment)];
          return true;
        }),
    });
    const clock = this.time.clock(() => this.clockOffset);
    return {
      captionOf: (path) => this.captions.get(path),
      lost: () => this.lost,
      vault: {
        name: this.vaultName,
        images: () => [...this.vault.files.keys()].map((path) => this.vault.image(path)),
        stamp: async (path) => {
          if (this.isSlow(path)) await alive(this.time.sleep(SLOW));
          return disk(() => (this.vault.files.has(path) ? this.vault.image(path) : undefined));
        },
        open: (path) =>
          disk(() => {
            this.reads += 1;
            this.lastRead = path;
            return this.#opened(path);
          }),
        create: (path, bytes) =>
          disk(() => {
            if (this.vault.files.has(path)) return false;
            if (this.vault.isReadOnly) return false;
            this.vault.write(path, new TextDecoder().decode(bytes));
            return true;
          }),
        watch: (tell) => this.vault.watch((change) => (life === this.#life ? tell(change) : undefined)),
      },
      pictures: simulatedPictures({
        disk,
        breaksAt: () => this.breaksAt,
        encode: (fingerprint) => this.encode(fingerprint, this.settings),
        preparing: (path) => this.#checkChosen(path),
      }),
      library: {
        ...livingLibrary(this.library, alive),
        create: (items, options) => {
          for (const { name } of items) this.#checkMade(name);
          return alive(this.library.create(items, options));
        },
      },
      journals: {
        list: () =>
          disk(() =>
            [...this.disk.journals].map(([name, text]) => ({
              name,
              size: new TextEncoder().encode(text).byteLength,
              mtime: this.disk.journals.timeOf(name),
            })),
          ),
        read: (name) =>
          disk(() => {
            if (this.disk.isOutOfReach) throw new DiskRefusal("the journal cannot be read");
            return this.disk.journals.get(name) ?? "";
          }),
        append: (name, text) => this.#append(name, text, life),
      },
      journalCache: kept("journalCache"),
      index: kept("index"),
      tokens: kept("tokens"),
      memory: {
        get: (key) => this.disk.memory.get(key),
        set: (key, value) => {
          if (life === this.#life) this.disk.memory.set(key, value);
        },
      },
      conditions: {
        read: () => this.conditions,
        watch: (tell) => listen(this.#conditionListeners, tell),
      },
      lock: this.lock,
      clock: {
        now: () => clock.now(),
        elapsed: () => clock.elapsed() - this.slept,
        sleep: (ms, signal) => alive(clock.sleep(ms, signal)),
        // Anything may happen in the middle of long work.
        breath: () => {
          this.breaths += 1;
          return this.random.whole(0, 2) === 0 ? alive(this.time.sleep(this.random.whole(0, 3))) : undefined;
        },
      },
      random: this.random,
      settings: {
        read: () => this.settings,
        reload: () => Promise.resolve(),
        rememberAlbum: (account, purpose, id) =>
          disk(() => {
            const { [purpose]: _old, ...others } = this.settings.albumIds[account] ?? {};
            const ids = id === undefined ? others : { ...others, [purpose]: id };
            this.settings = { ...this.settings, albumIds: { ...this.settings.albumIds, [account]: ids } };
          }),
        rememberOutside: (account, at) =>
          disk(() => {
            const outsideAlbums = { ...this.settings.outsideAlbums, [account]: at };
            this.settings = { ...this.settings, outsideAlbums };
          }),
        watch: (tell) => listen(this.#settingsListeners, tell),
      },
      tell: (event) => {
        if (life === this.#life) this.#hear(event);
      },
      fault: (error) => {
        if (life !== this.#life) return;
        this.faults.push(error);
        if (!(error instanceof DiskRefusal)) this.fault = error;
      },
      limits: this.limits,
    };
  }

  /**
   * A file as it is read: an image once and whole, and torn where it is written to at that moment; a video in slices, as
   * it lies on disk at each of them.
   */
  #opened(path: VaultPath): ByteSource {
    const content = (): string => {
      const file = this.vault.files.get(path);
      if (file === undefined || this.vault.unreadable.has(path)) throw new Error("cannot be read");
      return file.content;
    };
    const opened = content();
    const { size } = source(opened);
    if (path.endsWith(".mp4"))
      return { size, slice: async (start, end) => bytesOf(content()).slice(start, end) };
    let read: string | undefined;
    const whole = (): string => {
      const now = this.vault.files.get(path)?.content ?? opened;
      return now === opened ? opened : opened.slice(0, opened.length / 2) + now.slice(opened.length / 2);
    };
    return { size, slice: async (start, end) => bytesOf((read ??= whole())).slice(start, end) };
  }

  /** What is being made ready to be sent must have been chosen; a moment ago is early enough. */
  #checkChosen(path: VaultPath): void {
    const isAsked = this.#askedAt >= this.#offAt;
    if (this.time.elapsed - this.#settingsAt < 60_000) return;
    if (!folderChosen(path, this.settings.folders)) this.fault = new Error(`${path} was not chosen`);
    if (!this.settings.automatic && !isAsked) this.fault = new Error(`nobody asked for ${path}`);
  }

  /** What waits for its create may be left out meanwhile. */
  #checkMade(name: string): void {
    const prefix = markOfName(name)?.slice(0, 16) ?? name;
    const paths = [...this.vault.files].flatMap(([path, { content }]) =>
      sha256(bytesOf(content)).startsWith(prefix) ? [path] : [],
    );
    const path = paths.find((one) => folderChosen(one, this.settings.folders)) ?? paths[0];
    if (path !== undefined) this.#checkChosen(path);
  }

  /** An append that a kill may tear: what was written so far stays. */
  async #append(name: string, text: string, life: number): Promise<void> {
    const before = this.disk.journals.get(name) ?? "";
    const torn = this.random.whole(0, text.length);
    await this.time.sleep(this.random.whole(0, 3));
    if (life !== this.#life) return never();
    if (this.disk.isFullFor(text)) throw new DiskRefusal("the disk is full");
    await this.time.sleep(this.disk.slowness);
    if (life !== this.#life) return never();
    this.disk.journals.set(name, before + text.slice(0, torn));
    await this.time.sleep(this.random.whole(0, 3));
    if (life !== this.#life) return never();
    this.disk.journals.set(name, before + text);
    await this.time.sleep(this.random.whole(0, 3));
    if (life !== this.#life) return never();
  }

  /** A person does, a while later, what only a person can. */
  async #mend(hold: Hold | undefined): Promise<void> {
    if (hold?.why === "stopped" && this.haste > 0) {
      this.haste -= 1;
      await this.time.sleep(this.random.chance(0.5) ? 0 : this.random.whole(0, 4_000));
      this.engine?.wake();
    }
    if (hold?.why !== "signed-out" && hold?.why !== "refused") return;
    await this.time.sleep(this.random.whole(1_000, 600_000));
    if (this.hold?.why !== hold.why) return;
    if (hold.why === "signed-out") this.engine?.signInChanged();
    else this.engine?.resume();
  }

  #hear(event: BackupEvent): void {
    switch (event.type) {
      case "images":
        for (const [path, state] of event.states) {
          if (state === undefined) this.states.delete(path);
          else this.states.set(path, state);
        }
        return;
      case "hold":
        this.hold = event.hold;
        void this.#mend(event.hold);
        return;
      case "run-began":
        this.running = true;
        return;
      case "run-ended":
        this.running = false;
        return;
      case "looked-through":
        this.lookedThrough = true;
        return;
      case "account-seen":
      case "away":
      case "sent":
    }
  }
}

function listen(listeners: Set<() => void>, tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

function never<Answer>(): Promise<Answer> {
  return new Promise(() => undefined);
}
