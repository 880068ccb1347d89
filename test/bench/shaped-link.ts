import net from "node:net";

/** How a link is. */
export interface LinkShape {
  /** Milliseconds that each request and its answer spend on the way, together. */
  readonly roundTrip: number;
  /** Bytes a second on the way up, shared by all connections; infinite where the link is never the limit. */
  readonly upload: number;
}

/** A link at work. */
export interface ShapedLink {
  /** Where to go in place of the server behind it. */
  readonly origin: string;
  close(): Promise<void>;
}

/** Most bytes of one connection that go before the next one has its turn. */
const TURN = 32 * 1024;

/** A connection that has so much waiting is not read any further: as a full socket would, it holds its sender up. */
const HELD_UP_AT = 64 * 1024;

/** Puts a link between somebody and the server at `to`: all bytes come late, and those on the way up share a bandwidth. */
export async function startLink(to: string, shape: LinkShape): Promise<ShapedLink> {
  const { port } = new URL(to);
  const lane = new Lane(shape.upload);
  const sockets = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const behind = net.connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    sockets.add(client).add(behind);
    const latency = shape.roundTrip / 2;
    carryUp(client, behind, lane, latency);
    carryDown(behind, client, latency);
    for (const [one, other] of [
      [client, behind],
      [behind, client],
    ] as const) {
      one.on("error", () => undefined);
      one.on("close", () => {
        sockets.delete(one);
        setTimeout(() => other.destroy(), latency);
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as net.AddressInfo;
  return {
    origin: `http://127.0.0.1:${own}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function carryDown(from: net.Socket, to: net.Socket, latency: number): void {
  from.on("data", (chunk) => setTimeout(() => to.write(chunk), latency));
  from.on("end", () => setTimeout(() => to.end(), latency));
}

function carryUp(from: net.Socket, to: net.Socket, lane: Lane, latency: number): void {
  let waiting = 0;
  from.on("data", (chunk) => {
    waiting += chunk.length;
    if (waiting >= HELD_UP_AT) from.pause();
    lane.add(from, chunk, (part) => {
      waiting -= part.length;
      if (waiting < HELD_UP_AT) from.resume();
      setTimeout(() => to.write(part), latency);
    });
  });
  from.on("end", () => lane.add(from, Buffer.alloc(0), () => setTimeout(() => to.end(), latency)));
}

interface Load {
  readonly bytes: Buffer;
  readonly deliver: (part: Buffer) => void;
}

/** A bandwidth that connections share in turns. */
class Lane {
  readonly #queues = new Map<net.Socket, Load[]>();
  /** When the lane is free again, in milliseconds; in the past where it has rested. */
  #free = 0;
  #running = false;

  constructor(private readonly bandwidth: number) {}

  add(whose: net.Socket, bytes: Buffer, deliver: (part: Buffer) => void): void {
    const queue = this.#queues.get(whose) ?? [];
    queue.push({ bytes, deliver });
    this.#queues.set(whose, queue);
    if (this.#running) return;
    this.#free = Math.max(this.#free, performance.now());
    this.#run();
  }

  #run(): void {
    // Timers come late: what was missed meanwhile is made up for, so that the bandwidth holds in the long run.
    while (this.#queues.size > 0 && this.#free <= performance.now()) this.#turn();
    this.#running = this.#queues.size > 0;
    if (this.#running) setTimeout(() => this.#run(), Math.max(1, this.#free - performance.now()));
  }

  #turn(): void {
    const next = this.#queues.entries().next().value;
    if (next === undefined) return;
    const [whose, queue] = next;
    const load = queue.shift();
    // To the end of the row: the others have their turn first.
    this.#queues.delete(whose);
    if (load === undefined) return;
    const { bytes, deliver } = load;
    const part = bytes.subarray(0, TURN);
    if (part.length < bytes.length) queue.unshift({ bytes: bytes.subarray(TURN), deliver });
    if (queue.length > 0) this.#queues.set(whose, queue);
    this.#free += (part.length / this.bandwidth) * 1000;
    deliver(part);
  }
}
