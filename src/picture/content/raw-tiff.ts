import { hasText, uint16, uint32 } from "./bytes";
import { FORMATS, type Format, type FormatName } from "./formats";
import { entryOf, numberOf, readTable, readTiff, TAG, textOf, type TiffBlock, type TiffTable } from "./tiff";

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
  const block = readTiff(bytes);
  if (!block) return named;
  if (numberOf(block, block.main, TAG.dngVersion) !== undefined) return "dng";
  if (named !== undefined) return named;
  if (!holdsMosaic(block)) return undefined;
  const maker = textOf(block, block.main, TAG.make) ?? "";
  return MAKERS.find(([pattern]) => pattern.test(maker))?.[1];
}

function holdsMosaic(block: TiffBlock): boolean {
  return [block.main, ...subTables(block)].some(
    (table) => numberOf(block, table, PHOTOMETRIC) === SENSOR_MOSAIC,
  );
}

function subTables({ bytes, order, main }: TiffBlock): TiffTable[] {
  const entry = entryOf(main, TAG.subTables);
  if (!entry) return [];
  return Array.from({ length: Math.min(entry.count, 8) }, (_, index) =>
    readTable(bytes, uint32(bytes, entry.valueAt + 4 * index, order), order),
  ).filter((table) => table !== undefined);
}

/** Whether a TIFF file's own first table is there at all; BigTIFF is not looked into. */
export function tiffIsWhole(bytes: Uint8Array): boolean {
  const order = bytes[0] === 0x49 ? "little" : "big";
  if (uint16(bytes, 2, order) !== 42) return true;
  return readTable(bytes, uint32(bytes, 4, order), order) !== undefined;
}
