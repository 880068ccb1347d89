/** Resolves in a task of its own: between the pieces of long work the editor has its turn. */
export async function pause(): Promise<void> {
  // A message and no timer: hosts slow timers down while their window is hidden.
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(undefined);
  });
  port1.close();
}
