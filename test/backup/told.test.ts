import { describe, expect, it } from "vitest";
import { SimulatedTime } from "../simulation/clock";
import { SimulatedDevice } from "../simulation/device";
import { SeededRandom } from "../simulation/random";
import { SimulatedService } from "../simulation/service";
import { kinds } from "./backed-up";

const HOUR = 3_600_000;

/** A vault on two devices; what one has backed up a sync tool has brought to the other, where nobody signed in yet. */
async function secondDevice(edit: (device: SimulatedDevice) => void = () => undefined) {
  const time = new SimulatedTime();
  const random = new SeededRandom(1);
  const service = new SimulatedService(time, random.fork());
  const [desk, lap] = ["desk", "lap"].map(
    (name) => new SimulatedDevice(name, time, random.fork(), service.library(name)),
  ) as [SimulatedDevice, SimulatedDevice];
  const pass = (ms: number) => time.run(() => false, ms);
  for (const device of [desk, lap])
    for (const path of ["a.png", "b.png"]) device.vault.write(path, `of ${path}`);
  desk.start();
  await pass(HOUR);
  for (const [name, text] of desk.disk.journals) lap.disk.journals.set(name, text);
  edit(lap);
  service.signedIn = false;
  lap.start();
  await pass(HOUR);
  return { service, desk, lap, pass };
}

describe("a device where nobody is signed in", () => {
  it("tells of images by what journals say of their paths and sizes, and reads none", async () => {
    const { lap } = await secondDevice((device) => device.vault.write("new.png", "of nobody"));
    expect(kinds(lap)).toEqual({ "a.png": "backed-up", "b.png": "backed-up", "new.png": "waiting" });
    expect(lap.hold).toMatchObject({ why: "signed-out" });
    expect(lap.reads).toBe(0);
  });

  it("does not take a file of another size for the one that was backed up", async () => {
    const { lap } = await secondDevice((device) => device.vault.write("a.png", "drawn anew"));
    expect(kinds(lap)).toEqual({ "a.png": "waiting", "b.png": "backed-up" });
  });

  it("follows what journals bring later", async () => {
    const { desk, lap, service, pass } = await secondDevice();
    service.signedIn = true;
    desk.engine?.signInChanged();
    for (const device of [desk, lap]) device.vault.write("later.png", "later");
    await pass(HOUR);
    service.signedIn = false;
    lap.engine?.signInChanged();
    await pass(HOUR);
    expect(kinds(lap)).toMatchObject({ "a.png": "backed-up" });
  });

  it("looks for itself once somebody signs in, and sends what only seemed to be there", async () => {
    const { service, lap, pass } = await secondDevice((device) => device.vault.write("a.png", "of A.png"));
    expect(kinds(lap)).toMatchObject({ "a.png": "backed-up" });
    service.signedIn = true;
    lap.engine?.signInChanged();
    await pass(HOUR);
    expect(kinds(lap)).toEqual({ "a.png": "backed-up", "b.png": "backed-up" });
    expect(lap.reads).toBe(2);
    expect(service.items).toHaveLength(3);
  });
});
