/** A kind of file that Google Photos takes (fact sheet §6). */
export interface Format {
  readonly kind: "photo" | "raw" | "video";
  /** MIME type. */
  readonly type: string;
  /** Extensions that are right for it; the first is given to a file whose own extension is wrong. */
  readonly extensions: readonly [string, ...string[]];
}

const of =
  (kind: Format["kind"], family: "image" | "video") =>
  (type: string, ...extensions: [string, ...string[]]): Format => ({
    kind,
    type: `${family}/${type}`,
    extensions,
  });

const photo = of("photo", "image");
const raw = of("raw", "image");
const video = of("video", "video");

export const FORMATS = {
  avif: photo("avif", "avif"),
  bmp: photo("bmp", "bmp"),
  gif: photo("gif", "gif"),
  heic: photo("heic", "heic", "heif"),
  heif: photo("heif", "heif", "heic"),
  ico: photo("x-icon", "ico"),
  jpeg: photo("jpeg", "jpg", "jpeg"),
  png: photo("png", "png"),
  tiff: photo("tiff", "tiff", "tif"),
  webp: photo("webp", "webp"),

  arw: raw("x-sony-arw", "arw", "sr2", "srf"),
  cr2: raw("x-canon-cr2", "cr2"),
  cr3: raw("x-canon-cr3", "cr3"),
  crw: raw("x-canon-crw", "crw"),
  dng: raw("x-adobe-dng", "dng"),
  nef: raw("x-nikon-nef", "nef", "nrw"),
  orf: raw("x-olympus-orf", "orf"),
  pef: raw("x-pentax-pef", "pef"),
  raf: raw("x-fuji-raf", "raf"),
  rw2: raw("x-panasonic-rw2", "rw2", "raw"),
  srw: raw("x-samsung-srw", "srw"),

  "3g2": video("3gpp2", "3g2"),
  "3gp": video("3gpp", "3gp"),
  asf: video("x-ms-asf", "asf", "wmv"),
  avi: video("x-msvideo", "avi", "divx"),
  m4v: video("x-m4v", "m4v", "mp4"),
  mkv: video("x-matroska", "mkv"),
  mov: video("quicktime", "mov"),
  mp4: video("mp4", "mp4", "m4v"),
  mpg: video("mpeg", "mpg", "mpeg", "mod", "mmv"),
  mts: video("mp2t", "mts", "m2ts", "m2t", "tod", "mmv"),
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

/** What a file is by its content: a format that Google Photos takes, or why it takes none of it. */
export type Recognised = { readonly format: FormatName } | { readonly skip: "type" | "not-an-image" };

/** The extension a file is sent under: its own where it is right for what it holds, else the format's first. */
export function rightExtension(format: FormatName, own: string): string {
  const { extensions }: Format = FORMATS[format];
  return extensions.includes(own) ? own : extensions[0];
}
