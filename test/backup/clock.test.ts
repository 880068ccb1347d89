import { expect, it } from "vitest";
import { backedUp, kinds } from "./backed-up";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

it("lists before an older image is sent, though the clock went back before everything was last listed", async () => {
  const { device, service, pass, write, told, restart, recovery } = await backedUp({ "a.png": "one" });
  await restart();
  device.engine?.pause();
  write("b.png", "two");
  await pass(MINUTE);
  device.clockOffset -= DAY;
  await told(recovery()?.verify());
  await pass(20 * MINUTE);
  const before = service.calls.get("list") ?? 0;
  device.engine?.resume();
  await pass(10 * MINUTE);
  expect(kinds(device)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
  expect(service.calls.get("list")).toBeGreaterThan(before);
});
