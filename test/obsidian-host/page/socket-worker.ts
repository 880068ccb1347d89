/** What a shared worker needs of its surroundings. */
interface Scope {
  onconnect: ((event: MessageEvent) => void) | null;
}

/**
 * Holds a page's socket in a shared worker: whoever drives the page is told of every message of its own sockets, bytes and
 * all, which takes the page's main thread longer than what it sends. Its text is what the worker runs: it may use nothing
 * from outside.
 */
function holdSocket(scope: Scope, address: string): void {
  scope.onconnect = ({ ports: [port] }) => {
    if (!port) return;
    const socket = new WebSocket(address);
    socket.binaryType = "arraybuffer";
    for (const event of ["open", "close", "error"])
      socket.addEventListener(event, () => port.postMessage(event));
    socket.addEventListener("message", ({ data }: MessageEvent<ArrayBuffer>) =>
      port.postMessage(data, [data]),
    );
    port.onmessage = ({ data }: MessageEvent<ArrayBuffer>): void => {
      if (socket.readyState === WebSocket.OPEN) socket.send(data);
    };
  };
}

/** The page's end of a socket: answers `open`, `close` and `error` as text, and messages as bytes. */
export function openSocket(address: string): MessagePort {
  const source = `(${holdSocket.toString()})(self, ${JSON.stringify(address)})`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new SharedWorker(url).port;
}
