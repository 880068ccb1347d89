import type { Bytes } from "../content/bytes";
import type { FormatName } from "../content/formats";
import { saveStorage, type Saving } from "./save-storage";

/** What the page asks of the worker: one picture at a time. The bytes go over and are not copied, as those of the answer. */
export interface SaveRequest {
  readonly format: FormatName;
  readonly bytes: Bytes;
  readonly mostDecoded: number;
}

/** A worker's own half of the channel; the page's types describe a window. */
export interface WorkerEnd {
  onmessage: ((event: MessageEvent<SaveRequest>) => void) | null;
  /** The first word is that the worker is ready. */
  postMessage(answer: Saving | "ready", transfer: Transferable[]): void;
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
