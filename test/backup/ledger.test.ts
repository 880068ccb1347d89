import { expect, it } from "vitest";
import { backedUp } from "./backed-up";

const HOUR = 3_600_000;

it("journals are begun anew when they are long, and the last one is gone on with after a restart", async () => {
  const paths = Array.from({ length: 600 }, (_, number) => `${String(number)}.png`);
  const { device, write, pass, restart, uploads } = await backedUp(
    Object.fromEntries(paths.map((path) => [path, `image ${path}`])),
  );
  const before = new Map(device.disk.journals);
  expect(before.size).toBeGreaterThan(1);
  await restart();
  write("new.png", "new");
  await pass(HOUR);
  expect([...device.disk.journals.keys()]).toEqual([...before.keys()]);
  const grown = [...before].filter(([name, text]) => device.disk.journals.get(name) !== text);
  expect(grown.map(([name]) => name)).toEqual([...before.keys()].slice(-1));
  expect(uploads()).toBe(601);
});
