/** What is going on, or what went on last. Times are milliseconds since 1970. */
export type Run =
  | {
      readonly is: "running";
      readonly began: number;
      /** Images that came to rest in this run. */
      readonly done: number;
      /** Bytes handed to Google in this run. */
      readonly bytes: number;
    }
  | { readonly is: "resting"; readonly last?: LastRun };

export interface LastRun {
  readonly began: number;
  readonly ended: number;
  readonly done: number;
  readonly bytes: number;
}
