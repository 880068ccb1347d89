/** What is going on, or what went on last. Times are milliseconds since 1970. */
export type Run =
  | {
      readonly is: "running";
      readonly began: number;
      /** Images that came to rest in this run, but for those that are skipped. */
      readonly done: number;
      /** Bytes handed to Google in this run. */
      readonly bytes: number;
    }
  | {
      readonly is: "resting";
      /** When the last run ended, where there was one; with all that was known of it. */
      readonly ended?: number;
    };
