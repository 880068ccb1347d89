import { expect, it } from "vitest";
import { backedUp } from "./backed-up";

it("says of an image with more pixels than Google's own apps take that it has them, also after a restart", async () => {
  const { device, restart } = await backedUp({ "map.png": "a huge map", "a.png": "one" });
  const hugeOnes = (): unknown =>
    [...device.states].map(([path, state]) => [path, state.is === "backed-up" && state.item.huge]);
  const expected = [
    ["map.png", true],
    ["a.png", undefined],
  ];
  expect(hugeOnes()).toEqual(expected);
  await restart();
  expect(hugeOnes()).toEqual(expected);
  await restart(() => (device.disk.journalCache = []));
  expect(hugeOnes()).toEqual(expected);
});
