import type { AccountKey, AlbumId, Fingerprint, MediaItemId, UploadToken } from "./identity";
import type { FileStamp, VaultImage, VaultPath } from "./image";
import type { Recipe, RecipeKey } from "./recipe";
import type { SkipReason } from "./reasons";
import type { BackupSettings } from "./settings";

/** Time, as the engine sees it. */
export interface Clock {
  /** Milliseconds since 1970: for what is written down and shown. It may jump. */
  now(): number;
  /** Milliseconds since some moment, never going back: for everything that waits. */
  elapsed(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Long work asks for this between its parts: nothing where it may go on, else when it may. */
  breath(): Promise<void> | undefined;
}

/** Chance, as the engine sees it. */
export interface Random {
  /** A number from 0 up to but not including 1. */
  next(): number;
}

/** Bytes that can be had in pieces: in memory for an image, on disk for a long video. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `start` up to but not including `end`. */
  slice(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** What happened to an image file. A `renamed` one keeps its bytes. */
export type VaultChange =
  | { readonly type: "created"; readonly image: VaultImage }
  | { readonly type: "changed"; readonly image: VaultImage }
  | { readonly type: "renamed"; readonly from: VaultPath; readonly image: VaultImage }
  | { readonly type: "deleted"; readonly path: VaultPath };

/** The vault as backup needs it. Only `vault/` knows Obsidian's. */
export interface Vault {
  /** Named after the vault; also the title of its album. */
  readonly name: string;
  /** Every file with an image's extension, videos included, as it is when its turn comes. Cheap: nothing is read. */
  images(): Iterable<VaultImage>;
  /** Size and time of a file as they are on disk now; `undefined` where it is gone. */
  stamp(path: VaultPath): Promise<FileStamp | undefined>;
  /** Opens a file for reading. Rejects where it cannot be read. */
  open(path: VaultPath): Promise<ByteSource>;
  /**
   * Writes a new file, with the folders it lies in; never over one that is there. The only thing that writes. Answers
   * whether it did.
   */
  create(path: VaultPath, bytes: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** Tells of changes from now on; the answer ends it. */
  watch(tell: (change: VaultChange) => void): () => void;
}

/** Which note shows which image; canvases count as notes. Only `vault/` knows links. */
export interface NoteImages {
  /** All notes and canvases of the vault. */
  notes(): readonly VaultPath[];
  /** Images that a note embeds or links to, each once, in no order that means anything. */
  imagesOf(note: VaultPath): readonly VaultPath[];
  /** Images that a note asks for and the vault has no file of, as its links name them. */
  lostOf(note: VaultPath): readonly VaultPath[];
  /** Makes ready, a note at a step, what `notesShowing` would else make ready all at once. */
  gather(): Iterable<void>;
  /** Notes that show an image, or ask for it in vain. */
  notesShowing(image: VaultPath): readonly VaultPath[];
  /** Tells when any of this has changed, many changes at a time; the answer ends it. */
  watch(tell: () => void): () => void;
}

/** A copy that is ready to be sent. */
export interface PreparedImage {
  readonly source: ByteSource;
  /** MIME type by content. */
  readonly type: string;
  /** Extension that goes with the type, without the dot. */
  readonly extension: string;
  /** SHA-256 of the bytes to be sent, 64 lower-case hex digits. */
  readonly hash: string;
  /** The capture date that was written in, `2024-08-18T09:17:44+02:00`; absent where none was. */
  readonly captured?: string;
  /** It has over 100 million pixels: Google's own apps have refused such photos. */
  readonly huge?: true | undefined;
}

/** Bytes in, bytes out. Only `picture/` knows formats. */
export interface Pictures {
  fingerprint(source: ByteSource, signal: AbortSignal): Promise<Fingerprint>;
  /** Makes the copy that is sent, or says why there is none. Never throws for bad bytes. */
  prepare(
    image: VaultImage,
    source: ByteSource,
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<{ readonly ready: PreparedImage } | { readonly skip: SkipReason }>;
  /**
   * Says what bytes are that came from elsewhere; `undefined` where they are no whole picture. Never throws for bad bytes.
   *
   * @param extension  of the name they had, where it is known: it tells a camera's raw file from the small TIFF inside
   */
  examine(
    bytes: Uint8Array<ArrayBuffer>,
    signal: AbortSignal,
    extension?: string,
  ): Promise<ExaminedPicture | undefined>;
}

/** A picture that Google, or an export of it, has handed back. */
export interface ExaminedPicture {
  readonly fingerprint: Fingerprint;
  /** The bytes without the date that was written in for sending; the same ones where there is none. */
  readonly undated: { readonly bytes: Uint8Array<ArrayBuffer>; readonly fingerprint: Fingerprint };
  /** As they are stored, before any turning; absent where the header does not tell. */
  readonly size?: { readonly width: number; readonly height: number };
}

/** Whose account it is. */
export interface Account {
  readonly key: AccountKey;
  /** Empty where the person did not share it. */
  readonly email: string;
}

export interface NewMediaItem {
  readonly token: UploadToken;
  /** At most 255 characters (fact sheet §4.1). */
  readonly name: string;
  /** Words a person wrote; at most 999 characters. */
  readonly description?: string | undefined;
}

/** An item as Google lists it. */
export interface ListedItem {
  readonly id: MediaItemId;
  readonly name: string;
  readonly url: string;
  /** MIME type. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** What became of one new item; `again` asks for another try with the same token. */
export type CreateResult =
  | { readonly is: "created"; readonly item: ListedItem }
  | { readonly is: "not-an-image" }
  | { readonly is: "again" }
  | { readonly is: "refused" };

export interface Album {
  readonly id: AlbumId;
  readonly title: string;
  /** How many items it holds, by Google's count. */
  readonly count: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Absent on the last page. A page may be short or empty and still not be the last (fact sheet §4.2). */
  readonly next?: string | undefined;
}

/** Google answers for at most this many ids in one call (fact sheet §4.2). */
export const MOST_IDS = 50;

/**
 * The photo library of the account that is signed in. Every method rejects with a `PhotosError`, or with its signal's
 * reason where the caller gave up. Any of them may end in `signed-out`, `refused`, `quota-minute`, `quota-day`,
 * `offline`, `transient` or `permanent`; what a method adds is said with it. Each costs one of a day's 10,000 requests (fact
 * sheet §7.1), but for uploads in chunks and downloads.
 */
export interface PhotoLibrary {
  /** The account that is signed in; throws `signed-out` where there is none. */
  account(signal: AbortSignal): Promise<Account>;
  /**
   * Sends bytes and answers the token that stands for them, good for a day (§3.3). Several may go at a time (§4.1).
   *
   * @param source  at most 200 MB for a photo, 20 GB for a video (§6)
   * @param type    MIME type by content
   * @param options.onSent  told how many bytes Google holds by now; less than before where it starts anew. A long upload
   *                        goes on once its promise resolves, and ends with what it throws
   * @throws PhotosError  `bad-item` for bytes it does not take at all
   */
  upload(
    source: ByteSource,
    type: string,
    options: { readonly signal: AbortSignal; readonly onSent?: (bytes: number) => unknown },
  ): Promise<UploadToken>;
  /**
   * Makes items; the results stand in the order of the items. Never two calls at a time for an account (§4.1).
   *
   * @param items  at most 50
   * @param options.album  one that this client made
   * @throws PhotosError  `outcome-unknown` where they may have been made; `bad-token`, `bad-album`, `storage-full` and
   *   `concurrent` where none was
   */
  create(
    items: readonly NewMediaItem[],
    options: { readonly album?: AlbumId | undefined; readonly signal: AbortSignal },
  ): Promise<readonly CreateResult[]>;
  /** Items that this client made, of one album or all, 100 a page (§4.2). Throws `bad-album` where the album is gone. */
  list(options: {
    readonly album?: AlbumId | undefined;
    readonly page?: string | undefined;
    readonly signal: AbortSignal;
  }): Promise<Page<ListedItem>>;
  /** Of at most `MOST_IDS` ids, none twice, the items that are there: of any other, Google says that this client has none (§4.2). */
  get(ids: readonly MediaItemId[], signal: AbortSignal): Promise<ReadonlyMap<MediaItemId, ListedItem>>;
  /** Titles have at most 500 characters, and are not unique (§4.3). Throws `outcome-unknown` where it may have been made. */
  createAlbum(title: string, signal: AbortSignal): Promise<Album>;
  /** The album, or `undefined` where it is gone. */
  album(id: AlbumId, signal: AbortSignal): Promise<Album | undefined>;
  /** Albums that this client made, 50 a page (§4.3). */
  albums(options: { readonly page?: string | undefined; readonly signal: AbortSignal }): Promise<Page<Album>>;
  /**
   * Puts items that this client made at the album's end, all or none (§4.3).
   *
   * @param ids  at most 50
   * @throws PhotosError  `bad-album`, `bad-item` where one of them is gone or not ours
   */
  addToAlbum(album: AlbumId, ids: readonly MediaItemId[], signal: AbortSignal): Promise<void>;
  /** Takes items out of an album, all or none; at most 50 ids (§4.3). Throws as `addToAlbum` does. */
  removeFromAlbum(album: AlbumId, ids: readonly MediaItemId[], signal: AbortSignal): Promise<void>;
  /**
   * An item with Google's own copy, whole in memory: without location, not always the bytes that were sent (§5). Costs a
   * request, and one of a day's 75,000 for bytes (§7.1).
   *
   * @throws PhotosError  `bad-item` where the item is gone
   */
  download(
    id: MediaItemId,
    signal: AbortSignal,
  ): Promise<{ readonly item: ListedItem; readonly bytes: Uint8Array<ArrayBuffer> }>;
}

/** A file that may be a journal, with its size in bytes. */
export interface JournalFile extends FileStamp {
  readonly name: string;
}

/** Journal files by name. A file is only ever appended to. */
export interface JournalStore {
  /** All files that may be journals, ours and other devices'. */
  list(): Promise<readonly JournalFile[]>;
  read(name: string): Promise<string>;
  /** Appends text, making the file where it is not; when it resolves the text is on disk. */
  append(name: string, text: string): Promise<void>;
}

/** Where rests what a device has made for itself, change by change. Losing it costs making it again, nothing else. */
export interface SegmentLog {
  /** All that was written down, the oldest first, by whichever version. */
  load(): Promise<readonly unknown[]>;
  /**
   * Writes a segment down.
   *
   * @param isWhole  it takes the place of all that this window has read or written
   * @returns        `true` when it is on disk, `false` where it is not kept
   */
  write(segment: object, isWhole: boolean): Promise<boolean>;
}

/** An upload token with what it stands for. */
export interface KeptToken {
  /** Whose upload it was: another account cannot use the token. */
  readonly account: AccountKey;
  readonly fingerprint: Fingerprint;
  readonly recipe: RecipeKey;
  readonly token: UploadToken;
  /** When Google gave it, milliseconds since 1970. */
  readonly at: number;
  /** SHA-256 of the sent bytes. */
  readonly hash: string;
  /** The name it is to be created under. */
  readonly name: string;
  /** The capture date that was written in, if any. */
  readonly captured?: string | undefined;
  readonly bytes: number;
  readonly huge?: true | undefined;
}

/** Small facts that belong to this device and this vault. Losing them costs a look. */
export interface DeviceMemory {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
}

/** The settings as backup sees them; `main.ts` keeps them in `data.json`. */
export interface SettingsPort {
  read(): BackupSettings;
  /** Reads anew what others may have written. Never rejects. */
  reload(): Promise<void>;
  /** Keeps the id of an album we made or found: what it is for is `""` for the vault's own. `undefined` forgets it. */
  rememberAlbum(account: AccountKey, purpose: string, id: AlbumId | undefined): Promise<void>;
  /**
   * Keeps that items of the vault may lie in none of its albums, so that every device looks for them there once.
   *
   * @param at  when they came there last, in milliseconds since 1970
   */
  rememberOutside(account: AccountKey, at: number): Promise<void>;
  /** Tells after every change; the answer ends it. */
  watch(tell: () => void): () => void;
}

/** What the device tells of itself; `undefined` where it cannot tell. */
export interface Conditions {
  readonly online: boolean;
  readonly wifi: boolean | undefined;
  readonly charging: boolean | undefined;
  readonly background: boolean;
}

export interface ConditionsPort {
  read(): Conditions;
  /** Tells of every change; the answer ends it. */
  watch(tell: () => void): () => void;
}

/** One engine per vault: whoever holds the lock works. */
export interface WindowLock {
  /** Runs `work` while the lock is held; waits for it as long as another window has it. */
  hold(signal: AbortSignal, work: () => Promise<void>, waiting: () => void): Promise<void>;
}
