/** The worker's program as text, put in by the build: `worker.ts` bundled by itself. Absent where nothing was built. */
declare const PICTURE_WORKER_SOURCE: string | undefined;

/**
 * The worker's program, to be started from a Blob: a plugin is one file and has no second one to load. It is a bundle of
 * its own and not the text of one of our functions, which minifying would tear from what it refers to.
 */
export function builtWorkerSource(): string | undefined {
  return typeof PICTURE_WORKER_SOURCE === "string" ? PICTURE_WORKER_SOURCE : undefined;
}
