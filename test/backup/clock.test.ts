import { expect, it } from "vitest";
import { SimulatedDevice } from "../simulation/device";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

it("looks again after a sleep in which its own clock stood still, before what another device sent is sent", async () => {
  const { time, random, device, service, pass, write, uploads } = await backedUp({ "a.png": "one" });
  device.kill();
  write("b.png", "two");
  device.start();
  await time.run(() => uploads() === 2, DAY);
  device.setConditions({ online: false });
  await pass(MINUTE);
  const other = new SimulatedDevice("desktop", time, random.fork(), service.library("desktop"));
  other.settings = device.settings;
  other.vault.write("b.png", "two");
  other.start();
  await pass(DAY / 3);
  device.slept += DAY / 3;
  device.setConditions({ online: true });
  await pass(10 * MINUTE);
  expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  expect(service.items).toHaveLength(2);
});
