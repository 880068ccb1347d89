import { defineConfig } from "vitest/config";

/**
 * Least share of branches, in percent, that the tests in Node reach in each of these rooms (`npm run prove -- coverage`).
 * 95 is wanted of each; where it is less, it is what was reached, and may only grow.
 */
const FLOORS = { model: 95, google: 95, backup: 73, picture: 95 };

/** What only a browser can run; the tests of `*.browser.test.ts` do, and Node's coverage does not see it. */
const BROWSER_ONLY = ["src/picture/saver/**"];

/**
 * Two projects: `unit` runs in Node in parallel; `browser` drives the host page in a real Chromium,
 * one file at a time, since each starts a browser of its own.
 */
export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: Object.keys(FLOORS).map((room) => `src/${room}/**/*.ts`),
      exclude: ["src/google/stand-ins/**", ...BROWSER_ONLY],
      reportsDirectory: "out/coverage",
      reporter: ["text", "html", "json-summary"],
      thresholds: Object.fromEntries(
        Object.entries(FLOORS).map(([room, branches]) => [`src/${room}/**/*.ts`, { branches }]),
      ),
    },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.browser.test.ts"],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/**/*.browser.test.ts"],
          globalSetup: ["test/build-once.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
