/**
 * Waits for work that cannot be ended, or that several callers share, as long as it is wanted.
 *
 * @throws the signal's reason as soon as it is aborted
 */
export async function whileWanted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopWaiting = (): void => undefined;
  const unwanted = new Promise<undefined>((resolve) => {
    stopWaiting = () => resolve(undefined);
    signal.addEventListener("abort", stopWaiting, { once: true });
  });
  try {
    await Promise.race([work, unwanted]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener("abort", stopWaiting);
  }
}
