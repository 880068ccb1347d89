import type { SaveRequest } from "./leave";
import { saveStorage, type Saving } from "./save-storage";

/** A worker's own half of the channel; the page's types describe a window. */
export interface WorkerEnd {
  onmessage: ((event: MessageEvent<SaveRequest>) => void) | null;
  /** The first word is that the worker is ready. */
  postMessage(answer: Saving | "ready", transfer: Transferable[]): void;
}

/** Saves a picture in a worker. The bytes go over and are not copied. It never cancels: who started the worker ends it. */
export function serve(end: WorkerEnd): void {
  end.onmessage = ({ data }) => {
    void saveStorage(data, new AbortController().signal).then((saving) =>
      end.postMessage(saving, [saving.bytes.buffer]),
    );
  };
  end.postMessage("ready", []);
}
