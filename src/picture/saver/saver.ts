import { whileWanted } from "../../model";
import type { Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { pictureProgram, workerSource } from "../shared-program";
import type { Saving } from "./save-storage";
import type { SaveRequest } from "./serve";

/** Makes Storage saver copies, one at a time, so that only one decoded picture is ever in memory. */
export interface Saver {
  /**
   * @param bytes  are given away for good; what is left as it is comes back with them, unless the worker had to be ended
   * @throws the signal's reason where it is aborted
   */
  save(format: FormatName, bytes: Bytes, signal: AbortSignal): Promise<Saving | Lost>;
  /** Ends the worker; another save starts a new one. */
  close(): void;
}

/** A picture that was given up, and its bytes with it. */
export type Lost = Pick<Saving, "note"> & { readonly bytes?: undefined };

/** A picture that takes longer than this, in milliseconds, is given up and goes as it is. */
const PATIENCE = 120_000;

/** A worker that has had nothing to do for so long, in milliseconds, is ended: its memory is the host's again. */
const IDLE = 30_000;

/**
 * Saves in a worker, or on this thread where the host has none.
 *
 * @param mostDecoded  pixels that this device can hold at once
 */
export function createSaver(mostDecoded: number): Saver {
  let worker: Promise<Worker | undefined> | undefined;
  let idle: number | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const canWork = typeof Worker !== "undefined" && typeof OffscreenCanvas !== "undefined";

  function close(): void {
    window.clearTimeout(idle);
    void worker?.then((started) => started?.terminate());
    worker = undefined;
  }

  /** One request to the worker. Whatever ends it early ends the worker too: a decoder cannot be stopped otherwise. */
  async function ask(asked: Worker, request: SaveRequest, signal: AbortSignal): Promise<Saving | Lost> {
    window.clearTimeout(idle);
    let timer: number | undefined;
    let answer: Saving | undefined;
    try {
      const answering = new Promise<Saving | undefined>((resolve) => {
        const giveUp = (): void => resolve(undefined);
        timer = window.setTimeout(giveUp, PATIENCE);
        asked.onmessage = ({ data }: MessageEvent<Saving>) => resolve(data);
        asked.onerror = (event) => {
          event.preventDefault();
          giveUp();
        };
        asked.postMessage(request, [request.bytes.buffer]);
      });
      answer = await whileWanted(answering, signal);
      return answer ?? { note: { left: "cannot-decode" } };
    } finally {
      window.clearTimeout(timer);
      if (answer) idle = window.setTimeout(close, IDLE);
      else close();
    }
  }

  return {
    save(format, bytes, signal) {
      const work = async (): Promise<Saving | Lost> => {
        signal.throwIfAborted();
        if (canWork && workerSource !== undefined) worker ??= startWorker(workerSource);
        const started = await worker;
        if (started && signal.aborted) close();
        signal.throwIfAborted();
        return started
          ? ask(started, { format, bytes, mostDecoded }, signal)
          : pictureProgram().saveStorage(format, bytes, mostDecoded, signal);
      };
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
    close,
  };
}

/** Starts the worker; `undefined` where the page's policy forbids it, or its program does not run on this host. */
function startWorker(source: string): Promise<Worker | undefined> {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  return new Promise<Worker | undefined>((resolve) => {
    try {
      const started = new Worker(address);
      // Its first word says that it runs; only then are bytes given to it.
      started.onmessage = () => {
        resolve(started);
      };
      started.onerror = (event) => {
        event.preventDefault();
        started.terminate();
        resolve(undefined);
      };
    } catch {
      resolve(undefined);
    }
  }).finally(() => {
    URL.revokeObjectURL(address);
  });
}
