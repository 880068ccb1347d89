import { describe, expect, it } from "vitest";
import { sendVideo } from "./video-run";

const MB = 1_000_000;

describe("a video on disk", () => {
  it("goes up in pieces: read twice, never whole in memory, and one can see how far it is", async () => {
    const run = await sendVideo(128 * MB);
    expect(run.summary).toMatchObject({ found: 1, backedUp: 1, skipped: 0, failed: 0 });
    expect(run.isSame).toBe(true);
    // A few bytes more tell the type, and where the table of contents lies.
    expect(run.read).toBeLessThan(2 * run.size + MB);
    expect(run.largestRead).toBeLessThanOrEqual(8 * 2 ** 20);
    expect(run.extraMemory).toBeLessThan(100 * MB);
    expect(run.told.length).toBeGreaterThan(3);
  });
});
