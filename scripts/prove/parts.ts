/** One long proof: a command of its own, which says by its status whether it holds. */
export interface Part {
  readonly name: string;
  /** What it proves, in a few words. */
  readonly proves: string;
  /** The command and its arguments; run in the project's folder, by the Node that runs this, where it is `node`. */
  readonly command: readonly [string, ...string[]];
}

/** What takes too long for `npm test`, in the order in which it runs. */
export const parts: readonly Part[] = [
  {
    name: "simulation",
    proves: "ten thousand random histories end with everything backed up once",
    command: ["npm", "run", "--silent", "simulate", "--", "--seeds", "10000"],
  },
  {
    name: "broken",
    proves: "the simulation notices every promise of the engine that is broken on purpose",
    command: ["node", "--import", "tsx", "test/simulation/broken/cli.ts"],
  },
  {
    name: "mutation",
    proves: "the tests notice what is changed in the pure parts of model/, backup/ and google/",
    command: ["npx", "stryker", "run", "scripts/prove/mutation.config.mjs"],
  },
  {
    name: "coverage",
    proves:
      "the tests reach as many branches of model/, google/, backup/ and picture/ as vitest.config.ts asks for",
    command: ["npx", "vitest", "run", "--project", "unit", "--coverage"],
  },
  {
    name: "lint-without-types",
    proves: "where the packages' types are missing, lint finds nothing but that",
    command: ["npx", "tsx", "scripts/prove/lint-without-types.ts"],
  },
  {
    name: "npm-10",
    proves: "an npm 10 can install what the lock file names",
    command: ["npx", "--yes", "npm@10.9.2", "ci", "--dry-run", "--ignore-scripts", "--silent"],
  },
  {
    name: "kills",
    proves: "twenty times host and browser are killed on one vault, and Google has each image once",
    command: ["node", "--import", "tsx", "test/start/kills/cli.ts"],
  },
];
