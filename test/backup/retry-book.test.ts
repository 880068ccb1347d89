import { expect, it } from "vitest";
import { Holds } from "../../src/backup/holds";
import { RetryBook } from "../../src/backup/sending/retry-book";
import { defaultSettings, PhotosError, type ConditionsPort, type SettingsPort } from "../../src/model";
import { SimulatedTime } from "../simulation/clock";

const MINUTE = 60_000;

it("calls that were under way when a rate limit stopped the run make its rest no longer", () => {
  const clock = new SimulatedTime().clock(() => 0);
  const settings = { read: () => ({ ...defaultSettings(), started: true }) } as unknown as SettingsPort;
  const conditions = { read: () => ({ online: true }) } as unknown as ConditionsPort;
  const holds = new Holds({ clock, settings, conditions, memory: new Map<string, unknown>() }, () => false);
  const book = new RetryBook(clock, { next: () => 0 }, holds, 16);
  for (let call = 0; call < 12; call += 1) book.failed(new PhotosError("quota-minute"), 1);
  expect(holds.blocking).toEqual({ why: "rate-limit", until: clock.now() + 10 * MINUTE });
  // What is tried after it meets a limit again.
  holds.lift("rate-limit");
  book.failed(new PhotosError("quota-minute"), 1);
  expect(holds.blocking).toEqual({ why: "rate-limit", until: clock.now() + 20 * MINUTE });
});
