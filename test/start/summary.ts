import type { RequestRecord } from "../obsidian-host";

/** What the plugin's own command line says of how things stand. */
export interface PluginStatus {
  readonly found: number;
  readonly backedUp: number;
  readonly skipped: number;
  readonly failed: number;
  readonly waiting: number;
  readonly removed: number;
  readonly missing: number;
  readonly skippedBy: Readonly<Record<string, number>>;
  readonly failedBy: Readonly<Record<string, number>>;
  readonly notes: { readonly total: number; readonly withImages: number; readonly safe: number };
  readonly hold: string | null;
  /** Whether the vault has been looked through: the numbers are true from then on. */
  readonly looked: boolean;
}

/** The summary of a run: the plugin's own numbers, and what went over the wire. */
export interface RunSummary extends Omit<PluginStatus, "hold" | "looked"> {
  readonly hold?: string;
  readonly requests: { readonly uploads: number; readonly creates: number; readonly other: number };
  /** Bytes of images that were sent. */
  readonly bytes: number;
  readonly seconds: number;
}

export function summarise(
  status: PluginStatus,
  requests: readonly RequestRecord[],
  seconds: number,
): RunSummary {
  const { hold, looked: _looked, ...numbers } = status;
  const photos = requests.filter(({ url }) => new URL(url).hostname === "photoslibrary.googleapis.com");
  const uploads = photos.filter(({ url }) => new URL(url).pathname === "/v1/uploads");
  const creates = photos.filter(({ url }) => new URL(url).pathname === "/v1/mediaItems:batchCreate");
  return {
    ...numbers,
    ...(hold === null ? {} : { hold }),
    requests: {
      uploads: uploads.length,
      creates: creates.length,
      other: photos.length - uploads.length - creates.length,
    },
    bytes: uploads.reduce((sum, { sent }) => sum + sent, 0),
    seconds: Math.round(seconds * 10) / 10,
  };
}

/** The summary as lines for a terminal. */
export function summaryLines(summary: RunSummary): string {
  const reasons = (by: Readonly<Record<string, number>>): string => {
    const parts = Object.entries(by).map(([reason, count]) => `${reason} ${String(count)}`);
    return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
  };
  const { notes, requests } = summary;
  return [
    `found      ${String(summary.found)}`,
    `backed up  ${String(summary.backedUp)}`,
    `skipped    ${String(summary.skipped)}${reasons(summary.skippedBy)}`,
    `failed     ${String(summary.failed)}${reasons(summary.failedBy)}`,
    `waiting    ${String(summary.waiting)}${summary.hold === undefined ? "" : ` (on hold: ${summary.hold})`}`,
    `notes      ${String(notes.safe)} safe of ${String(notes.withImages)} with images, ${String(notes.total)} in all`,
    `requests   ${String(requests.uploads)} uploads, ${String(requests.creates)} creates, ${String(requests.other)} other`,
    `sent       ${(summary.bytes / 1e6).toFixed(1)} MB in ${String(summary.seconds)} s`,
  ].join("\n");
}
