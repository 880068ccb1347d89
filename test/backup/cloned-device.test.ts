import { expect, it } from "vitest";
import type { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

/** The journals of a device by the name it gave itself. */
function ownJournals({ disk }: SimulatedDevice): readonly string[] {
  return [...disk.journals.keys()].filter((name) => name.startsWith(String(disk.memory.get("device"))));
}

it("takes a new name where a copy of this device has written under the old one, and keeps all lines", async () => {
  const { device, write, restart, service, uploads } = await backedUp({ "a.png": "one" });
  const old = String(device.disk.memory.get("device"));
  const [[name, text] = ["", ""]] = device.disk.journals;
  const [item] = text
    .split("\n")
    .filter((line) => line.includes('"what":"item"'))
    .map((line) => JSON.parse(line) as { n: number; fp: string; id: string });
  if (item === undefined) throw new Error("nothing is written down");
  // The copy of the disk went on counting where both had been, and a sync tool brought what it wrote.
  const theirs = { ...item, n: item.n + 1, fp: item.fp.replace(/./g, "7"), id: "of the copy" };
  await restart(() => {
    device.disk.journals.set(name, `${text}${JSON.stringify(theirs)}\n`);
    device.disk.journalCache = [];
  });
  expect(device.disk.memory.get("device")).not.toBe(old);
  write("b.png", "two");
  await restart();
  await restart();
  expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  expect(service.items).toHaveLength(2);
  expect(uploads()).toBe(2);
  // What it writes from now on lies in a file of its own; the other's is as the sync tool left it.
  expect(ownJournals(device)).toHaveLength(1);
  expect(device.disk.journals.get(name)).toBe(`${text}${JSON.stringify(theirs)}\n`);
});

it("keeps its name over restarts, and after its own disk was put back to an earlier day", async () => {
  const { device, write, restart, uploads } = await backedUp({ "a.png": "one" });
  const old = String(device.disk.memory.get("device"));
  const early = [...device.disk.journals];
  write("b.png", "two");
  await restart();
  await restart(() => {
    device.disk.journals.clear();
    for (const [name, text] of early) device.disk.journals.set(name, text);
    device.disk.journalCache = [];
  });
  expect(device.disk.memory.get("device")).toBe(old);
  expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  expect(uploads()).toBe(2);
});
