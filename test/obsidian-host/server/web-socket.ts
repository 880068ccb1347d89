import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

const handshakeGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/**
 * One WebSocket (RFC 6455), as much of it as a page on the same machine needs: whole binary messages both ways, no
 * extensions. A socket, since a browser keeps only six plain connections to one server, and a request that hangs
 * must not keep the page from its files.
 */
export class WebSocketConnection {
  onMessage: (message: Buffer) => void = () => undefined;
  onClose: () => void = () => undefined;
  #chunks: Buffer[] = [];
  #buffered = 0;
  #message: Buffer[] = [];
  #open = true;

  constructor(
    request: IncomingMessage,
    readonly socket: Duplex,
    head: Buffer,
  ) {
    const key = createHash("sha1").update(`${request.headers["sec-websocket-key"] ?? ""}${handshakeGuid}`);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
        `Sec-WebSocket-Accept: ${key.digest("base64")}\r\n\r\n`,
    );
    socket.on("data", (chunk: Buffer) => this.#receive(chunk));
    socket.on("close", () => this.#ended());
    socket.on("error", () => this.#ended());
    if (head.length > 0) this.#receive(head);
  }

  send(message: Buffer): void {
    if (this.#open) this.#sendFrame(2, message);
  }

  close(): void {
    if (!this.#open) return;
    this.#sendFrame(8, Buffer.alloc(0));
    this.socket.destroy();
    this.#ended();
  }

  #ended(): void {
    if (!this.#open) return;
    this.#open = false;
    this.onClose();
  }

  #sendFrame(opcode: number, payload: Buffer): void {
    const header = Buffer.alloc(payload.length < 126 ? 2 : payload.length < 65536 ? 4 : 10);
    header[0] = 0x80 | opcode;
    header[1] = header.length === 2 ? payload.length : header.length === 4 ? 126 : 127;
    if (header.length === 4) header.writeUInt16BE(payload.length, 2);
    if (header.length === 10) header.writeBigUInt64BE(BigInt(payload.length), 2);
    this.socket.write(header);
    this.socket.write(payload);
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    while (this.#takeFrame());
  }

  #takeFrame(): boolean {
    if (this.#buffered < 2) return false;
    const head = this.#peek(Math.min(14, this.#buffered));
    const short = (head[1] ?? 0) & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const headerLength = 2 + lengthBytes + 4;
    if (head.length < headerLength) return false;
    const length =
      lengthBytes === 0 ? short : lengthBytes === 2 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
    if (this.#buffered < headerLength + length) return false;
    const frame = this.#take(headerLength + length);
    const mask = frame.subarray(headerLength - 4, headerLength);
    const payload = frame.subarray(headerLength);
    for (let i = 0; i < payload.length; i++) payload[i] = (payload[i] ?? 0) ^ (mask[i & 3] ?? 0);
    this.#accept((frame[0] ?? 0) & 0x0f, ((frame[0] ?? 0) & 0x80) !== 0, payload);
    return this.#open;
  }

  #accept(opcode: number, final: boolean, payload: Buffer): void {
    if (opcode === 8) return this.close();
    if (opcode === 9) return this.#sendFrame(10, payload);
    if (opcode > 2) return;
    this.#message.push(payload);
    if (!final) return;
    const message = this.#message.length === 1 ? payload : Buffer.concat(this.#message);
    this.#message = [];
    this.onMessage(message);
  }

  #peek(length: number): Buffer {
    const first = this.#chunks[0];
    return first !== undefined && first.length >= length
      ? first
      : Buffer.concat(this.#chunks).subarray(0, length);
  }

  #take(length: number): Buffer {
    const all =
      this.#chunks.length === 1 && this.#chunks[0] !== undefined
        ? this.#chunks[0]
        : Buffer.concat(this.#chunks);
    this.#chunks = all.length > length ? [all.subarray(length)] : [];
    this.#buffered -= length;
    return all.subarray(0, length);
  }
}
