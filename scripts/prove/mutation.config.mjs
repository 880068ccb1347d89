/**
 * Mutation testing of what is pure: Stryker changes one operator, number or word at a time and sees whether a test
 * notices. Fails below 80 % (`npm run prove -- mutation`); the report of what nobody noticed is in `out/mutation/`.
 */
export default {
  mutate: [
    "src/model/*.ts",
    "src/backup/holds.ts",
    "src/backup/account/album-purpose.ts",
    "src/backup/disposable/packed-entries.ts",
    "src/backup/ledger/{by-fingerprint,doubts,journal,ledger-record,packed-journal}.ts",
    "src/backup/planning/{plan,work-list}.ts",
    "src/backup/sending/{batch,retry}.ts",
    "src/google/{base64url,change,client-text,closing-page,consent-answer,create,errors,get,identity,loopback,reply,scopes,wire}.ts",
    "!src/**/{index,ports,commands,events}.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "scripts/prove/vitest.mutation.ts" },
  plugins: ["@stryker-mutator/vitest-runner"],
  coverageAnalysis: "perTest",
  // What runs once when a file loads takes all of its tests to try; tables are held by the tests of what reads them.
  ignoreStatic: true,
  thresholds: { high: 95, low: 85, break: 80 },
  reporters: ["clear-text", "html", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: "out/mutation/report.html" },
  jsonReporter: { fileName: "out/mutation/report.json" },
  tempDirName: "out/mutation/work",
  ignorePatterns: ["docs", "test/vault", "test/screenshots", "out", "main.js*"],
  concurrency: 2,
  allowEmpty: false,
};
