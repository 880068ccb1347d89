import { afterAll, beforeAll, vi } from "vitest";

/** Has the tests of a file run where clocks go as in a time zone, at the beginning of 2026. */
export function live(zone: string): void {
  beforeAll(() => {
    vi.stubEnv("TZ", zone);
    vi.setSystemTime(Date.UTC(2026, 0, 1));
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });
}
