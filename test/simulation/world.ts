import { folderChosen, isLeftOut, markOfName, type MediaItemId, type VaultPath } from "../../src/model";
import { SimulatedTime } from "./clock";
import { SimulatedDevice } from "./device";
import { FileService } from "./file-service";
import { canStrike, faultOf } from "./faults";
import { changeOf, type Deed, type History } from "./history";
import {
  BrokenPromise,
  checkBackedUp,
  checkNoFault,
  checkPromises,
  doublesIn,
  sha256,
  type Evidence,
} from "./promises";
import { SeededRandom } from "./random";
import { SimulatedService, type Call, type Fault } from "./service";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The design trusts that what a create has made is listed five minutes after its intent: late and lagging together. */
const LATEST = 290_000;

/** Contents of files are numbered below this. */
const CONTENTS = 320;

/** An album holds so few items that many histories fill more than one. */
const ALBUM_ITEMS = 60;

/** What a history covered, for the report. */
export interface Coverage {
  readonly images: number;
  readonly restarts: number;
  readonly struck: ReadonlyMap<string, number>;
  readonly calls: number;
  /** Whether two devices met in the window that the design allows, though nothing made them. */
  readonly window: boolean;
}

/** Runs a history to calm and checks what must always be true. Throws `BrokenPromise`. */
export async function live(history: History): Promise<Coverage> {
  return new World(history).live();
}

class World {
  readonly #time = new SimulatedTime();
  readonly #random: SeededRandom;
  readonly #service: SimulatedService;
  readonly #devices: readonly SimulatedDevice[];
  readonly #files: FileService;
  /** Fingerprints of what the person had in Google Photos before, made by another app. */
  readonly #fromElsewhere = new Set<string>();
  #faultsOn = true;
  /** What strikes the next creates, one after another, before anything else does. */
  #next: Fault[] = [];
  /** The next of them does not strike before, so that it meets the same images when they are tried again. */
  #nextFrom = 0;
  #restarts = 0;
  #replaced: MediaItemId | undefined;

  constructor(private readonly history: History) {
    this.#random = new SeededRandom(history.seed);
    this.#service = new SimulatedService(this.#time, this.#random.fork());
    this.#service.lag = history.lag;
    this.#service.albumItems = ALBUM_ITEMS;
    this.#service.refusesAbsent = history.seed % 2 === 0;
    const chance = this.#random.fork();
    this.#service.strike = (call) => this.#strike(call, chance);
    for (let content = 0; content < CONTENTS; content += 7) {
      const fingerprint = sha256(`content ${String(content)}`);
      this.#fromElsewhere.add(fingerprint);
      this.#service.addFromElsewhere(fingerprint, `IMG_${String(content)}.jpg`);
    }
    const names = ["desk", "lap"].slice(0, history.devices);
    this.#devices = names.map((name) => this.#device(name));
    this.#files = new FileService(this.#devices, history.seed % 3 === 0);
  }

  get #evidence(): Evidence {
    return {
      history: this.history,
      time: this.#time,
      service: this.#service,
      devices: this.#devices,
      fromElsewhere: this.#fromElsewhere,
      restarts: this.#restarts,
      lastContent: this.#lastContent,
      replaced: this.#replaced,
    };
  }

  get #lastContent(): string {
    return `content of ${String(this.history.seed)}`;
  }

  #device(name: string): SimulatedDevice {
    const device: SimulatedDevice = new SimulatedDevice(
      name,
      this.#time,
      this.#random.fork(),
      this.#service.library(name),
      // Equal bytes can never save us: what is sent depends on the device, its version, the time and the settings.
      // The one exception is what the person had from elsewhere, byte for byte.
      (fingerprint, settings) =>
        this.#fromElsewhere.has(fingerprint)
          ? fingerprint
          : `${fingerprint} by ${name} ${String(this.#restarts)} at ${String(this.#time.elapsed)} as ${settings.quality}`,
      "Notes",
      ALBUM_ITEMS,
    );
    device.settings = { ...device.settings, albums: this.history.albums };
    return device;
  }

  #strike(call: Call, chance: SeededRandom): Fault | undefined {
    if (!this.#faultsOn || call === "account") return undefined;
    if (call === "create" && this.#next.length > 0 && this.#time.elapsed >= this.#nextFrom) {
      this.#nextFrom = this.#time.elapsed + 1_500;
      return this.#next.shift();
    }
    for (const { fault, rate } of this.history.faults) {
      if (canStrike(fault, call) && chance.chance(rate))
        return faultOf(fault, chance, LATEST - this.history.lag);
    }
    return undefined;
  }

  async live(): Promise<Coverage> {
    const contents = this.#random.fork();
    for (let number = 0; number < this.history.images; number += 1) {
      this.#write(
        this.#devices[0],
        pathOf(number),
        `content ${String(contents.whole(0, this.history.images * 4))}`,
      );
      // Two files of one size and one time that change places while nobody looks cannot be told from each other.
      await this.#pass(1);
    }
    this.#files.deliver();
    await this.#pass(1_000);
    for (const device of this.#devices) device.start();
    for (const { after, device, deed } of this.history.deeds) {
      await this.#pass(after);
      await this.#do(this.#devices[device % this.#devices.length], deed);
      this.#files.deliver(this.#devices.filter(() => this.#random.chance(0.3)));
    }
    await this.#calmDown();
    // Each device checks its share, which shows what a count could not tell.
    await this.#pass(DAY + 10 * MINUTE);
    await this.#drawAnew();
    // One more image makes each device look once more: what came late is noticed then.
    this.#write(this.#devices[0], "one more.png", this.#lastContent);
    await this.#calmDown();
    await checkPromises(this.#evidence);
    const last = sha256(this.#lastContent).slice(0, 16);
    return {
      images: new Set(this.#devices.flatMap((device) => [...device.vault.files.keys()])).size,
      restarts: this.#restarts,
      struck: this.#service.struck,
      calls: [...this.#service.calls.values()].reduce((sum, count) => sum + count, 0),
      window: doublesIn(this.#evidence).some(({ first }) => markOfName(first.name)?.slice(0, 16) !== last),
    };
  }

  /** An image that is safe is drawn anew, and moved or drawn once more while the newer version is on its way. */
  async #drawAnew(): Promise<void> {
    const [device, ...others] = this.#devices;
    if (device === undefined) return;
    const { states, vault, settings } = device;
    const contents = [...vault.files.values()].map(({ content }) => content);
    const isAlone = (path: VaultPath): boolean =>
      contents.filter((content) => content === vault.files.get(path)?.content).length === 1;
    for (const [path, state] of states) {
      if (state.is !== "backed-up" || state.item.origin !== "created") continue;
      if (!folderChosen(path, settings.folders) || isLeftOut(path, settings.folders) || !isAlone(path))
        continue;
      this.#replaced = state.item.id;
      // Two devices that draw at the same moment may meet: that is not what this is about.
      for (const other of others) other.kill();
      this.#write(device, path, `drawn anew in ${String(this.history.seed)}`);
      await this.#time.run(() => states.get(path)?.is === "uploading", 60 * MINUTE);
      if (this.history.seed % 2 === 0) this.#files.carry((each) => each.vault.rename(path, "moved.png"));
      else this.#write(device, path, `drawn once more in ${String(this.history.seed)}`);
      await this.#calmDown();
      for (const other of others) await this.#restart(other, 0);
      return;
    }
  }

  async #pass(ms: number): Promise<void> {
    await this.#time.run(() => false, ms);
    checkNoFault(this.#devices);
    checkBackedUp(this.#evidence);
  }

  /** Something happens on every device. */
  #everywhere(change: (device: SimulatedDevice) => void): void {
    for (const device of this.#devices) change(device);
  }

  #write(_device: SimulatedDevice | undefined, path: VaultPath, content: string): void {
    this.#files.carry((device) => device.vault.write(path, content));
  }

  async #do(device: SimulatedDevice | undefined, deed: Deed): Promise<void> {
    if (device === undefined) return;
    switch (deed.do) {
      case "write":
        this.#write(device, pathOf(deed.path), `content ${String(deed.content)}${special(deed.content)}`);
        return;
      case "rename":
        this.#files.carry((each) => each.vault.rename(pathOf(deed.from), pathOf(deed.to)));
        return;
      case "copy": {
        const file = this.#devices[0]?.vault.files.get(pathOf(deed.from));
        if (file !== undefined) this.#write(device, pathOf(deed.to), file.content);
        return;
      }
      case "delete":
        this.#files.carry((each) => each.vault.remove(pathOf(deed.path)));
        return;
      case "kill":
        await this.#restart(device, deed.downtime);
        return;
      case "kill-mid-create": {
        const before = this.#service.calls.get("create") ?? 0;
        await this.#time.run(() => (this.#service.calls.get("create") ?? 0) > before, 10 * MINUTE);
        // While the call is under way, or while it is not known yet what it did.
        await this.#pass(this.#random.whole(0, this.#random.chance(0.5) ? 400 : 5_000));
        device.kill();
        // A hard end may cost what the browser's database has not put on disk: then the journals alone tell.
        if (this.#random.chance(0.5)) device.disk.loseDatabase();
        await this.#restart(device, this.#random.whole(0, 5_000));
        return;
      }
      case "kill-in-doubt": {
        // A create works and says that it did not; tried again it is refused; and then all but the files is lost.
        this.#write(
          device,
          pathOf(this.#random.whole(0, 39)),
          `drawn ${String(this.#random.whole(0, 9_999))}`,
        );
        this.#next = [
          { when: "after", kind: "transient" },
          { when: "before", kind: this.#random.chance(0.5) ? "concurrent" : "storage-full" },
        ];
        await this.#time.run(() => this.#next.length === 0, 10 * MINUTE);
        this.#next = [];
        await this.#pass(this.#random.whole(0, 2_000));
        device.kill();
        device.disk.loseDatabase();
        await this.#restart(device, this.#random.whole(0, 5_000));
        return;
      }
      case "edit-mid-read": {
        const before = device.reads;
        await this.#time.run(() => device.reads > before, 10 * MINUTE);
        const path = device.reads > before ? device.lastRead : undefined;
        if (path !== undefined) this.#write(device, path, `content ${String(deed.content)}`);
        return;
      }
      case "move-mid-upload": {
        const onItsWay = (): VaultPath | undefined =>
          [...device.states].find(([, { is }]) => is === "uploading")?.[0];
        await this.#time.run(() => onItsWay() !== undefined, 10 * MINUTE);
        const path = onItsWay();
        if (path !== undefined) this.#files.carry((each) => each.vault.rename(path, pathOf(deed.to)));
        return;
      }
      case "command":
        device.backUp();
        return;
      case "settings":
        this.#everywhere((each) => each.change(changeOf(deed.change)));
        return;
      case "clock":
        device.clockOffset += deed.by;
        return;
      case "offline":
        device.setConditions({ online: false });
        await this.#pass(deed.for);
        device.setConditions({ online: true });
        return;
      case "sign-out":
        this.#service.signedIn = false;
        this.#everywhere((each) => each.engine?.signInChanged());
        await this.#pass(deed.for);
        this.#service.signedIn = true;
        this.#everywhere((each) => each.engine?.signInChanged());
        return;
      case "full-disk": {
        let until: number | undefined;
        device.haste = this.#random.whole(0, 3);
        device.disk.isFullFor = () => {
          const isFirst = until === undefined;
          until ??= this.#time.elapsed + deed.for;
          return isFirst || this.#time.elapsed < until;
        };
        return;
      }
      case "lose-index":
        device.kill();
        device.disk.loseDatabase();
        await this.#restart(device, 0);
        return;
      case "lose-ledger":
        this.#everywhere((each) => each.kill());
        // What is still under way, or not listed yet, the ledger alone knows of: nothing could make up for losing it.
        await this.#pass(this.history.lag + 5 * MINUTE);
        for (const each of this.#devices) each.disk.journals.clear();
        for (const each of this.#devices) await this.#restart(each, 0);
        return;
      case "sync":
        await this.#sync();
    }
  }

  async #restart(device: SimulatedDevice, downtime: number): Promise<void> {
    device.kill();
    this.#restarts += 1;
    await this.#pass(downtime);
    device.start();
  }

  /** Carries journals and album ids from each device to the other, where a service carries them at all. */
  async #sync(): Promise<void> {
    const [desk, lap] = this.#devices;
    if (desk === undefined || lap === undefined || this.history.sync === "never") return;
    for (const [from, to] of [
      [desk, lap],
      [lap, desk],
    ] as const) {
      const own = String(to.disk.memory.get("device"));
      for (const [name, text] of from.disk.journals)
        if (!name.startsWith(own)) to.disk.journals.set(name, text);
      if (Object.keys(to.settings.albumIds).length === 0) to.change({ albumIds: from.settings.albumIds });
      void to.engine?.readJournals();
    }
    await this.#pass(1_000);
  }

  /** Faults end, everybody signs in, and the world runs until nothing moves. */
  async #calmDown(): Promise<void> {
    this.#faultsOn = false;
    this.#files.deliver();
    this.#everywhere((device) => {
      device.disk.isFullFor = () => false;
      // What is planned anew for a change of settings would make up for what was missed before.
      if (!device.settings.automatic) device.change({ automatic: true });
    });
    const calm = (device: SimulatedDevice): boolean =>
      device.fault !== undefined ||
      (device.lookedThrough &&
        !device.running &&
        [...device.states.values()].every(
          ({ is }) => is !== "waiting" && is !== "uploading" && is !== "failed",
        ));
    const done = await this.#time.run(() => this.#devices.every(calm), 10 * DAY);
    checkNoFault(this.#devices);
    if (!done) {
      const stuck = this.#devices.map(({ name, hold, states }) => ({
        name,
        hold,
        stuck: [...states].filter(([, { is }]) => is !== "backed-up" && is !== "skipped").slice(0, 5),
      }));
      throw new BrokenPromise(`it comes to rest: after ten days of calm ${JSON.stringify(stuck)}`);
    }
    // Two devices see what the other did at their next look.
    await this.#pass(10 * MINUTE);
  }
}

function pathOf(number: number): VaultPath {
  const folder = ["", "img/", "trips/", "private/"][number % 4] ?? "";
  return `${folder}picture ${String(number)}.png`;
}

function special(content: number): string {
  if (content % 17 === 0) return " no image";
  return content % 19 === 0 ? " broken" : "";
}
