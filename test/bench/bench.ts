/** One thing that is measured: `npm run bench -- NAME`. */
export interface Bench {
  /** What it measures, in a few words. */
  readonly about: string;
  /** @param tell  takes a line on each step, for whoever watches */
  run(tell: (line: string) => void): Promise<BenchReport>;
}

export interface BenchReport {
  /** The page of the documentation that is made of it, by its path in the project; absent where none is to be written. */
  readonly page?: { readonly file: string; readonly text: string };
  /** What is not as promised, a line each; empty where all is well. */
  readonly wrong: readonly string[];
}
