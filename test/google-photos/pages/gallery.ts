import type { Call, Request } from "../call";
import { resize } from "../downloads/resize";
import { serveBytes } from "../downloads/serve-bytes";
import type { HeldAlbum, HeldItem } from "../library/store";
import { formFields } from "../wire/incoming";
import { html, redirect, type Reply } from "../wire/reply";
import { albumPage, albumsPage, binPage, itemPage, missingPage, photosPage } from "./gallery-pages";

const pageLength = 200;
const missing = (): Reply => html(missingPage(), 404);

const itemOf = ({ service, params }: Request): HeldItem | undefined => {
  service.library.emptyBin();
  return service.library.store.items.get(params["id"] ?? "");
};

const albumOf = ({ service }: Request, id: string | null | undefined): HeldAlbum | undefined =>
  service.library.store.albums.get(id ?? "");

function showPhotos({ service, incoming }: Request): Reply {
  const from = Number(incoming.url.searchParams.get("from") ?? 0) || 0;
  const items = service.library.store.newestFirst().filter((item) => item.binnedAt === null);
  return html(photosPage(items, Math.max(0, from), pageLength));
}

function showItem(request: Request): Reply {
  const item = itemOf(request);
  const from = albumOf(request, request.incoming.url.searchParams.get("album"));
  return item === undefined ? missing() : html(itemPage(request.service, item, from));
}

async function showImage(request: Request): Promise<Reply> {
  const { service, incoming } = request;
  const item = itemOf(request);
  if (item === undefined) return missing();
  const bytes = service.bytes.get(item.sha256);
  const width = Number(incoming.url.searchParams.get("w") ?? 0) || 0;
  const name = incoming.url.searchParams.has("download") ? item.filename : undefined;
  const small =
    width > 0 && width < item.media.width ? await resize(bytes, { width, height: width }) : undefined;
  return serveBytes(incoming, small?.bytes ?? bytes, small?.mimeType ?? item.media.mimeType, name);
}

function act(request: Request): Reply {
  const { service, incoming } = request;
  const item = itemOf(request);
  const action = formFields(incoming).get("action");
  if (item === undefined) return missing();
  if (action === "bin") service.library.bin(item.id);
  else if (action === "restore") service.library.restoreFromBin(item.id);
  else if (action === "delete") {
    service.library.deleteForever(item.id);
    return redirect("/gallery/bin", 303);
  }
  return redirect(`/gallery/photo/${item.id}`, 303);
}

const page = (name: string, path: RegExp, answer: Call["answer"], verb = "GET"): Call => ({
  name: `gallery.${name}`,
  kind: "gallery",
  verb,
  path,
  refuses: "page",
  answer,
});

/** The pages a person looks at, and the product addresses that lead to them (fact sheet §5). */
export const galleryCalls: readonly Call[] = [
  page("photos", /^\/gallery\/?$/, showPhotos),
  page("photos", /^\/$/, () => redirect("/gallery")),
  page("albums", /^\/gallery\/albums$/, ({ service }) =>
    html(albumsPage(service, [...service.library.store.albums.values()])),
  ),
  page("bin", /^\/gallery\/bin$/, ({ service }) => {
    service.library.emptyBin();
    return html(binPage([...service.library.store.binned]));
  }),
  page("album", /^\/gallery\/album\/(?<id>[^/]+)$/, (request) => {
    const album = albumOf(request, request.params["id"]);
    return album === undefined ? missing() : html(albumPage(request.service, album));
  }),
  page("item", /^\/gallery\/photo\/(?<id>[^/]+)$/, showItem),
  page("act", /^\/gallery\/photo\/(?<id>[^/]+)$/, act, "POST"),
  page("image", /^\/gallery\/image\/(?<id>[^/]+)$/, showImage),
  page("product", /^\/lr\/photo\/(?<id>[^/]+)$/, ({ params }) =>
    redirect(`/gallery/photo/${params["id"] ?? ""}`),
  ),
  page("product", /^\/lr\/album\/(?<id>[^/]+)$/, ({ params }) =>
    redirect(`/gallery/album/${params["id"] ?? ""}`),
  ),
  page("product", /^\/lr\/album\/(?<album>[^/]+)\/photo\/(?<id>[^/]+)$/, ({ params }) =>
    redirect(`/gallery/photo/${params["id"] ?? ""}?album=${params["album"] ?? ""}`),
  ),
];
