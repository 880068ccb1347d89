import { hasText, uint32 } from "./bytes";
import { FORMAT_NAMES, FORMATS, suits, type FormatName } from "./formats";
import { entryOf, numberOf, readTable, readTiff, TAG, textOf, type TiffTable } from "./tiff";

/** What the cameras' own formats that are TIFF from outside are called, by the maker who stands in them. */
const MAKERS: readonly (readonly [maker: RegExp, format: FormatName])[] = [
  [/^NIKON/i, "nef"],
  [/^SONY/i, "arw"],
  [/^(PENTAX|RICOH|ASAHI)/i, "pef"],
  [/^SAMSUNG/i, "srw"],
];

const PHOTOMETRIC = 0x0106;
/** "What the sensor saw, a colour for each point" (TIFF/EP): no picture of which one could be made without a camera. */
const SENSOR_MOSAIC = 32_803;

/**
 * Which camera's raw format a TIFF file is, or that it is a plain one.
 *
 * The content decides where it tells; a name that says "raw" is believed, since it costs nothing where it is wrong
 * and several makers' files look like any other TIFF. CR3 looks like none.
 */
export function formatOfTiff(bytes: Uint8Array, extension: string): FormatName {
  // With places of 64 bits nothing in it is looked at.
  if (hasText(bytes, 2, "+\0") || hasText(bytes, 2, "\0+")) return "tiff";
  if (hasText(bytes, 8, "CR\x02")) return "cr2";
  const main = readTiff(bytes)?.main;
  if (numberOf(main, TAG.dngVersion) !== undefined) return "dng";
  const named = FORMAT_NAMES.find(
    (name) => FORMATS[name].kind === "raw" && name !== "cr3" && suits(name, extension),
  );
  if (named || !main || !holdsMosaic(main)) return named ?? "tiff";
  const maker = textOf(main, TAG.make) ?? "";
  return MAKERS.find(([pattern]) => pattern.test(maker))?.[1] ?? "tiff";
}

function holdsMosaic(main: TiffTable): boolean {
  const { bytes, order } = main;
  const { count = 0, valueAt = 0 } = entryOf(main, TAG.subTables) ?? {};
  const subTables = Array.from({ length: Math.min(count, 8) }, (_, index) =>
    readTable(bytes, uint32(bytes, valueAt + 4 * index, order), order),
  );
  return [main, ...subTables].some((table) => numberOf(table, PHOTOMETRIC) === SENSOR_MOSAIC);
}
