import { scope } from "../sign-in/scopes";
import { badRequest, storageFull } from "../wire/refusal";
import { readMessage } from "../wire/proto-json";
import type { Upload } from "../change";
import type { FaultRule } from "../faults";
import type { HeldAlbum, HeldItem } from "../library/store";
import { sizeLimit } from "../media/limits";
import { shuffled } from "../seeded";
import { descriptionLimit } from "./media-items";
import { batchCreateRequest, type BatchCreateRequest } from "./messages";
import { Answer, type Admitted, type PhotosMethod } from "./photos-method";
import { placeOf } from "./place";
import { albumToWrite } from "./visible";
import { wireItem } from "./wire-item";

const albumLimit = 20_000;
const failure = "Failed: There was an error while trying to create this media item.";

interface Wanted {
  token: string;
  upload: Upload | undefined;
  filename: string;
  description: string;
}

interface Result {
  uploadToken: string;
  status: { code?: number; message: string };
  mediaItem?: Record<string, unknown>;
}

const failed = (uploadToken: string, code: number): Result => ({
  uploadToken,
  status: { code, message: failure },
});

/** Checks the whole call; one bad token fails all of it (§4.1). */
function readWanted({ service, bearer, faults }: Admitted, body: BatchCreateRequest): Wanted[] {
  const entries = body.newMediaItems ?? [];
  if (entries.length === 0) throw badRequest("Request must contain at least one new media item.");
  if (entries.length > service.switches.batchLimit) {
    throw badRequest(`Request must have less than ${service.switches.batchLimit} items.`);
  }
  const wanted = entries.map(({ description = "", simpleMediaItem }) => {
    const token = simpleMediaItem?.uploadToken ?? "";
    const given = simpleMediaItem?.fileName ?? "";
    const upload = service.tokens.read(token, bearer.client, bearer.account);
    if (description.length >= descriptionLimit)
      throw badRequest("Description must be shorter than 1000 characters.");
    if (given.length > 255) throw badRequest("File name must not be longer than 255 characters.");
    const day = new Date(upload?.at ?? 0).toISOString().slice(0, 10);
    const extension = upload?.media?.mimeType.replace(/^.*\/(x-)?/, "").replace("jpeg", "jpg") ?? "bin";
    const filename = given !== "" ? given : (upload?.filename ?? `${day}.${extension}`);
    return { token, upload, filename, description };
  });
  const bad = wanted.some(({ upload }) => upload === undefined) && service.switches.badToken === "fails-call";
  if (bad || faults.some((fault) => fault.do === "bad-token")) {
    throw badRequest("Request must contain a valid upload token.");
  }
  return wanted;
}

function checkStorage({ service, bearer }: Admitted, wanted: readonly Wanted[]): void {
  const { storageFull: full, storageBytes } = service.switches;
  const { store } = service.library;
  const fresh = wanted.flatMap(({ upload }) =>
    upload !== undefined && store.byBytes(bearer.account, upload.sha256) === undefined ? [upload.size] : [],
  );
  const after = store.bytesUsed(bearer.account) + fresh.reduce((sum, size) => sum + size, 0);
  if (full || (storageBytes > 0 && after > storageBytes)) throw storageFull();
}

/** The item that stands for these bytes: the one that is there, or a new one (§4.4). */
function itemFor({ service, bearer }: Admitted, wanted: Wanted, upload: Upload): HeldItem | undefined {
  const { library, journal, switches } = service;
  if (upload.media === null && switches.checkBytes) return undefined;
  const media = upload.media ?? {
    kind: "photo" as const,
    mimeType: "application/octet-stream",
    width: 0,
    height: 0,
    captured: null,
    camera: {},
  };
  if (upload.size > sizeLimit[media.kind]) return undefined;
  const there =
    switches.sameBytes === "same-item" ? library.store.byBytes(bearer.account, upload.sha256) : undefined;
  if (there !== undefined && !(there.binnedAt !== null && switches.binnedReupload === "new-item")) {
    if (there.binnedAt !== null && switches.binnedReupload === "restored") library.restoreFromBin(there.id);
    const replaces = switches.laterDescription === "replaces";
    if (
      wanted.description !== "" &&
      (replaces || (switches.laterDescription === "fills-empty" && there.description === ""))
    ) {
      journal.write({ is: "item-described", id: there.id, description: wanted.description });
    }
    return there;
  }
  const gone =
    switches.deletedReupload === "stays-deleted"
      ? library.store.goneByBytes(bearer.account, upload.sha256)
      : undefined;
  return (
    gone ??
    library.create({
      account: bearer.account,
      client: bearer.client,
      sha256: upload.sha256,
      size: upload.size,
      filename: wanted.filename,
      description: wanted.description,
      media,
    })
  );
}

/** The code with which a fault makes this item fail, and whether the item is made all the same. */
function faultOf(
  faults: readonly FaultRule[],
  index: number,
  filename: string,
): { code: number; made: boolean } | undefined {
  const struck = faults.find((fault) => {
    if (fault.do === "items-13") return true;
    if (!fault.do.startsWith("item-")) return false;
    return typeof fault.item === "string" ? filename.includes(fault.item) : index === (fault.item ?? 0);
  });
  if (struck === undefined) return undefined;
  return { code: Number(/\d+/.exec(struck.do)?.[0]), made: struck.do === "item-13-after" };
}

function createAll(call: Admitted, all: readonly Wanted[]): { results: Result[]; made: HeldItem[] } {
  const { service } = call;
  const seen = new Set<string>();
  const made: HeldItem[] = [];
  const success = service.switches.successCode === "zero" ? { code: 0 } : {};
  const results = all.map((wanted, index): Result => {
    const { token, upload } = wanted;
    const fault = faultOf(call.faults, index, wanted.filename);
    if (upload === undefined) return failed(token, 3);
    if (fault !== undefined && !fault.made) return failed(token, fault.code);
    if (seen.has(upload.sha256) && service.switches.sameBytes === "same-item") return failed(token, 6);
    seen.add(upload.sha256);
    const item = itemFor(call, wanted, upload);
    if (item === undefined) return failed(token, 3);
    service.tokens.markUsed(upload.id);
    made.push(item);
    if (fault !== undefined) return failed(token, fault.code);
    return {
      uploadToken: token,
      status: { ...success, message: service.switches.successMessage },
      mediaItem: wireItem(service, item, { baseUrl: service.switches.baseUrlOnCreate }),
    };
  });
  return { results, made };
}

export const batchCreate: PhotosMethod = {
  name: "mediaItems.batchCreate",
  kind: "create",
  verb: "POST",
  path: /^\/v1\/mediaItems:batchCreate$/,
  scopes: [scope.append],
  writes: true,
  serial: true,
  run(call) {
    const { service, bearer, incoming, faults, logged } = call;
    const body = readMessage(incoming, batchCreateRequest);
    if (body.albumPosition !== undefined && !body.albumId)
      throw badRequest("An album position needs an album ID.");
    const wanted = readWanted(call, body);
    const place = placeOf(body.albumPosition);
    const album: HeldAlbum | undefined = body.albumId
      ? albumToWrite(service, bearer, body.albumId)
      : undefined;
    if (album !== undefined && album.added.size + wanted.length > albumLimit) {
      throw badRequest(`An album holds at most ${albumLimit} media items.`);
    }
    checkStorage(call, wanted);
    const { results, made } = createAll(call, wanted);
    const present = [...new Set(made.map(({ id }) => id))].filter((id) =>
      service.library.store.items.has(id),
    );
    if (album !== undefined) service.library.addToAlbum(album, present, place);
    const mixed =
      service.switches.resultOrder === "shuffled" || faults.some((fault) => fault.do === "shuffle");
    const failures = results.filter(({ status }) => (status.code ?? 0) !== 0).length;
    const partial = failures > 0 && service.switches.partialStatus === "207";
    const none = failures === results.length && service.switches.allFailed === "empty";
    const shown = mixed ? shuffled(results, service.seed, logged.n) : results;
    const status = partial || faults.some((fault) => fault.do === "207") ? 207 : 200;
    return new Answer(status, none ? {} : { newMediaItemResults: shown });
  },
};
