import { createHash } from "node:crypto";
import { expect } from "vitest";
import type { BackupSettings, ImageState, VaultPath } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";

const HOUR = 3_600_000;

/**
 * A vault whose images were all sent, as they are, some hours ago.
 *
 * @param sent  what is sent of a content, where that is not the content itself
 */
export async function backedUp(
  contents: Readonly<Record<VaultPath, string>>,
  settings: Partial<BackupSettings> = {},
  sent: (content: string) => string = (content) => content,
) {
  const time = new SimulatedTime();
  const random = new SeededRandom(1);
  const service = new SimulatedService(time, random.fork());
  const known = new Map<string, string>();
  const device = new SimulatedDevice(
    "desk",
    time,
    random.fork(),
    service.library("desk"),
    (fingerprint) => known.get(fingerprint) ?? "",
  );
  const pass = (ms: number) => time.run(() => false, ms);
  const write = (path: VaultPath, content: string, mtime?: number): void => {
    known.set(createHash("sha256").update(content).digest("hex"), sent(content));
    device.vault.write(path, content, mtime);
  };
  for (const [path, content] of Object.entries(contents)) write(path, content);
  device.change(settings);
  await pass(1_000);
  device.start();
  await pass(2 * HOUR);
  expect(kinds(device)).toEqual(Object.fromEntries(Object.keys(contents).map((path) => [path, "backed-up"])));

  /** Carries a command out, while time passes. */
  const told = async <Answer>(command: Promise<Answer> | undefined): Promise<Answer> => {
    await pass(60_000);
    if (command === undefined) throw new Error("the engine does not run");
    return command;
  };
  /** The app is closed, something happens, and it is opened again. */
  const restart = async (meanwhile: () => void = () => undefined): Promise<void> => {
    device.kill();
    meanwhile();
    device.start();
    await pass(60_000);
    if (device.fault !== undefined) throw device.fault as Error;
  };
  const itemOf = (path: VaultPath) => {
    const item = service.items.find(({ name }) => name.startsWith(path.replace(/^.*\/|\.\w+$/g, "")));
    if (item === undefined) throw new Error(`nothing in Google Photos is named like ${path}`);
    return item;
  };
  /** Something changes an item in Google Photos: its name, its bytes, whether it is there. */
  const change = (path: VaultPath, by: Partial<(typeof service.items)[number]>): void => {
    const item = itemOf(path);
    service.items[service.items.indexOf(item)] = { ...item, ...by };
  };
  const loseLedger = (): void => {
    device.disk.journals.clear();
    device.disk.journalCache = [];
  };
  const absent = async (...lost: VaultPath[]) => {
    device.lost = lost;
    const away = await told(device.engine?.recovery.look());
    const those = (kind: string) => away.filter(({ is }) => is === kind);
    return {
      missing: Object.fromEntries(those("missing").map(({ path, place }) => [path, place])),
      only: those("only").map(({ path }) => path),
    };
  };
  /** What lies in the albums of a title. */
  const inAlbum = (title: string) =>
    service.items.filter(({ albums }) => [...albums].some((id) => service.albums.get(id)?.title === title));
  const uploads = (): number => service.calls.get("upload") ?? 0;
  const recovery = () => device.engine?.recovery;
  return {
    ...{ time, random, service, device, pass, write, told, restart },
    ...{ itemOf, change, loseLedger, absent, inAlbum, uploads, recovery },
  };
}

/** The names of the states that a device tells. */
export function kinds(device: SimulatedDevice): Record<VaultPath, ImageState["is"]> {
  return Object.fromEntries([...device.states].map(([path, { is }]) => [path, is]));
}
