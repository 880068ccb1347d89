import type { FaultRates } from "../google-photos/faults";
import type { LinkShape } from "./shaped-link";
import { Stage } from "./stage";
import { cleanVault, type MadeVault } from "./vaults";

export interface UploadRun {
  readonly link?: LinkShape;
  /** A create takes so many milliseconds longer. */
  readonly slowCreates?: number;
  readonly faults?: FaultRates;
}

/** What came of backing up a whole vault. */
export interface UploadOutcome {
  /** From the person's click until the last image is safe, in seconds. */
  readonly seconds: number;
  /** Its seconds over those that the bytes of the images alone need on the link; absent where the link is no limit. */
  readonly overBound: number | undefined;
  readonly requests: number;
  readonly requestsAnImage: number;
  /** All bytes of all requests over the bytes of the images. */
  readonly bytesOver: number;
  /** Most times that one file was read. */
  readonly mostReads: number;
  readonly wrong: readonly string[];
}

/** Backs up a vault from sign-in to the last image, through the whole product. */
export async function runUpload(vault: MadeVault, run: UploadRun): Promise<UploadOutcome> {
  cleanVault(vault);
  const stage = await Stage.open({ vault: vault.folder, ...(run.link ? { link: run.link } : {}) });
  try {
    const { google, host } = stage;
    await stage.signIn();
    if (run.slowCreates !== undefined)
      google.faults.script({ on: "create", do: "delay", ms: run.slowCreates, times: "always" });
    if (run.faults !== undefined) google.faults.rates(run.faults, 7, { retryAfter: 3 });
    const began = await stage.begin();
    const { status, at } = await stage.settle();
    const seconds = (at - began) / 1000;
    const { requests } = host.log;
    const sent = requests.reduce((sum, request) => sum + request.sent, 0);
    const reads = new Map<string, number>();
    for (const { path, by } of host.log.reads) {
      if (by === "plugin" && /\.(?:png|jpg)$/.test(path)) reads.set(path, (reads.get(path) ?? 0) + 1);
    }
    const items = google.library.items().length;
    const wrong = [
      ...(status.backedUp === vault.images ? [] : [`${status.backedUp} of ${vault.images} are backed up`]),
      ...(items === vault.images ? [] : [`${items} items were made of ${vault.images} images`]),
    ];
    const bound = run.link && vault.bytes / run.link.upload;
    return {
      seconds,
      overBound: bound === undefined || bound === 0 ? undefined : seconds / bound,
      requests: requests.length,
      requestsAnImage: requests.length / vault.images,
      bytesOver: sent / vault.bytes,
      mostReads: Math.max(0, ...reads.values()),
      wrong,
    };
  } finally {
    await stage.close();
  }
}
