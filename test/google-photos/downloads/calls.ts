import type { Call, Request } from "../call";
import { withoutLocation } from "../media/location";
import { bearerOf } from "../sign-in/bearer";
import { html, type Reply } from "../wire/reply";
import { readBaseUrl } from "./base-url";
import { recompress, resize, type Fit } from "./resize";
import { serveBytes } from "./serve-bytes";

const refused = (status: number, words: string): Reply =>
  html(
    `<!DOCTYPE html><html lang=en><title>Error ${status}</title><p><b>${status}.</b> ${words}</html>`,
    status,
  );

/** The words after `=`, parted by `-`: `d`, `dv`, `w100`, `h100`, `c`, `no` (fact sheet §5). */
function readSuffix(suffix: string): { download: boolean; video: boolean; fit: Fit } | undefined {
  const words = suffix.split("-");
  if (!words.every((word) => /^(?:d|dv|c|no|[whs]\d{1,5})$/.test(word))) return undefined;
  const pixels = (letter: string): number | undefined => {
    const word = words.find((each) => each.startsWith(letter) && each.length > 1 && each !== "dv");
    return word === undefined ? undefined : Number(word.slice(1));
  };
  const [width, height] = [pixels("w") ?? pixels("s"), pixels("h") ?? pixels("s")];
  const fit = {
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    crop: words.includes("c") && width !== undefined && height !== undefined,
  };
  return { download: words.includes("d"), video: words.includes("dv"), fit };
}

async function download({ service, incoming, params }: Request): Promise<Reply> {
  const address = readBaseUrl(service, params["token"] ?? "");
  if (address === undefined) return refused(404, "The requested URL was not found on this server.");
  const bearer = bearerOf(service, incoming);
  const item = service.library.store.items.get(address.id);
  if (address.expired) return refused(403, "Your client does not have permission to get this URL.");
  if (service.switches.downloadNeedsBearer && bearer === undefined)
    return refused(403, "A sign-in is needed.");
  if (item === undefined) return refused(404, "The requested URL was not found on this server.");
  const spent = service.quotas.download(item.client ?? "");
  if (spent !== undefined) throw spent;
  const suffix = params["suffix"] ?? (service.switches.baseUrlSuffix === "optional" ? "d" : "");
  const wish = readSuffix(suffix);
  if (wish === undefined) return refused(400, "A size or a download parameter must follow the baseUrl.");
  const original = service.bytes.get(item.sha256);
  const { kind, mimeType } = item.media;
  if (kind === "video") {
    if (wish.video || wish.download) return serveBytes(incoming, original, mimeType, item.filename);
    return refused(404, "The emulator makes no still frames of videos.");
  }
  if (wish.video) return refused(404, "This is no video.");
  if (wish.download) {
    const stripped = service.switches.gpsInDownloads ? original : withoutLocation(original, mimeType);
    const bytes = service.switches.recompressed ? await recompress(stripped, mimeType) : stripped;
    return serveBytes(incoming, bytes, mimeType, item.filename);
  }
  const small = await resize(original, wish.fit);
  return serveBytes(incoming, small?.bytes ?? original, small?.mimeType ?? mimeType);
}

/** What a baseUrl leads to; `HEAD` and `Range` work. */
export const downloadCalls: readonly Call[] = [
  {
    name: "download",
    kind: "download",
    verb: "GET",
    path: /^\/lr\/(?<token>AFBm1_[^/=]+)(?:=(?<suffix>.*))?$/,
    refuses: "envelope",
    answer: download,
  },
];
