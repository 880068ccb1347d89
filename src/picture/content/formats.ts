/** A kind of file that Google Photos takes (fact sheet §6). */
export interface Format {
  readonly kind: "photo" | "raw" | "video";
  /** MIME type. */
  readonly type: string;
  /** Extensions that are right for it; the first is given to a file whose own extension is wrong. */
  readonly extensions: readonly [string, ...string[]];
}

const photo = (type: string, ...extensions: [string, ...string[]]): Format => ({
  kind: "photo",
  type,
  extensions,
});
const raw = (type: string, ...extensions: [string, ...string[]]): Format => ({
  kind: "raw",
  type,
  extensions,
});
const video = (type: string, ...extensions: [string, ...string[]]): Format => ({
  kind: "video",
  type,
  extensions,
});

export const FORMATS = {
  avif: photo("image/avif", "avif"),
  bmp: photo("image/bmp", "bmp"),
  gif: photo("image/gif", "gif"),
  heic: photo("image/heic", "heic", "heif"),
  heif: photo("image/heif", "heif", "heic"),
  ico: photo("image/x-icon", "ico"),
  jpeg: photo("image/jpeg", "jpg", "jpeg"),
  png: photo("image/png", "png"),
  tiff: photo("image/tiff", "tiff", "tif"),
  webp: photo("image/webp", "webp"),

  arw: raw("image/x-sony-arw", "arw", "sr2", "srf"),
  cr2: raw("image/x-canon-cr2", "cr2"),
  cr3: raw("image/x-canon-cr3", "cr3"),
  crw: raw("image/x-canon-crw", "crw"),
  dng: raw("image/x-adobe-dng", "dng"),
  nef: raw("image/x-nikon-nef", "nef", "nrw"),
  orf: raw("image/x-olympus-orf", "orf"),
  pef: raw("image/x-pentax-pef", "pef"),
  raf: raw("image/x-fuji-raf", "raf"),
  rw2: raw("image/x-panasonic-rw2", "rw2", "raw"),
  srw: raw("image/x-samsung-srw", "srw"),

  "3g2": video("video/3gpp2", "3g2"),
  "3gp": video("video/3gpp", "3gp"),
  asf: video("video/x-ms-asf", "asf", "wmv"),
  avi: video("video/x-msvideo", "avi", "divx"),
  m4v: video("video/x-m4v", "m4v", "mp4"),
  mkv: video("video/x-matroska", "mkv"),
  mov: video("video/quicktime", "mov"),
  mp4: video("video/mp4", "mp4", "m4v"),
  mpg: video("video/mpeg", "mpg", "mpeg", "mod", "mmv"),
  mts: video("video/mp2t", "mts", "m2ts", "m2t", "tod", "mmv"),
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** What a file is by its content: a format that Google Photos takes, or why it takes none of it. */
export type Recognised = { readonly format: FormatName } | { readonly skip: "type" | "not-an-image" };

/** The extension a file is sent under: its own where it is right for what it holds, else the format's first. */
export function rightExtension(format: FormatName, own: string): string {
  const { extensions }: Format = FORMATS[format];
  return extensions.includes(own) ? own : extensions[0];
}
