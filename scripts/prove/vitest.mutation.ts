import { defineConfig } from "vitest/config";

/** The quick tests of what is pure: a mutant is tried with those of them that reach it. */
export default defineConfig({
  test: {
    include: [
      "test/model/*.test.ts",
      "test/backup/{album-purpose,batch,by-fingerprint,doubts,holds,journal-reader,ledger-record}.test.ts",
      "test/backup/{packed-entries,plan,retry,work-list}.test.ts",
      "test/google/{client-text,errors,answers,small-parts}.test.ts",
    ],
    testTimeout: 20_000,
  },
});
