import { saveStorage } from "./saver/save-storage";
import type { SaveAnswer, SaveRequest, WorkerReady } from "./saver/worker-protocol";

/*
 * The program of the worker that decodes and encodes pictures. The build bundles it by itself and puts its text into the
 * plugin (see worker-source.ts). It never cancels: whoever started it ends it.
 */

const never = new AbortController().signal;

/** A worker's own half of the channel; the page's types describe a window. */
interface WorkerEnd {
  onmessage: ((event: MessageEvent<SaveRequest>) => void) | null;
  postMessage(answer: SaveAnswer | WorkerReady, transfer: Transferable[]): void;
}

const end = self as unknown as WorkerEnd;

end.onmessage = ({ data: { format, bytes, mostDecoded } }) => {
  void answer(format, bytes, mostDecoded);
};

end.postMessage("ready", []);

async function answer(
  format: SaveRequest["format"],
  bytes: SaveRequest["bytes"],
  mostDecoded: number,
): Promise<void> {
  const saving = await saveStorage(format, bytes, mostDecoded, never).catch(
    // Memory is the one thing that runs out here without a word; the picture then goes as it is.
    () => ({ left: "cannot-decode" }) as const,
  );
  if ("saved" in saving) end.postMessage(saving, [saving.saved.bytes.buffer]);
  else end.postMessage({ ...saving, bytes }, [bytes.buffer]);
}
