import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/** A line to a server that can be cut and mended: while it is cut, nobody can connect. */
export class Relay {
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  private constructor(private readonly to: URL) {}

  static async open(to: string): Promise<Relay> {
    const relay = new Relay(new URL(to));
    await relay.mend();
    return relay;
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  async mend(): Promise<void> {
    const server = (this.#server = createServer((near) => {
      const far = connect(Number(this.to.port), this.to.hostname);
      for (const [one, other] of [
        [near, far],
        [far, near],
      ] as const) {
        this.#sockets.add(one);
        one.pipe(other);
        one.on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.on("error", () => other.destroy());
      }
    }));
    await new Promise<void>((resolve) => server.listen(this.#port, "127.0.0.1", resolve));
    this.#port = (server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.#server?.close(resolve) ?? resolve(undefined));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
