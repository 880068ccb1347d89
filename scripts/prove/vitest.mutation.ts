import { defineConfig } from "vitest/config";

/** The quick tests of what is pure: a mutant is tried with those of them that reach it. */
export default defineConfig({
  test: {
    include: [
      "test/model/*.test.ts",
      "test/backup/{album-purpose,batch,holds,journal-reader,ledger-record,plan,retry,work-list}.test.ts",
      "test/google/{client-text,errors,answers,small-parts}.test.ts",
    ],
    testTimeout: 20_000,
  },
});
