/** A path inside the vault, with `/` between folders, as Obsidian gives it. */
export type VaultPath = string;

/** What tells, without reading a file, whether it is still the same. Times are milliseconds since 1970. */
export interface FileStamp {
  readonly size: number;
  readonly mtime: number;
}

/** One image file of the vault, as a listing tells of it. Nothing of it has been read. */
export interface VaultImage extends FileStamp {
  readonly path: VaultPath;
  readonly ctime: number;
}

/** What a file is by its extension. The content decides later what is sent. */
export type ImageKind = "picture" | "vector" | "raw" | "video";

const KINDS: Readonly<Record<ImageKind, string>> = {
  picture: "avif bmp gif heic heif jpeg jpg png tif tiff webp",
  vector: "svg",
  raw: "arw cr2 cr3 crw dng nef nrw orf pef raf raw rw2 sr2 srf srw",
  // Google's list (fact sheet §6) and WebM, which Obsidian plays and Google does not take: it is skipped with a reason.
  video: "3g2 3gp asf avi divx m2t m2ts m4v mkv mmv mod mov mp4 mpg mpeg mts tod wmv webm",
};

/** Made when it is first asked for: at load nobody does. */
let kindOfExtension: ReadonlyMap<string, ImageKind> | undefined;

/** The extension of a path in lower case, without the dot; empty where there is none. */
export function extensionOf(path: VaultPath): string {
  const dot = path.lastIndexOf(".");
  return dot > path.lastIndexOf("/") + 1 ? path.slice(dot + 1).toLowerCase() : "";
}

/** The last part of a path. */
export function nameOf(path: VaultPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The name without its extension. */
export function stemOf(path: VaultPath): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot <= 0 ? name : name.slice(0, dot);
}

/** The folder a path lies in; empty for the vault's root. */
export function folderOf(path: VaultPath): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

/** Whether a path is, as written, none in the vault: a note or a foreign line of a journal may name any. */
export function leadsOut(path: VaultPath): boolean {
  return path.split(/[\\/]/).includes("..");
}

/** What kind of image a path names, or `undefined` where it is no image in our sense. */
export function imageKind(path: VaultPath): ImageKind | undefined {
  return kindOf(extensionOf(path));
}

function kindOf(extension: string): ImageKind | undefined {
  kindOfExtension ??= new Map(
    (Object.keys(KINDS) as ImageKind[]).flatMap((kind) =>
      KINDS[kind].split(" ").map((one) => [one, kind] as const),
    ),
  );
  return kindOfExtension.get(extension.toLowerCase());
}

/** Whether files of an extension, however it is written, are images in our sense. */
export function isImageExtension(extension: string): boolean {
  return kindOf(extension) !== undefined;
}

/** Whether nothing tells that the file has changed. */
export function sameStamp(one: FileStamp, other: FileStamp): boolean {
  return one.size === other.size && one.mtime === other.mtime;
}
