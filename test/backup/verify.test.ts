import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import type { SimulatedDevice } from "../simulation/device";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What the journals on a device say of one kind. */
function lines(device: SimulatedDevice, what: string): readonly { readonly id: string }[] {
  return [...device.disk.journals.values()]
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.includes(`"what":"${what}"`))
    .map((line) => JSON.parse(line) as { readonly id: string });
}

it("what is gone from Google Photos is noticed within thirty days, though nobody asks and however much there is", async () => {
  const { device, pass, restart } = await backedUp({ "a.png": "one" });
  // Another device made them: more than thirty questions of fifty ask for.
  const gone = Array.from({ length: 2_000 }, (_, number) => ({
    ...lines(device, "item")[0],
    device: "laptop",
    fp: createHash("sha256").update(String(number)).digest("hex"),
    id: `gone ${String(number)}`,
  }));
  const journal = gone.map((line) => `${JSON.stringify(line)}\n`).join("");
  await restart(() => device.disk.journals.set("laptop-1.jsonl", journal));
  await pass(30 * DAY + HOUR);
  const noticed = lines(device, "removed").map(({ id }) => id);
  expect(noticed.sort()).toEqual(gone.map(({ id }) => id).sort());
});

it("what was sent while the clock was years ahead is asked for as well", async () => {
  const { device, service, pass, write, told, recovery, change } = await backedUp({});
  device.clockOffset = 3 * 365 * DAY;
  write("a.png", "one");
  await pass(HOUR);
  device.clockOffset = 0;
  change("a.png", { gone: true });
  expect(await told(recovery()?.verify())).toMatchObject({ there: 0, gone: 1 });
  expect(service.items).toHaveLength(1);
});
