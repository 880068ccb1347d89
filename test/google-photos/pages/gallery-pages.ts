import type { HeldAlbum, HeldItem } from "../library/store";
import type { Service } from "../service";
import { escapeHtml, layout } from "./layout";

const dateFormat = new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" });
const timeFormat = new Intl.DateTimeFormat("en", { dateStyle: "long", timeStyle: "medium", timeZone: "UTC" });

const link = (href: string, words: string): string =>
  `<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`;

const navigation = (): string =>
  `<nav aria-label="Library"><a href="/gallery">Photos</a><a href="/gallery/albums">Albums</a><a href="/gallery/bin">Trash</a></nav>`;

/** Whether a browser can show the original, or the emulator can make something smaller that it can. */
const isShown = ({ media }: HeldItem): boolean =>
  media.kind === "photo" && media.mimeType !== "image/heif" && !/^image\/x-(?!icon)/.test(media.mimeType);

/** What stands in for a picture that cannot be shown: its type. */
const kindOf = ({ media }: HeldItem): string =>
  escapeHtml(media.mimeType.replace(/^.*\/(x-)?/, "").toUpperCase());

/** An item as a small picture that leads to its own page. */
function tile(item: HeldItem, inAlbum?: string): string {
  const query = inAlbum === undefined ? "" : `?album=${encodeURIComponent(inAlbum)}`;
  const name = escapeHtml(item.filename);
  const picture = isShown(item)
    ? `<img loading="lazy" src="/gallery/image/${item.id}?w=320" alt="${name}">`
    : `<span class="none">${kindOf(item)}</span>`;
  return `<a class="tile" href="/gallery/photo/${item.id}${query}" title="${name}">${picture}<span>${name}</span></a>`;
}

const grid = (items: readonly HeldItem[], inAlbum?: string): string =>
  `<div class="grid">${items.map((item) => tile(item, inAlbum)).join("")}</div>`;

function byDay(items: readonly HeldItem[]): string {
  const days = new Map<string, HeldItem[]>();
  for (const item of items) {
    const day = dateFormat.format(item.creationTime);
    days.set(day, [...(days.get(day) ?? []), item]);
  }
  return [...days].map(([day, found]) => `<section><h2>${day}</h2>${grid(found)}</section>`).join("");
}

const counted = (count: number): string => `${count} ${count === 1 ? "item" : "items"}`;

/** All items by date, newest first, a page at a time. */
export function photosPage(items: readonly HeldItem[], from: number, size: number): string {
  const shown = items.slice(from, from + size);
  const older = from + size < items.length ? link(`/gallery?from=${from + size}`, "Older") : "";
  const newer = from > 0 ? link(`/gallery?from=${Math.max(0, from - size)}`, "Newer") : "";
  const body =
    shown.length === 0
      ? `<p class="quiet">Nothing is here yet. What an app backs up appears here, newest first.</p>`
      : byDay(shown);
  return layout(
    "Photos – emulated Google Photos",
    "wide",
    `${navigation()}<h1>Photos</h1><p class="quiet">${counted(items.length)}</p>${body}<nav aria-label="Pages">${newer}${older}</nav>`,
  );
}

export function binPage(items: readonly HeldItem[]): string {
  const body = items.length === 0 ? `<p class="quiet">The trash is empty.</p>` : grid(items);
  return layout("Trash – emulated Google Photos", "wide", `${navigation()}<h1>Trash</h1>${body}`);
}

/** The items of an album that can be looked at, in its order. */
export const albumItems = (service: Service, album: HeldAlbum): HeldItem[] =>
  album.order.flatMap((entry) => {
    const item = "item" in entry ? service.library.store.items.get(entry.item) : undefined;
    return item?.binnedAt === null ? [item] : [];
  });

export function albumsPage(service: Service, albums: readonly HeldAlbum[]): string {
  const tiles = albums.map((album) => {
    const items = albumItems(service, album);
    const cover = items.find(({ id }) => id === album.cover) ?? items[0];
    const picture =
      cover !== undefined && isShown(cover)
        ? `<img loading="lazy" src="/gallery/image/${cover.id}?w=320" alt="">`
        : `<span class="none">${cover === undefined ? "No photo" : kindOf(cover)}</span>`;
    const title = escapeHtml(album.title);
    return `<a class="tile" href="/gallery/album/${album.id}">${picture}<span>${title}</span><span class="quiet">${counted(items.length)}</span></a>`;
  });
  const body =
    tiles.length === 0
      ? `<p class="quiet">There are no albums.</p>`
      : `<div class="grid">${tiles.join("")}</div>`;
  return layout("Albums – emulated Google Photos", "wide", `${navigation()}<h1>Albums</h1>${body}`);
}

export function albumPage(service: Service, album: HeldAlbum): string {
  const items = albumItems(service, album);
  const title = escapeHtml(album.title);
  return layout(
    `${album.title} – emulated Google Photos`,
    "wide",
    `${navigation()}<h1>${title}</h1><p class="quiet">${counted(items.length)}</p>${grid(items, album.id)}`,
  );
}

const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** One item, large, with what the library knows of it and what a person can do with it. */
export function itemPage(service: Service, item: HeldItem, from: HeldAlbum | undefined): string {
  const { media } = item;
  const albums = [...item.albums].flatMap((id) => {
    const album = service.library.store.albums.get(id);
    return album === undefined ? [] : [link(`/gallery/album/${album.id}`, album.title)];
  });
  const facts: [string, string][] = [
    ["Name", escapeHtml(item.filename)],
    ["Date", `${timeFormat.format(item.creationTime)} UTC${media.captured === null ? " (uploaded)" : ""}`],
    ["Type", escapeHtml(media.mimeType)],
    ["Size", `${media.width} × ${media.height} pixels, ${sizeOf(item.size)}`],
    ["Description", escapeHtml(item.description)],
    ["Albums", albums.join(", ")],
    [
      "Camera",
      escapeHtml([media.camera.cameraMake, media.camera.cameraModel].filter((word) => word).join(" ")),
    ],
    ["Account", escapeHtml(item.account)],
    ["Made by", escapeHtml(item.client ?? "the user, from elsewhere")],
  ];
  const list = facts
    .filter(([, fact]) => fact !== "")
    .map(([name, fact]) => `<dt>${name}</dt><dd>${fact}</dd>`);
  const binned = item.binnedAt !== null;
  const buttons = binned
    ? `<button name="action" value="restore" class="main">Restore</button><button name="action" value="delete">Delete permanently</button>`
    : `<button name="action" value="bin">Move to trash</button>`;
  const image = `<img class="picture" src="/gallery/image/${item.id}?w=1600" alt="${escapeHtml(item.filename)}">`;
  const video = `<video class="picture" controls src="/gallery/image/${item.id}"></video>`;
  const unshown = `<p class="warning" role="note">${kindOf(item)} cannot be shown here. The original can be downloaded.</p>`;
  const picture = isShown(item) ? image : media.kind === "video" ? video : unshown;
  const back =
    from === undefined ? "" : `<p>${link(`/gallery/album/${from.id}`, `Back to ${from.title}`)}</p>`;
  return layout(
    `${item.filename} – emulated Google Photos`,
    "wide",
    `${navigation()}${back}<h1>${escapeHtml(item.filename)}</h1>
${binned ? `<p class="warning" role="note">This item is in the trash.</p>` : ""}
${picture}<dl>${list.join("")}</dl>
<form method="post" class="buttons">${link(`/gallery/image/${item.id}?download=1`, "Download")} ${buttons}</form>`,
  );
}

export const missingPage = (): string =>
  layout(
    "Not found – emulated Google Photos",
    "wide",
    `${navigation()}<h1>Not found</h1><p>There is no such photo or album, or it was deleted.</p>`,
  );
