import { whileWanted } from "../../model";
import { pictureProgram, workerSource } from "../shared-program";
import type { SaveRequest } from "./leave";
import type { Saving } from "./save-storage";

/** A picture that was given up, and its bytes with it. */
export interface Lost {
  readonly bytes?: undefined;
  readonly made?: undefined;
}

/**
 * A picture that takes longer than so many seconds in which the page runs is given up and goes as it is. A phone freezes
 * page and worker while the app is not in front: that time must not count, and an interval makes up for no tick missed.
 */
const PATIENCE = 120;

/**
 * Makes a Storage saver copy in a worker, or on this thread where the host has none.
 *
 * @param request  its bytes are given away for good; what is left as it is comes back with them, unless it was given up
 * @throws the signal's reason where it is aborted
 */
export async function save(request: SaveRequest, signal: AbortSignal): Promise<Saving | Lost> {
  const { sizeToSave, saveStorage, SMALL_BYTES } = pictureProgram();
  // Most pictures are small and stay as they are: it needs no worker to see so.
  if (request.bytes.length < SMALL_BYTES && !sizeToSave(request)) return { bytes: request.bytes };
  return (await saveInWorker(request, signal)) ?? saveStorage(request, signal);
}

/**
 * Saves in a worker that ends with the copy: its memory is the host's again, and a decoder cannot be stopped otherwise.
 * `undefined` where the page's policy forbids it, or the worker's program does not run on this host.
 */
async function saveInWorker(request: SaveRequest, signal: AbortSignal): Promise<Saving | Lost | undefined> {
  if (!workerSource) return undefined;
  const address = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  let worker: Worker | undefined;
  let timer: number | undefined;
  const answer = new Promise<Saving | Lost | undefined>((resolve) => {
    const started = (worker = new Worker(address));
    let unanswered: Lost | undefined;
    started.onerror = (event) => {
      event.preventDefault();
      resolve(unanswered);
    };
    started.onmessage = ({ data }: MessageEvent<Saving | "ready">) => {
      if (data === "ready") {
        // It runs: only now are bytes given to it.
        unanswered = {};
        let left = PATIENCE;
        timer = window.setInterval(() => --left || resolve(unanswered), 1000);
        started.postMessage(request, [request.bytes.buffer]);
      } else resolve(data);
    };
    // What throws here: the host has no workers, or lets nobody start one.
  }).catch(() => undefined);
  return whileWanted(answer, signal).finally(() => {
    window.clearInterval(timer);
    worker?.terminate();
    URL.revokeObjectURL(address);
  });
}
