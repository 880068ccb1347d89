/** Work may go on this long in one go, in milliseconds: less than one picture of the screen stands. */
const STRETCH = 12;

/**
 * Makes a function to be called between the pieces of long work. Where the work has gone on for a while, it lets the
 * editor have its turn: waiting for a piece that is in memory already does not.
 */
export function createPauses(): () => Promise<void> {
  let began = performance.now();
  return async () => {
    if (performance.now() - began < STRETCH) return;
    // A message and no timer: hosts slow timers down while their window is hidden.
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage(undefined);
    });
    port1.close();
    began = performance.now();
  };
}
