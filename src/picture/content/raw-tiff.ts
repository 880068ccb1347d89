import { hasText, uint32 } from "./bytes";
import { FORMATS, type Format, type FormatName } from "./formats";
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
 * Which camera's raw format a TIFF file is; `undefined` for a plain TIFF.
 *
 * The content decides where it tells; a name that says "raw" is believed, since it costs nothing where it is wrong
 * and several makers' files look like any other TIFF.
 */
export function rawFormatOfTiff(bytes: Uint8Array, extension: string): FormatName | undefined {
  if (hasText(bytes, 8, "CR\x02")) return "cr2";
  const named = (Object.keys(FORMATS) as FormatName[]).find((name) => {
    const format: Format = FORMATS[name];
    return format.kind === "raw" && format.extensions.includes(extension);
  });
  const main = readTiff(bytes)?.main;
  if (numberOf(main, TAG.dngVersion) !== undefined) return "dng";
  if (named !== undefined || !main || !holdsMosaic(main)) return named;
  const maker = textOf(main, TAG.make) ?? "";
  return MAKERS.find(([pattern]) => pattern.test(maker))?.[1];
}

function holdsMosaic(main: TiffTable): boolean {
  const { bytes, order } = main;
  const { count = 0, valueAt = 0 } = entryOf(main, TAG.subTables) ?? {};
  const subTables = Array.from({ length: Math.min(count, 8) }, (_, index) =>
    readTable(bytes, uint32(bytes, valueAt + 4 * index, order), order),
  );
  return [main, ...subTables].some((table) => numberOf(table, PHOTOMETRIC) === SENSOR_MOSAIC);
}
