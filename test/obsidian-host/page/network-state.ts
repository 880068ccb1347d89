import type { Connection } from "./connection";

/**
 * Lets `navigator.onLine` and its events say what the host's switch says. The browser's own offline switch would cut
 * the page from the host as well.
 */
export function emulateNetwork(connection: Connection, offlineAtStart: boolean): void {
  let offline = offlineAtStart;
  const native = Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine");
  Object.defineProperty(Navigator.prototype, "onLine", {
    configurable: true,
    get(this: Navigator) {
      return !offline && native?.get?.call(this) === true;
    },
  });
  connection.on("offline", (call) => {
    offline = call["offline"] === true;
    window.dispatchEvent(new Event(offline ? "offline" : "online"));
  });
}
