import { createHash } from "node:crypto";
import { Ledger } from "../../src/backup/ledger/ledger";
import { folderChosen, isLeftOut, markOfName, type AlbumId } from "../../src/model";
import type { SimulatedTime } from "./clock";
import type { SimulatedDevice } from "./device";
import type { History } from "./history";
import { SeededRandom } from "./random";
import type { Call, SimulatedService } from "./service";

/** How long a device trusts its look, and the longest that a create may take from then on, in milliseconds. */
const LOOK_GOOD_FOR = 120_000;
const LONGEST_CREATE = 300_000;

/** A promise of the product that a history broke. */
export class BrokenPromise extends Error {
  override readonly name = "BrokenPromise";
}

/** What a history left behind, to be held against what the product promises. */
export interface Evidence {
  readonly history: History;
  readonly time: SimulatedTime;
  readonly service: SimulatedService;
  readonly devices: readonly SimulatedDevice[];
  /** Fingerprints of what the person had in Google Photos before, made by another app. */
  readonly fromElsewhere: ReadonlySet<string>;
  readonly restarts: number;
  /** What was added last, to have each device look: of itself nobody has looked since. */
  readonly lastContent: string;
  /** An item whose image was drawn anew in the end: it has given way, whatever happened to the image meanwhile. */
  readonly replaced: string | undefined;
}

type SimulatedItem = SimulatedService["items"][number];

interface Double {
  readonly first: SimulatedItem;
  readonly second: SimulatedItem;
}

/** Checks all that must be true once everything has come to rest. Throws `BrokenPromise`. */
export async function checkPromises(evidence: Evidence): Promise<void> {
  checkBackedUp(evidence);
  checkOfTheVault(evidence);
  checkOnce(evidence);
  checkDoublesShown(evidence);
  for (const device of evidence.devices) checkStates(device, evidence);
  await checkLedger(evidence);
  checkReplaced(evidence);
  checkRequests(evidence);
}

/** No device ended for a fault of ours. */
export function checkNoFault(devices: readonly SimulatedDevice[]): void {
  for (const { name, fault } of devices) {
    if (fault !== undefined)
      throw new BrokenPromise(`no fault of ours: ${name} ended with ${describe(fault)}`);
  }
}

/** `backed-up` is said only of what Google has, and what the device has written down. */
export function checkBackedUp({ devices, service }: Evidence): void {
  const there = new Set<string>(service.items.map(({ id }) => id));
  for (const { name, states, disk } of devices) {
    const written = [...disk.journals.values()].join("");
    for (const [path, state] of states) {
      if (state.is !== "backed-up") continue;
      const { id } = state.item;
      if (!there.has(id))
        throw new BrokenPromise(`backed-up is true: ${name} says so of ${path}, which Google does not have`);
      if (!written.includes(`"${id}"`))
        throw new BrokenPromise(`backed-up is written down: ${name} says so of ${path} too early`);
    }
  }
}

/** What was sent has lain in the vault, whole, at some time. */
function checkOfTheVault({ devices, service }: Evidence): void {
  const marks = new Set<string>();
  for (const { vault } of devices)
    for (const content of vault.contents) marks.add(sha256(content).slice(0, 16));
  for (const { name } of service.items) {
    const mark = markOfName(name)?.slice(0, 16);
    if (mark !== undefined && !marks.has(mark))
      throw new BrokenPromise(`what was in the vault: ${name} stands for no file that ever was`);
  }
}

/** Items that stand for bytes which another item stands for already. */
export function doublesIn({ service }: Evidence): readonly Double[] {
  const seen = new Map<string, SimulatedItem>();
  const doubles: Double[] = [];
  for (const item of service.items) {
    const mark = markOfName(item.name)?.slice(0, 16);
    if (mark === undefined) continue;
    const first = seen.get(mark);
    if (first === undefined) seen.set(mark, item);
    else doubles.push({ first, second: item });
  }
  return doubles;
}

/** Two devices may meet from a device's look until its create is done, while the other's item is not listed yet. */
function isInWindow({ first, second }: Double, lag: number): boolean {
  const apart = second.madeAt - first.madeAt;
  return first.madeBy !== second.madeBy && apart <= lag + LOOK_GOOD_FOR + LONGEST_CREATE;
}

function checkOnce(evidence: Evidence): void {
  const twice = doublesIn(evidence).filter((double) => !isInWindow(double, evidence.history.lag));
  if (twice.length === 0) return;
  const names = twice.map(
    ({ first, second }) => `${second.name} by ${String(first.madeBy)} and ${String(second.madeBy)}`,
  );
  throw new BrokenPromise(`exactly once: sent twice: ${names.join(", ")}`);
}

/** Where two devices have met, each says so of every image that is there twice. */
function checkDoublesShown(evidence: Evidence): void {
  const { devices, history, lastContent } = evidence;
  const isLookedAt = ({ albums }: SimulatedItem): boolean => history.albums === "none" || albums.size > 0;
  for (const { first, second } of doublesIn(evidence)) {
    // Another quality is another item, and what is in no album of the vault no look finds.
    const mark = markOfName(first.name);
    if (mark !== markOfName(second.name) || !isLookedAt(first) || !isLookedAt(second)) continue;
    for (const { name, states, vault } of devices) {
      for (const [path, { content }] of vault.files) {
        const state = states.get(path);
        const isOfIt = content !== lastContent && sha256(content).slice(0, 16) === mark?.slice(0, 16);
        if (isOfIt && state?.is === "backed-up" && state.doubles === undefined)
          throw new BrokenPromise(`a double is shown: ${name} says nothing of ${path}, which is there twice`);
      }
    }
  }
}

/** Each image of a device is in the state that is right for it. */
function checkStates(device: SimulatedDevice, { service, fromElsewhere }: Evidence): void {
  const { name, states, vault, settings } = device;
  const marks = new Set(service.items.map((item) => markOfName(item.name)?.slice(0, 16)));
  if (states.size !== vault.files.size) {
    throw new BrokenPromise(
      `each image has a state: ${String(states.size)} of ${String(vault.files.size)} on ${name}`,
    );
  }
  for (const [path, { content }] of vault.files) {
    const state = states.get(path);
    const fingerprint = sha256(content);
    const isChosen = folderChosen(path, settings.folders);
    const isLeft = isLeftOut(path, settings.folders);
    const expected = isLeft ? "forgotten" : expectedState(content, isChosen);
    const found = state?.is === "skipped" ? state.because : state?.is;
    // What was backed up before it or its folder was left out stays backed up; what was left out counts as neither.
    const allowed = [expected, ...(expected === "folder" || isLeft ? ["backed-up"] : []), "folder"];
    if (!allowed.includes(String(found)))
      throw new BrokenPromise(`the right state: ${path} on ${name} is ${String(found)}, not ${expected}`);
    const isThere = marks.has(fingerprint.slice(0, 16)) || fromElsewhere.has(fingerprint);
    if (found === "backed-up" && !isThere)
      throw new BrokenPromise(`each image is there: ${path} is not in Google Photos`);
    if (expected === "backed-up" && found === "folder")
      throw new BrokenPromise(`the folders chosen: ${path} is left out`);
  }
}

function expectedState(content: string, isChosen: boolean): string {
  if (content.includes("broken")) return "broken";
  if (content.includes("no image")) return "not-an-image";
  return isChosen ? "backed-up" : "folder";
}

/** Of two lines that one device has counted alike nobody can say which holds. Throws `BrokenPromise`. */
export function checkCounted(journals: Iterable<string>): void {
  const counted = new Set<string>();
  for (const text of journals)
    for (const [, device, n] of text.matchAll(/^\{"v":\d+,"device":"(\w+)","n":(\d+),.*\}$/gm)) {
      const line = `${String(device)} ${String(n)}`;
      if (counted.has(line)) throw new BrokenPromise(`every line is counted: two of them are ${line}`);
      counted.add(line);
    }
}

/** What the journals of all devices say together is what Google has. */
async function checkLedger(evidence: Evidence): Promise<void> {
  const { devices, service, time } = evidence;
  const journals = new Map<string, string>();
  // A device may hold an older copy of another one's journal.
  for (const { disk } of devices)
    for (const [name, text] of disk.journals)
      if (text.length > (journals.get(name)?.length ?? 0)) journals.set(name, text);
  checkCounted(journals.values());
  const ledger = await Ledger.open({
    journals: {
      list: async () => [...journals].map(([name, text]) => ({ name, size: text.length, mtime: 0 })),
      read: async (name) => journals.get(name) ?? "",
      append: async () => undefined,
    },
    journalCache: { load: async () => [], write: async () => false },
    memory: { get: () => undefined, set: () => undefined },
    clock: time.clock(() => 0),
    random: new SeededRandom(1),
  });
  const { key } = service.account;
  const open = new Set<string>();
  for (const { item, fingerprint, isSuperseded } of ledger.all(key)) {
    const made = service.items.find(({ id }) => id === item?.id);
    if (item !== undefined && made === undefined)
      throw new BrokenPromise(`ledger equals library: ${item.id} of ${fingerprint} is not there`);
    const isOther =
      made?.fromElsewhere === false && !markOfName(made.name)?.startsWith(fingerprint.slice(0, 16));
    if (isOther) throw new BrokenPromise(`ledger equals library: ${made.name} stands for ${fingerprint}`);
    if (isSuperseded && made?.fromElsewhere === false && item?.album !== undefined)
      checkMoved(made, item.album, evidence);
    const intents = ledger.record(key, fingerprint)?.openIntents ?? [];
    if (intents.length > 0) open.add(fingerprint.slice(0, 16));
  }
  for (const { id, name, fromElsewhere } of service.items) {
    const mark = markOfName(name)?.slice(0, 16);
    if (fromElsewhere || mark === undefined || ledger.knows(key, id) || open.has(mark)) continue;
    throw new BrokenPromise(`ledger equals library: ${name} is known to no device`);
  }
}

/** What was drawn anew in the end has given way. Another device, which has read no journal since, may count higher. */
function checkReplaced({ devices, replaced }: Evidence): void {
  if (replaced === undefined) return;
  const lines = devices.flatMap(({ disk }) => [...disk.journals.values()].join("").split("\n"));
  if (!lines.some((line) => line.startsWith('{"what":"superseded"') && line.includes(`"${replaced}"`)))
    throw new BrokenPromise(`older versions give way: ${replaced} does not`);
}

/** An older version has left its album, and lies among the older versions. */
function checkMoved(older: SimulatedItem, album: AlbumId, { service, history }: Evidence): void {
  // Of two albums of one name, which two devices made at the same moment, an item may lie in both, while the ledger knows
  // it in one.
  if (older.albums.has(album))
    throw new BrokenPromise(`albums are tidy: ${older.name}, an older version, is still in its album`);
  const titles = [...older.albums].map((one) => service.albums.get(one)?.title);
  if (history.albums !== "none" && !titles.includes("Notes (older versions)"))
    throw new BrokenPromise(`older versions are kept: ${older.name} is not among them`);
}

/** Calls are bounded by what there was to do and by what went wrong, with room for what a restart loses. */
function checkRequests({ devices, service, history, restarts }: Evidence): void {
  const { calls, items, struck } = service;
  const count = (...names: readonly Call[]): number =>
    names.reduce((sum, name) => sum + (calls.get(name) ?? 0), 0);
  const wrong = [...struck.values()].reduce((sum, number) => sum + number, service.full);
  const lives = devices.reduce((sum, { faults }) => sum + faults.length, restarts + 1);
  const turns = history.deeds.length + lives;
  const bounds = [
    ["uploads", count("upload"), devices.length * items.length + wrong + 12 * turns],
    ["creates", count("create"), items.length / 10 + 3 * wrong + 6 * turns],
    ["looks", count("albums", "list", "album"), 4 * wrong + 20 * turns],
  ] as const;
  for (const [name, made, most] of bounds)
    if (made > most) throw new BrokenPromise(`few requests: ${String(made)} ${name}, not ${String(most)}`);
}

/** A content's fingerprint, as the simulated device takes it. */
export function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
