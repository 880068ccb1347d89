import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideRetry, nextQuotaDay, type Trouble } from "../../src/backup/sending/retry";
import { PhotosError, type PhotosErrorKind } from "../../src/model";

const NOW = Date.UTC(2026, 0, 15, 12);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

type Detail = ConstructorParameters<typeof PhotosError>[1];

function after(
  kind: PhotosErrorKind,
  {
    detail = {},
    chance = 0,
    ...rest
  }: Partial<Omit<Trouble, "error">> & { detail?: Detail; chance?: number } = {},
) {
  const error = new PhotosError(kind, detail);
  return decideRetry({ error, attempt: 1, limitsInARow: 0, now: NOW, ...rest }, chance);
}

describe("a rate limit", () => {
  it("delays its request by 30 seconds, then twice as long each time", () => {
    const waits = [1, 2, 3, 4].map((attempt) => after("quota-minute", { attempt, limitsInARow: 1 }));
    expect(waits).toEqual([30, 60, 120, 240].map((s) => ({ ms: s * SECOND })));
  });

  it("is waited out as long as Google asks", () => {
    expect(after("quota-minute", { detail: { retryAfter: 7 * SECOND }, limitsInARow: 1 })).toEqual({
      ms: 7 * SECOND,
    });
  });

  it("spreads the devices that met it, by up to a quarter", () => {
    expect(after("quota-minute", { limitsInARow: 1, chance: 0.999 })).toEqual({ ms: 37_493 });
  });

  it("five times in a row stops the run for ten minutes", () => {
    expect(after("quota-minute", { limitsInARow: 4 })).toEqual({ ms: 30 * SECOND });
    const hold = { why: "rate-limit", until: NOW + 10 * MINUTE };
    expect(after("quota-minute", { limitsInARow: 5 })).toEqual({ ms: 0, hold });
    expect(after("concurrent", { limitsInARow: 5 })).toEqual({ ms: 0, hold });
  });

  it("of an hour stops the run, instead of keeping one request waiting", () => {
    expect(after("quota-minute", { detail: { retryAfter: HOUR }, limitsInARow: 1 })).toEqual({
      ms: 0,
      hold: { why: "rate-limit", until: NOW + HOUR },
    });
  });
});

describe("a trouble of the moment", () => {
  it("is tried again after a second, then twice as long each time", () => {
    const waits = [1, 2, 3, 4].map((attempt) => after("transient", { attempt }));
    expect(waits).toEqual([1, 2, 4, 8].map((s) => ({ ms: s * SECOND })));
  });

  it("is given up for a while after five times, and says who failed", () => {
    const rest = { ms: 15 * MINUTE };
    expect(after("transient", { attempt: 5, detail: { status: 503 } })).toEqual({
      ...rest,
      because: "service",
    });
    expect(after("transient", { attempt: 5 })).toEqual({ ...rest, because: "connection" });
  });
});

describe("a call of unknown outcome that makes nothing", () => {
  it("is simply repeated", () => {
    expect(after("outcome-unknown")).toEqual({ ms: SECOND });
    expect(after("outcome-unknown", { attempt: 5 })).toMatchObject({ because: "connection" });
  });
});

describe("a trouble that Google asks to wait for", () => {
  it("is waited out up to five minutes, and longer it stops the run", () => {
    const asked = (retryAfter: number) => after("transient", { detail: { status: 503, retryAfter } });
    expect(asked(5 * MINUTE)).toEqual({ ms: 5 * MINUTE });
    expect(asked(5 * MINUTE + 1)).toEqual({
      ms: 0,
      hold: { why: "rate-limit", until: NOW + 5 * MINUTE + 1 },
    });
    expect(after("quota-minute", { detail: { retryAfter: 5 * MINUTE }, limitsInARow: 1 })).toEqual({
      ms: 5 * MINUTE,
    });
  });
});

describe("rate limits that go on", () => {
  it("stop the run for twice as long each time, up to an hour", () => {
    const until = [5, 6, 7, 8, 9].map((limitsInARow) => after("quota-minute", { limitsInARow }));
    expect(until).toEqual(
      [10, 20, 40, 60, 60].map((m) => ({ ms: 0, hold: { why: "rate-limit", until: NOW + m * MINUTE } })),
    );
  });
});

describe("what stops the whole run", () => {
  it.each<[PhotosErrorKind, Detail, unknown]>([
    ["signed-out", { ended: true }, { why: "signed-out", ended: true }],
    ["signed-out", {}, { why: "signed-out", ended: false }],
    ["refused", {}, { why: "refused", because: "account-blocked" }],
    ["refused", { refusal: "api-off" }, { why: "refused", because: "api-off" }],
    ["storage-full", {}, { why: "storage-full", until: NOW + 20 * HOUR }],
    ["quota-day", {}, { why: "daily-quota", until: Date.UTC(2026, 0, 16, 7) }],
    ["offline", {}, { why: "offline", until: NOW + 30 * SECOND }],
  ])("%s with %o", (kind, detail, hold) => {
    expect(after(kind, { detail })).toEqual({ ms: 0, hold });
  });
});

describe("what is never tried again by itself", () => {
  it.each(["bad-item", "permanent"] as const)("%s", (kind) => {
    expect(after(kind)).toEqual({ because: "refused", ms: 4 * HOUR });
  });
});

describe("what is got anew", () => {
  it.each(["bad-token", "bad-album"] as const)(
    "is given a while to be known, and not for ever: %s",
    (kind) => {
      const rests = [1, 2, 3, 4, 5].map((attempt) => after(kind, { attempt, detail: { status: 400 } }));
      expect(rests).toEqual([
        ...[1, 2, 4, 8].map((seconds) => ({ ms: seconds * SECOND })),
        { because: "service", ms: 15 * MINUTE },
      ]);
    },
  );

  it("rests longer and longer where each try takes an upload", () => {
    const rests = [6, 7, 8, 9, 10].map((attempt) => after("bad-token", { attempt }).ms / HOUR);
    expect(rests).toEqual([0.5, 1, 2, 4, 4]);
  });
});

describe("a new day of the quota", () => {
  it.each([
    ["in winter", "2026-01-15T12:00:00Z", "2026-01-16T07:00:00Z"],
    ["in winter, where the first try was too early", "2026-01-16T07:00:00Z", "2026-01-16T08:00:00Z"],
    ["in summer", "2026-07-15T12:00:00Z", "2026-07-16T07:00:00Z"],
    ["just before", "2026-01-16T07:59:59Z", "2026-01-16T08:00:00Z"],
    ["at midnight itself", "2026-01-16T08:00:00Z", "2026-01-17T07:00:00Z"],
    ["on the short day", "2026-03-08T08:30:00Z", "2026-03-09T07:00:00Z"],
    ["on the long day", "2026-11-01T07:30:00Z", "2026-11-01T08:00:00Z"],
    ["on the long day, in its doubled hour", "2026-11-01T09:30:00Z", "2026-11-02T07:00:00Z"],
  ])("%s", (_, now, next) => {
    expect(new Date(nextQuotaDay(Date.parse(now))).toISOString()).toBe(new Date(next).toISOString());
  });

  it("is tried when a Californian clock shows 00:00:00, and at most once a day besides", () => {
    const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "America/Los_Angeles", timeStyle: "medium" });
    const moment = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2045, 0) });
    fc.assert(
      fc.property(moment, (now) => {
        const first = nextQuotaDay(now);
        const tries = [first, nextQuotaDay(first)];
        // On the long day the next midnight is 25 hours away, for who asks at midnight itself.
        expect([now, ...tries].map((at) => clock.format(at))).toContain("00:00:00");
        for (const at of tries) expect(clock.format(at)).toMatch(/^(23|00|01):00:00$/);
        expect(first).toBeGreaterThan(now);
        expect(tries.map((at) => at % 1000)).toEqual([0, 0]);
        expect(first - now).toBeLessThanOrEqual(23 * HOUR);
      }),
    );
  });
});
