import type { PhotoLibrary } from "../../src/model";

/** The library as one life of a device has it: what is still asked when that ends is never answered. */
export function livingLibrary(
  library: PhotoLibrary,
  alive: <A>(work: Promise<A>) => Promise<A>,
): PhotoLibrary {
  return {
    account: (signal) => alive(library.account(signal)),
    upload: (bytes, type, options) => alive(library.upload(bytes, type, options)),
    create: (items, options) => alive(library.create(items, options)),
    list: (options) => alive(library.list(options)),
    get: (ids, signal) => alive(library.get(ids, signal)),
    createAlbum: (title, signal) => alive(library.createAlbum(title, signal)),
    album: (id, signal) => alive(library.album(id, signal)),
    albums: (options) => alive(library.albums(options)),
    addToAlbum: (album, ids, signal) => alive(library.addToAlbum(album, ids, signal)),
    removeFromAlbum: (album, ids, signal) => alive(library.removeFromAlbum(album, ids, signal)),
    download: (id, signal) => alive(library.download(id, signal)),
  };
}
