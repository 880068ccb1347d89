/** A kind of file that Google Photos takes (fact sheet §6). */
export interface Format {
  /** MIME type. */
  readonly type: string;
  /** Extensions that are right for it, with blanks between; the first is given to a file whose own is wrong. */
  readonly extensions: string;
  /** How such a file begins, as a pattern over its bytes; absent where it takes a look into its tables. */
  readonly beginning: string | undefined;
}

const of =
  (family: "image" | "video") =>
  (type: string, extensions: string, beginning?: string): Format => ({
    type: `${family}/${type}`,
    extensions,
    beginning,
  });

const image = of("image");
const video = of("video");

/** A file of the MP4 family tells its chief name and, behind a version, others. */
const NAMED = ".{4}ftyp";
/** The chief name may be that of any picture of the family: the others tell more. */
const ANY_PICTURE = `${NAMED}(?:mif[12]|msf1|miaf)`;
const ANY_OTHER_NAME = ".{4}(?:.{4})*";
const picture = (name: string): string => `(?:${NAMED}|${ANY_PICTURE}${ANY_OTHER_NAME})${name}`;

/** Of two whose beginnings are alike, the one that tells more stands first. */
export const FORMATS = {
  avif: image("avif", "avif", picture("avi[fs]")),
  // Two letters alone would take in text: the second header's size is one that is known.
  bmp: image("bmp", "bmp", "BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0{3}"),
  gif: image("gif", "gif", "GIF8[79]a"),
  heic: image("heic", "heic heif", picture("he[iv][cmsx]")),
  heif: image("heif", "heif heic", ANY_PICTURE),
  ico: image("x-icon", "ico", "\0\0\x01\0[^\0]\0.{3}\0"),
  jpeg: image("jpeg", "jpg jpeg", "\xff\xd8\xff"),
  png: image("png", "png", "\x89PNG\r\n\x1a\n"),
  // The second number is that of files with places of 64 bits.
  tiff: image("tiff", "tiff tif", "II[*+]\0|MM\0[*+]"),
  webp: image("webp", "webp", "RIFF.{4}WEBP"),

  // Cameras' raw formats.
  arw: image("x-sony-arw", "arw sr2 srf"),
  cr2: image("x-canon-cr2", "cr2"),
  cr3: image("x-canon-cr3", "cr3", `${NAMED}crx `),
  crw: image("x-canon-crw", "crw", "II\x1a\0{3}HEAPCCDR"),
  dng: image("x-adobe-dng", "dng"),
  nef: image("x-nikon-nef", "nef nrw"),
  orf: image("x-olympus-orf", "orf", "IIR[OS]|MMOR"),
  pef: image("x-pentax-pef", "pef"),
  raf: image("x-fuji-raf", "raf", "FUJIFILMCCD-RAW"),
  rw2: image("x-panasonic-rw2", "rw2 raw", "IIU\0"),
  srw: image("x-samsung-srw", "srw"),

  // Films.
  "3g2": video("3gpp2", "3g2", `${NAMED}3g2`),
  "3gp": video("3gpp", "3gp", `${NAMED}3g[peghrs]`),
  asf: video("x-ms-asf", "asf wmv", "\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
  avi: video("x-msvideo", "avi divx", "RIFF.{4}AVI "),
  m4v: video("x-m4v", "m4v mp4", `${NAMED}M4V`),
  // Matroska and WebM differ in nothing but the document type, an element of number 42 82 and a length.
  mkv: video("x-matroska", "mkv", "\x1a\x45\xdf\xa3.*?\x42[^\0-\x7f].matroska"),
  // The atoms are the first ones of films from before there was a file type box.
  mov: video("quicktime", "mov", `${NAMED}qt {2}|.{4}(?:moov|mdat|wide|free|skip|pnot)`),
  mpg: video("mpeg", "mpg mpeg mod mmv", "\0\0\x01[\xba\xb3]"),
  // Transport streams have no beginning of their own, only a mark before each packet.
  mts: video("mp2t", "mts m2ts m2t tod mmv", "(?:G.{187}){3}G|.{4}(?:G.{191}){3}G"),
  mp4: video("mp4", "mp4 m4v", NAMED),
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof FORMATS;

export const FORMAT_NAMES = Object.keys(FORMATS) as FormatName[];

export const isFilm = (name: FormatName): boolean => FORMATS[name].type.startsWith("video/");

/**
 * What Google does not take (fact sheet §6), by its beginning: pictures that come under the names of others, and what
 * would pass for one of the formats above, such as sound of the MP4 family.
 */
export const NOT_TAKEN = [
  // Drawings, behind a declaration, comments and a type: no two of these can be taken for one, which would take
  // exponential time on hostile text.
  String.raw`(?:\xef\xbb\xbf)?(?:<!--(?:(?!-->).)*-->|<(?!!--)[?!][^>]*>|[\s\]>])*<svg[\s/>]`,
  "%PDF-",
  "%!PS",
  "8BPS", // Photoshop
  "II\xbc\x01", // JPEG XR
  "v/1\x01", // OpenEXR
  "FLV\x01",
  "OggS",
  "\xff\x0a", // JPEG XL
  "\0{3}\x0cJXL ",
  "\0{3}\x0cjP {2}|\xff\x4f\xff\x51", // JPEG 2000
  `${NAMED}(?:jxl |jp2 |jpx |jpm |mjp2|f4[vp] |M4[ABP] )`,
  "\x1a\x45\xdf\xa3.*?\x42[^\0-\x7f].webm",
].join("|");

/** Whether the extension is right for what a file holds. */
export function suits(format: FormatName, extension: string): boolean {
  return FORMATS[format].extensions.split(" ").includes(extension);
}

/**
 * The MIME type and the extension that a file is sent under.
 *
 * @param own  the extension that it has: kept where it is right for what the file holds
 */
export function sentAs(
  format: FormatName,
  own: string,
): { readonly type: string; readonly extension: string } {
  const { type, extensions } = FORMATS[format];
  const [first = own] = extensions.split(" ");
  return { type, extension: suits(format, own) ? own : first };
}
