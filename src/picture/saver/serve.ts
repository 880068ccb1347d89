import { saveStorage, type Saving } from "./save-storage";
import type { SaveRequest, WorkerReady } from "./worker-protocol";

/** A worker's own half of the channel; the page's types describe a window. */
export interface WorkerEnd {
  onmessage: ((event: MessageEvent<SaveRequest>) => void) | null;
  postMessage(answer: Saving | WorkerReady, transfer: Transferable[]): void;
}

/** Decodes and encodes pictures in a worker. It never cancels: whoever started the worker ends it. */
export function serve(end: WorkerEnd): void {
  const never = new AbortController().signal;

  async function answer({ format, bytes, mostDecoded }: SaveRequest): Promise<void> {
    const saving = await saveStorage(format, bytes, mostDecoded, never);
    end.postMessage(saving, [saving.bytes.buffer]);
  }

  end.onmessage = ({ data }) => {
    void answer(data);
  };
  end.postMessage("ready", []);
}
