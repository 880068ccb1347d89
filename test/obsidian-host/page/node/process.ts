/** Desktop plugins find Node's `process` on the window, without Node's EventTarget: some packages stumble over that. */
export function defineProcess(): void {
  const process = {
    platform: "linux",
    arch: "x64",
    env: {},
    version: "v20.20.0",
    versions: { node: "20.20.0", electron: "37.0.0", chrome: "138.0.0.0" },
    nextTick: (callback: (...values: unknown[]) => unknown, ...values: unknown[]) =>
      queueMicrotask(() => void callback(...values)),
    cwd: () => "/",
  };
  Object.assign(window, { process, global: window });
}
