import { saveStorage } from "./save-storage";
import type { SaveAnswer, SaveRequest, WorkerReady } from "./worker-protocol";

/** A worker's own half of the channel; the page's types describe a window. */
export interface WorkerEnd {
  onmessage: ((event: MessageEvent<SaveRequest>) => void) | null;
  postMessage(answer: SaveAnswer | WorkerReady, transfer: Transferable[]): void;
}

/** Decodes and encodes pictures in a worker. It never cancels: whoever started the worker ends it. */
export function serve(end: WorkerEnd): void {
  const never = new AbortController().signal;

  async function answer({ format, bytes, mostDecoded }: SaveRequest): Promise<void> {
    const saving = await saveStorage(format, bytes, mostDecoded, never);
    if ("saved" in saving) end.postMessage(saving, [saving.saved.bytes.buffer]);
    else end.postMessage({ ...saving, bytes }, [bytes.buffer]);
  }

  end.onmessage = ({ data }) => {
    void answer(data);
  };
  end.postMessage("ready", []);
}
