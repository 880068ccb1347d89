import { defineConfig } from "vitest/config";

/** Rooms that are covered by the tests in Node alone (`npm run prove -- coverage`). */
const ROOMS = ["model", "google", "backup", "picture"];

/** Least share of branches, in percent, that they reach in each of these rooms. */
const FLOOR = 95;

/** What only a browser can run; the tests of `*.browser.test.ts` do, and Node's coverage does not see it. */
const BROWSER_ONLY = ["src/picture/saver/**"];

/** Tests in a browser that measure time or memory: another beside them would show in their figures. */
const MEASURING = [
  "test/picture/storage-saver.browser.test.ts",
  "test/picture/video.browser.test.ts",
  "test/ui/image-marks.browser.test.ts",
  "test/ui/status-view.browser.test.ts",
];

const inBrowser = {
  globalSetup: ["test/build-once.ts"],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

/**
 * Three projects, one after another: `unit` runs in Node; `browser` drives the host page in a real Chromium, two files at
 * a time, since each starts a browser of its own; `measuring` does the same, with nothing beside it.
 */
export default defineConfig({
  test: {
    coverage: {
      provider: "v8",
      include: ROOMS.map((room) => `src/${room}/**/*.ts`),
      exclude: ["src/google/stand-ins/**", ...BROWSER_ONLY],
      reportsDirectory: "out/coverage",
      reporter: ["text", "html", "json-summary"],
      thresholds: Object.fromEntries(ROOMS.map((room) => [`src/${room}/**/*.ts`, { branches: FLOOR }])),
    },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.browser.test.ts"],
          testTimeout: 20_000,
          // Some build main.js first, which takes long where every core is busy.
          hookTimeout: 120_000,
          // By itself it would leave one of two cores to nobody.
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...inBrowser,
          name: "browser",
          include: ["test/**/*.browser.test.ts"],
          exclude: MEASURING,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...inBrowser,
          name: "measuring",
          include: MEASURING,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
