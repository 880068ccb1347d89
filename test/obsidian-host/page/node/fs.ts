import type { Connection } from "../connection";

interface Stat {
  size: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;
  isFile: boolean;
  isDirectory: boolean;
}

type Encoding = string | { encoding?: string | null } | null | undefined;
type Data = string | Uint8Array<ArrayBuffer>;

function asStats({ isFile, isDirectory, ...rest }: Stat) {
  const { mtimeMs, ctimeMs, birthtimeMs } = rest;
  return {
    ...rest,
    mtime: new Date(mtimeMs),
    ctime: new Date(ctimeMs),
    birthtime: new Date(birthtimeMs),
    isFile: () => isFile,
    isDirectory: () => isDirectory,
  };
}

const isText = (encoding: Encoding): boolean =>
  typeof (typeof encoding === "string" ? encoding : encoding?.encoding) === "string";
const bytesOf = (data: Data): Uint8Array<ArrayBuffer> =>
  typeof data === "string" ? new TextEncoder().encode(data) : data;

/** An open file of the host's Node process. */
class FileHandle {
  constructor(
    readonly connection: Connection,
    readonly fd: number,
  ) {}

  async read(
    into: Uint8Array | { buffer: Uint8Array; offset?: number; length?: number; position?: number | null },
    ...rest: (number | null | undefined)[]
  ): Promise<{ bytesRead: number; buffer: Uint8Array }> {
    const given =
      into instanceof Uint8Array
        ? { buffer: into, offset: rest[0], length: rest[1], position: rest[2] }
        : into;
    const { buffer } = given;
    const offset = given.offset ?? 0;
    const length = given.length ?? buffer.length - offset;
    const { body } = await this.connection.ask({
      op: "fs.read",
      fd: this.fd,
      length,
      position: given.position ?? null,
    });
    buffer.set(body, offset);
    const bytesRead = body.length;
    // Node reads into the buffer itself: what this page takes beside it must not count as the plugin's memory.
    body.buffer.transfer(0);
    return { bytesRead, buffer };
  }

  async write(
    data: Data,
    _offset?: number,
    _length?: number,
    position: number | null = null,
  ): Promise<{ bytesWritten: number }> {
    const bytes = bytesOf(data);
    const { value } = await this.connection.ask<number>({ op: "fs.write", fd: this.fd, position }, bytes);
    return { bytesWritten: value };
  }

  async stat(): Promise<ReturnType<typeof asStats>> {
    return asStats((await this.connection.ask<Stat>({ op: "fs.fstat", fd: this.fd })).value);
  }

  async close(): Promise<void> {
    await this.connection.ask({ op: "fs.close", fd: this.fd });
  }
}

function promisesModule(connection: Connection) {
  const done = async (call: { op: string } & Record<string, unknown>, body?: Uint8Array): Promise<void> => {
    await connection.ask(call, body);
  };
  return {
    open: async (path: string, flags = "r") =>
      new FileHandle(connection, (await connection.ask<number>({ op: "fs.open", path, flags })).value),
    stat: async (path: string) => asStats((await connection.ask<Stat>({ op: "fs.stat", path })).value),
    readFile: async (path: string, encoding?: Encoding) => {
      const { body } = await connection.ask({ op: "fs.readFile", path });
      return isText(encoding) ? new TextDecoder().decode(body) : body.slice();
    },
    writeFile: (path: string, data: Data, _encoding?: Encoding) =>
      done({ op: "fs.writeFile", path }, bytesOf(data)),
    appendFile: (path: string, data: Data, _encoding?: Encoding) =>
      done({ op: "fs.writeFile", path, append: true }, bytesOf(data)),
    mkdir: (path: string, options?: { recursive?: boolean }) =>
      done({ op: "fs.mkdir", path, recursive: options?.recursive === true }),
    readdir: async (path: string) => (await connection.ask<string[]>({ op: "fs.readdir", path })).value,
    unlink: (path: string) => done({ op: "fs.unlink", path }),
    rename: (from: string, to: string) => done({ op: "fs.rename", from, to }),
    access: (path: string) => done({ op: "fs.stat", path }),
  };
}

type Callback = (error: unknown, ...values: unknown[]) => void;

/** Node's `fs` with promises and with callbacks; without its synchronous calls. Files of the vault only. */
export function fileSystemModule(connection: Connection) {
  const promises = promisesModule(connection);
  const handle = (fd: number): FileHandle => new FileHandle(connection, fd);
  const withCallback =
    <A extends unknown[]>(work: (...args: A) => Promise<unknown>) =>
    (...given: [...A, Callback] | unknown[]): void => {
      const callback = given[given.length - 1] as Callback;
      work(...(given.slice(0, -1) as A)).then(
        (value) => callback(null, value),
        (error: unknown) => callback(error),
      );
    };
  return {
    promises,
    open: withCallback(async (path: string, flags?: string) => (await promises.open(path, flags)).fd),
    read: (
      fd: number,
      buffer: Uint8Array,
      offset: number,
      length: number,
      position: number | null,
      callback: Callback,
    ) => {
      handle(fd)
        .read(buffer, offset, length, position)
        .then(
          ({ bytesRead }) => callback(null, bytesRead, buffer),
          (error: unknown) => callback(error),
        );
    },
    fstat: withCallback((fd: number) => handle(fd).stat()),
    close: withCallback((fd: number) => handle(fd).close()),
    stat: withCallback(promises.stat),
    readFile: withCallback(promises.readFile),
    writeFile: withCallback(promises.writeFile),
    appendFile: withCallback(promises.appendFile),
    mkdir: withCallback(promises.mkdir),
    readdir: withCallback(promises.readdir),
    unlink: withCallback(promises.unlink),
    rename: withCallback(promises.rename),
    access: withCallback(promises.access),
  };
}
